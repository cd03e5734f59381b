import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/domain/errors.ts';
import { editNextMessage } from '../../src/pipeline/edit-messages.ts';
import { listSubscriptions } from '../../src/store/subscription-store.ts';
import { useBot } from '../discord/start-bot.ts';
import { storeStory } from '../discord/store-story.ts';
import { buttonsOf, textOf, titlesOf } from '../discord/text-of.ts';
import { SEND_MESSAGES } from '../helpers/fake-discord/state.ts';
import { useChannel } from './use-channel.ts';

const t = useBot();
const { newChannel, post, edit, report, told, later, deps, clock } = useChannel(t);

describe('a later development of a posted story', () => {
  it('edits the posted entry and is no second post', async () => {
    const channel = await newChannel();
    const story = await storeStory(t.db, [told('Break-in at the port')]);
    await post();
    expect(channel.posted()).toHaveLength(1);
    t.now = later(11);
    await report(story, told('Port confirms', { outlet: 'BBC' }));
    await report(story, told('ميناء يؤكد', { outlet: 'الجزيرة', language: 'ar' }));
    await post();
    expect(await edit()).toBe(1);
    const [message, ...others] = channel.posted();
    expect(others).toEqual([]);
    expect(textOf(message ?? null)).toContain('updated once, 3 sources');
    t.now = later(22);
    await report(story, told('Minister speaks', { outlet: 'AP', severity: 'critical' }));
    await edit();
    expect(textOf(channel.posted()[0] ?? null)).toContain('updated twice, 4 sources');
    expect(textOf(channel.posted()[0] ?? null)).toContain('Critical · espionage');
    expect(await edit()).toBe(0);
  });

  it('comes in swarms and makes one edit in ten minutes', async () => {
    const channel = await newChannel();
    const story = await storeStory(t.db, [told('Swarm')]);
    await post();
    t.now = later(9);
    for (let count = 0; count < 5; count += 1) await report(story, told(`R${count}`));
    expect(await edit()).toBe(0);
    t.now = later(10);
    expect(await edit()).toBe(1);
    await report(story, told('Late', { outlet: 'BBC' }));
    expect(await edit()).toBe(0);
    t.now = later(20);
    expect(await edit()).toBe(1);
    expect(textOf(channel.posted()[0] ?? null)).toContain('updated twice, 2 sources');
  });

  it('is said in the log with the id of each article that the message now tells, also where it could not be', async () => {
    const channel = await newChannel();
    const story = await storeStory(t.db, [told('First')]);
    await post();
    t.now = later(11);
    await report(story, told('Second', { outlet: 'BBC' }));
    const rows = await t.db.query<{ id: string }>('SELECT id FROM articles ORDER BY id');
    const article = rows.map(({ id }) => id);
    const lines: object[] = [];
    const say = (fields: object, msg: string) => void lines.push({ ...fields, msg });
    const log = { info: say, warn: say, error: say };
    const away = {
      edit: async () => {
        throw new DeliveryError('discord-down', 'gone', { retryable: true });
      },
    };
    await editNextMessage({ ...deps(), log, channel: away }, clock);
    t.now = later(22);
    await editNextMessage({ ...deps(), log }, clock);
    expect(lines).toMatchObject([
      { msg: 'posted digest not edited: gone', article, code: 'discord-down' },
      { msg: 'posted digest edited', article, posted: channel.posted()[0]?.id },
    ]);
    expect(article).toHaveLength(2);
  });

  it('is done again after a kill, which changes nothing', async () => {
    const channel = await newChannel({ follow: true });
    const story = await storeStory(t.db, [told('Killed')]);
    await post();
    t.now = later(11);
    await report(story, told('More', { outlet: 'BBC' }));
    const killed = {
      edit: async (message: Parameters<typeof t.bot.edit>[0]) => {
        await t.bot.edit(message);
        throw new Error('killed');
      },
    };
    await expect(editNextMessage({ ...deps(), channel: killed }, clock)).rejects.toThrow('killed');
    await edit();
    const [message] = channel.posted();
    expect(textOf(message ?? null)).toContain('updated once, 2 sources');
    expect(t.discord.messages(message?.id ?? '')).toHaveLength(1);
  });

  it('is told in a thread where the subscription follows stories, in its language', async () => {
    const channel = await newChannel({ follow: true });
    await t.discord.sendCommand('settings', { language: 'ar' }, { ...channel, userId: '7' });
    const story = await storeStory(t.db, [told('اختراق', { language: 'ar', outlet: 'رويترز' })]);
    await post();
    t.now = later(11);
    await report(
      story,
      told('الميناء يؤكد', { language: 'ar', outlet: 'الجزيرة', severity: 'critical' }),
    );
    await edit();
    const [message] = channel.posted();
    expect(textOf(message ?? null)).toContain('حُدّث مرة، مصدران');
    const [development, ...others] = t.discord.messages(message?.id ?? '');
    expect(others).toEqual([]);
    expect(textOf(development ?? null)).toContain('↻ جديد في هذا الخبر · صار الآن: حرج');
    expect(titlesOf(development ?? null)).toEqual(['الميناء يؤكد']);
  });

  it('changes nothing where somebody has deleted the message', async () => {
    const channel = await newChannel();
    const story = await storeStory(t.db, [told('Deleted')]);
    await post();
    channel.posted().length = 0;
    t.now = later(11);
    await report(story, told('More', { outlet: 'BBC' }));
    expect(await edit()).toBe(1);
    t.now = later(22);
    expect(await edit()).toBe(0);
    expect(channel.posted()).toEqual([]);
  });
});

describe('an edit that the bot may not make', () => {
  const isEdit = ({ method, path }: { method: string; path: string }) =>
    method === 'PATCH' && path.startsWith('/channels/');
  const refuse = (times: number) =>
    t.discord.failNext({ matches: isEdit, times, status: 403, code: 50001 });
  const edits = () => t.discord.requests.filter(isEdit).length;
  const shown = (channel: { posted(): Parameters<typeof textOf>[0][] }) =>
    channel.posted().map((message) => textOf(message));

  /** Two posts, each with a story that has developed. */
  async function developed() {
    const channel = await newChannel();
    const stories = [];
    for (const minute of [0, 1]) {
      t.now = later(minute);
      stories.push(await storeStory(t.db, [told(`Case ${minute}`)]));
      await post();
    }
    t.now = later(12);
    for (const story of stories) await report(story, told('More', { outlet: 'BBC' }));
    return channel;
  }

  it('is made when the right is back; until then the subscription waits and Discord is not asked again', async () => {
    const channel = await developed();
    refuse(1);
    const before = edits();
    await edit();
    t.now = later(60);
    await edit();
    expect(edits() - before).toBe(1);
    const [waiting] = await listSubscriptions(t.db, channel.guildId);
    expect(waiting?.pauseReason).toBe('forbidden');
    await t.bot.checkAccess();
    await edit();
    expect(shown(channel)).toEqual([
      expect.stringContaining('updated once, 2 sources'),
      expect.stringContaining('updated once, 2 sources'),
    ]);
    expect(edits() - before).toBe(3);
  });

  it('is tried once in ten minutes for all messages of a channel where the bot seems to have the right', async () => {
    await developed();
    refuse(100);
    const before = edits();
    for (let minute = 12; minute < 42; minute += 1) {
      t.now = later(minute);
      await t.bot.checkAccess();
      await edit();
    }
    expect(edits() - before).toBe(3);
    t.discord.forgetFailures();
  });

  it('is given up where the message is another bot’s', async () => {
    const channel = await developed();
    t.discord.failNext({ matches: isEdit, times: 2, status: 403, code: 50005 });
    await edit();
    t.now = later(30);
    expect(await edit()).toBe(0);
    expect((await listSubscriptions(t.db, channel.guildId))[0]?.paused).toBe(false);
  });
});

describe('stories that a digest only counts', () => {
  it('are behind its button, for the one who presses, page by page, after a restart', async () => {
    const channel = await newChannel();
    await t.db.query("UPDATE subscriptions SET schedule = 'hourly' WHERE NOT paused");
    for (let count = 1; count <= 16; count += 1) {
      await storeStory(t.db, [told(`Case ${count}`, { severity: count > 7 ? 'high' : 'low' })]);
    }
    await post();
    const posted = channel.posted().flatMap((message) => titlesOf(message));
    const [button = ''] = channel
      .posted()
      .flatMap(buttonsOf)
      .filter((id) => id.startsWith('rest:'));
    await t.bot.stop();
    await t.restart();
    const first = await t.discord.press(button, channel);
    expect(first).toMatchObject({ ephemeral: true, updated: false });
    const second = await t.discord.press(buttonsOf(first.message).at(-1) ?? '', channel);
    expect(second.updated).toBe(true);
    const pages = [...posted, ...titlesOf(second.message)];
    const again = await t.discord.press(buttonsOf(second.message).at(-2) ?? '', channel);
    expect(new Set([...pages, ...titlesOf(again.message)]).size).toBeGreaterThanOrEqual(16);
  });
});

describe('a channel that is lost', () => {
  const state = async (guildId: string) =>
    (await listSubscriptions(t.db, guildId)).map(({ paused, pauseReason }) =>
      paused ? pauseReason : 'runs',
    );

  it('pauses with the reason, tells who created it once, and resumes with one digest of all that came meanwhile', async () => {
    const channel = await newChannel();
    await storeStory(t.db, [told('While closed')]);
    t.discord.setDenied(channel.channelId, SEND_MESSAGES);
    await expect.poll(() => state(channel.guildId)).toEqual(['forbidden']);
    await expect.poll(() => t.discord.directMessages('7').length).toBe(1);
    await t.bot.checkAccess();
    expect(textOf(t.discord.directMessages('7')[0] ?? null)).toContain(
      'Rasid can no longer post to #news in analysts: Rasid may not post there.',
    );
    const list = await t.discord.sendCommand('subscriptions', {}, channel);
    expect(textOf(list.message)).toContain('paused: Rasid may not post there');
    await storeStory(t.db, [told('Still closed')]);
    await post();
    t.discord.setDenied(channel.channelId, 0n);
    await expect.poll(() => state(channel.guildId)).toEqual(['runs']);
    await post();
    const titles = channel.posted().map((message) => titlesOf(message));
    expect(titles).toHaveLength(1);
    expect(titles[0]).toEqual(expect.arrayContaining(['While closed', 'Still closed']));
  });

  it('loses no story that was composed and could not be posted', async () => {
    const channel = await newChannel();
    await storeStory(t.db, [told('Composed')]);
    const refuse = { matches: ({ path }: { path: string }) => path.endsWith('/messages') };
    t.discord.failNext({ ...refuse, status: 403, code: 50013 });
    await post();
    expect(await state(channel.guildId)).toEqual(['forbidden']);
    await t.bot.checkAccess();
    expect(await state(channel.guildId)).toEqual(['runs']);
    t.now = later(1);
    await post();
    expect(channel.posted().flatMap(titlesOf)).toContain('Composed');
  });

  it('waits while the bot is out of the server and goes on when it is back', async () => {
    const channel = await newChannel();
    t.discord.removeBot(channel.guildId);
    await expect.poll(() => state(channel.guildId)).toEqual(['bot-removed']);
    t.discord.readmitBot(channel.guildId);
    await expect.poll(() => state(channel.guildId)).toEqual(['runs']);
  });

  it('waits for a person when it was deleted, and when a person paused it', async () => {
    const channel = await newChannel();
    t.discord.deleteChannel(channel.channelId);
    await expect.poll(() => state(channel.guildId)).toEqual(['channel-gone']);
    await t.bot.checkAccess();
    expect(await state(channel.guildId)).toEqual(['channel-gone']);
    const chosen = await newChannel();
    await t.db.query(
      "UPDATE subscriptions SET paused = true, pause_reason = 'user:7' WHERE guild_id = $1",
      [chosen.guildId],
    );
    await t.bot.checkAccess();
    expect(await state(chosen.guildId)).toEqual(['user:7']);
  });
});
