import { beforeAll, describe, expect, it } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.ts';
import { defaultGuildSettings } from '../../src/domain/subscription.ts';
import { articlesOfStory, mergeStories, splitStory } from '../../src/store/correction-store.ts';
import { lockNextMessage, markFailed, markSent, saveDigest } from '../../src/store/outbox-store.ts';
import { saveGuildSettings } from '../../src/store/settings-store.ts';
import { findStory } from '../../src/store/story-store.ts';
import { createSubscription, pauseSubscription } from '../../src/store/subscription-store.ts';
import { makeNewSubscription } from '../store/rows.ts';
import { NOW, useBot } from './start-bot.ts';
import { storeStory } from './store-story.ts';
import { textOf } from './text-of.ts';

const t = useBot();
const LINK = 'https://news.example/breach';
const HOUR_MS = 3_600_000;

let breach = '';

beforeAll(async () => {
  breach = await storeStory(t.db, [
    {
      title: 'State Department lost e-mails',
      summary: 'Hackers.',
      language: 'en',
      outlet: 'Reuters',
      hoursAgo: 6,
      severity: 'critical',
      reasons: ['zero-day', 'state-actor'],
      url: LINK,
    },
    {
      title: 'اختراق الخارجية',
      summary: 'قراصنة.',
      language: 'ar',
      outlet: 'الجزيرة',
      hoursAgo: 5,
    },
  ]);
});

/** A channel of its own, in a server of its own, with one subscription. */
async function newChannel(fields: Parameters<typeof makeNewSubscription>[0] = {}) {
  const guildId = t.discord.addGuild();
  const channelId = t.discord.addChannel(guildId, 'news');
  const asker = { guildId, channelId, userId: '7' };
  const subscription = await createSubscription(
    t.db,
    makeNewSubscription({
      guildId,
      channelId,
      language: 'both',
      topics: [],
      sources: [],
      ...fields,
    }),
    {
      nextDueAt: new Date(NOW.getTime() + HOUR_MS),
      coveredUntil: new Date(NOW.getTime() - HOUR_MS),
      now: NOW,
    },
  );
  const ask = async (options: Record<string, string>) =>
    textOf((await t.discord.sendCommand('why', options, asker)).message);
  return { asker, guildId, channelId, subscription, ask };
}

async function compose(subscription: Awaited<ReturnType<typeof newChannel>>['subscription']) {
  const story = await findStory(t.db, null, breach);
  const digest = buildDigest(story === null ? [] : [story], {
    language: 'en',
    timezone: 'UTC',
    dueAt: NOW,
    limit: 9,
  });
  await saveDigest(t.db, {
    subscription,
    dueAt: NOW,
    storyIds: [breach],
    messages: [digest],
    now: NOW,
  });
}

describe('/why', () => {
  it('tells source, article, language, score, topics, severity with reasons, and story, with their numbers', async () => {
    const { ask } = await newChannel();
    const lines = (await ask({ link: `${LINK}?utm_source=mail` })).split('\n');
    const at = (hours: number) => `<t:${NOW.getTime() / 1000 - hours * 3_600}:f>`;
    expect(lines.slice(0, 8)).toEqual([
      '**Why: State Department lost e-mails**',
      'Source: Reuters · new · not fetched yet',
      `Article: published ${at(6)}, found ${at(0)}`,
      'Language: English',
      '✅ Cyber story: 0.95, at least 0.50 is asked of the model',
      'Topics: espionage 0.90',
      'Severity Critical: zero-day, state actor',
      `Story: 2 articles from 2 sources, last report joined <t:${NOW.getTime() / 1000}:R>`,
    ]);
  });

  it('tells which filter let it through, and which did not, with both sides', async () => {
    const { ask } = await newChannel({
      topics: ['ransomware'],
      minSeverity: 'high',
      sources: ['BBC'],
      keyword: 'bank*',
    });
    expect((await ask({ story: breach })).split('\n').slice(8)).toEqual([
      'Quiet hours: none',
      'Threshold: 0.50 (the model’s)',
      '**Subscriptions of this channel**',
      '**Daily · at 08:00 (Riyadh)** · does not pass the filter',
      '-# ✅ score 0.95, at least 0.50 here',
      '-# ✅ language English, Arabic; wanted: Arabic and English stories',
      '-# ❌ topics espionage; wanted: ransomware',
      '-# ✅ severity Critical, at least High',
      '-# ❌ sources Reuters, الجزيرة; wanted: BBC',
      '-# ❌ keyword: bank\\*',
    ]);
  });

  it('tells when it comes, that it waits, that it was sent with a link to the message, and why it was not', async () => {
    const { ask, subscription, guildId, channelId } = await newChannel();
    expect(await ask({ link: LINK })).toContain('· passes; in the next digest, <t:');
    await compose(subscription);
    expect(await ask({ link: LINK })).toContain('· in a digest that waits to be sent');
    const next = await lockNextMessage(t.db, NOW);
    await markSent(t.db, next?.id ?? '', {
      discordMessageId: '777',
      discordChannelId: channelId,
      now: NOW,
    });
    expect(await ask({ link: LINK })).toContain(
      `· sent: https://discord.com/channels/${guildId}/${channelId}/777`,
    );

    const refused = await newChannel();
    await compose(refused.subscription);
    const failing = await lockNextMessage(t.db, NOW);
    await markFailed(t.db, failing?.id ?? '', 'Missing Permissions', NOW);
    expect(await refused.ask({ link: LINK })).toContain(
      '· its message could not be sent: Missing Permissions',
    );
  });

  it('tells of the quiet hours that hold it, until when, and what votes change', async () => {
    const { ask, guildId } = await newChannel();
    const night = { startMinutes: 6 * 60, endMinutes: 9 * 60 };
    const settings = { ...defaultGuildSettings(guildId), quietHours: night };
    await saveGuildSettings(t.db, settings, NOW);
    const text = await ask({ story: breach });
    expect(text).toContain('Quiet hours: 06:00–09:00, then one digest');
    const end = new Date('2026-11-24T09:00:00Z').getTime() / 1000;
    expect(text).toContain(`passes; in the next digest, <t:${end}:R>`);
    await saveGuildSettings(t.db, { ...settings, criticalPasses: true }, NOW);
    expect(await ask({ story: breach })).toContain(`in the next digest, <t:${end - 3 * 3_600}:R>`);
  });

  it('tells that the subscription waits, or began after the story', async () => {
    const paused = await newChannel();
    await pauseSubscription(t.db, paused.subscription.id, 'user:7');
    expect(await paused.ask({ link: LINK })).toContain(
      '· passes, but the subscription waits: by <@7>',
    );
    await t.db.query('UPDATE subscriptions SET paused = false, covered_until = $2 WHERE id = $1', [
      paused.subscription.id,
      new Date(NOW.getTime() + HOUR_MS),
    ]);
    expect(await paused.ask({ link: LINK })).toContain('· passes now, but came before');
  });

  it('answers in Arabic in an Arabic server', async () => {
    const { ask, asker } = await newChannel({ minSeverity: 'high' });
    await t.discord.sendCommand('settings', { language: 'ar' }, asker);
    const text = await ask({ link: LINK });
    expect(text).toContain('**لماذا: اختراق الخارجية**');
    expect(text).toContain('الخطورة: حرج: ثغرة يوم الصفر، جهة تابعة لدولة');
    expect(text).toContain('-# ✅ الخطورة حرج، والحد الأدنى مرتفع');
    expect(text).toContain('يجتاز التصفية، وسيأتي في الموجز القادم');
  });

  it('says of an unknown link which sources would carry it, and when they were read', async () => {
    const { ask } = await newChannel();
    const feed = await ask({ link: 'https://www.feed1.example/unseen' });
    expect(feed).toContain(
      'No source has brought this link.\nThese would bring what feed1.example publishes:\n• Reuters · new · not fetched yet',
    );
    expect(await ask({ link: 'https://nowhere.example/x' })).toContain(
      'No source covers nowhere.example. Add one: /sources add',
    );
    expect(await ask({ link: 'not a link' })).toContain('This is not a link');
    expect(await ask({})).toContain('Give a link or a story.');
  });

  it('says of an article that is no cyber story by which numbers', async () => {
    const { ask } = await newChannel();
    const link = 'https://news.example/film';
    await storeStory(t.db, [
      {
        title: 'A film',
        summary: 'Film.',
        language: 'en',
        outlet: 'DW',
        hoursAgo: 1,
        url: link,
        isCyber: false,
      },
    ]);
    const text = await ask({ link });
    expect(text).toContain('❌ Cyber story: 0.10, at least 0.50 is asked of the model');
    expect(text).toContain('It does not count as a cyber story');
  });

  it('knows another server’s own article as little as one that does not exist', async () => {
    const theirs = await newChannel();
    const stranger = await newChannel();
    const link = 'https://private.example/post';
    await storeStory(t.db, [
      {
        title: 'Our own',
        summary: 'Own.',
        language: 'en',
        outlet: 'Own',
        hoursAgo: 1,
        url: link,
        guildId: theirs.guildId,
      },
    ]);
    expect(await theirs.ask({ link })).toContain('**Why: Our own**');
    expect(await stranger.ask({ link })).toContain('No source has brought this link.');
    expect(await stranger.ask({ story: 'our own' })).toContain('There is no story');
  });

  it('says that nothing is posted where there is no subscription, and shows none of another channel', async () => {
    const { asker, guildId } = await newChannel();
    const channelId = t.discord.addChannel(guildId, 'quiet');
    const reply = await t.discord.sendCommand('why', { link: LINK }, { ...asker, channelId });
    expect(textOf(reply.message)).toMatch(
      /This channel has no subscription, so nothing is posted here\. Begin with \/subscribe$/,
    );
  });
});

describe('a person’s word on a story', () => {
  it('is said of the story that was joined and of those that are kept apart', async () => {
    const { ask } = await newChannel();
    const tell = (title: string) =>
      storeStory(t.db, [
        { title, summary: 'Hackers.', language: 'en', outlet: 'BBC', hoursAgo: 2 },
      ]);
    const [port, quay] = [await tell('Port attacked'), await tell('Quay attacked')];
    await t.db.transaction((tx) => mergeStories(tx, { storyId: port, otherId: quay }, NOW));
    expect(await ask({ story: port })).toContain('A person said that its reports are one story.');
    const [article = ''] = await articlesOfStory(t.db, port);
    await t.db.transaction((tx) => splitStory(tx, { storyId: port, articleIds: [article] }, NOW));
    expect(await ask({ story: port })).toContain('the two stay apart');
  });
});
