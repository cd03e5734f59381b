import { describe, expect, it } from 'vitest';
import { composeNextDigest } from '../../src/pipeline/compose-digests.ts';
import { deliverNextMessage } from '../../src/pipeline/deliver-messages.ts';
import { editNextMessage } from '../../src/pipeline/edit-messages.ts';
import { articlesOfStory, mergeStories, splitStory } from '../../src/store/correction-store.ts';
import { addToStory, findStory, lockStories } from '../../src/store/story-store.ts';
import { NOW, useBot } from '../discord/start-bot.ts';
import { storeStory, type Told } from '../discord/store-story.ts';
import { textOf, titlesOf } from '../discord/text-of.ts';
import { makeSubscription } from '../store/rows.ts';

const t = useBot();
const queue = { wake: async () => undefined };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = () => t.now;
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

const told = (title: string, parts: Partial<Told> = {}): Told => ({
  ...{ title, summary: 'It happened.', language: 'en', outlet: 'Reuters', hoursAgo: 1 },
  ...parts,
});

/** A server with an instant subscription; no story of another test is left. */
async function newChannel() {
  for (const table of ['subscriptions', 'articles', 'stories']) {
    await t.db.query(`DELETE FROM ${table}`);
  }
  const guildId = t.discord.addGuild();
  const channelId = t.discord.addChannel(guildId, 'news');
  await makeSubscription(
    t.db,
    {
      ...{ guildId, channelId, schedule: 'instant', createdBy: '7', language: 'both' },
      ...{ topics: [], sources: [], timezone: 'UTC' },
    },
    NOW,
  );
  await t.db.query('UPDATE subscriptions SET covered_until = $1, created_at = $1', [later(-60)]);
  return { guildId, posted: () => t.discord.messages(channelId) };
}

/** Composes and delivers what is due, then brings what was posted up to date. */
async function run() {
  await t.db.query('UPDATE subscriptions SET next_due_at = $1', [t.now]);
  while (await composeNextDigest({ db: t.db, queue, threshold: 0.5 }, clock));
  while (await deliverNextMessage({ db: t.db, channel: t.bot, log }, clock));
  while (await editNextMessage({ db: t.db, queue, channel: t.bot, log }, clock));
}

const merge = (storyId: string, otherId: string) =>
  t.db.transaction(async (tx) => {
    await lockStories(tx);
    await mergeStories(tx, { storyId, otherId }, t.now);
  });
const split = (storyId: string, articleIds: string[]) =>
  t.db.transaction(async (tx) => {
    await lockStories(tx);
    return splitStory(tx, { storyId, articleIds }, t.now);
  });
const messagesOf = (channel: Awaited<ReturnType<typeof newChannel>>) =>
  channel.posted().map((message) => textOf(message));

describe('two stories that a person joined', () => {
  it('are one posted entry, which tells both, where only the first was posted', async () => {
    const channel = await newChannel();
    const first = await storeStory(t.db, [told('Port attacked')]);
    await run();
    t.now = later(11);
    const second = await storeStory(t.db, [told('Najma halted', { outlet: 'BBC' })]);
    await merge(first, second);
    await run();
    expect(channel.posted()).toHaveLength(1);
    expect(messagesOf(channel)[0]).toContain('updated once, 2 sources');
  });

  it('are one posted entry where only the second was posted', async () => {
    const channel = await newChannel();
    t.now = NOW;
    const second = await storeStory(t.db, [told('Najma halted', { outlet: 'BBC' })]);
    await run();
    t.now = later(11);
    const first = await storeStory(t.db, [told('Port attacked')]);
    await merge(first, second);
    await run();
    expect(channel.posted()).toHaveLength(1);
    expect(messagesOf(channel)[0]).toContain('updated once, 2 sources');
  });

  it('are not posted again where both were', async () => {
    const channel = await newChannel();
    t.now = NOW;
    const first = await storeStory(t.db, [told('Port attacked')]);
    const second = await storeStory(t.db, [told('Najma halted', { outlet: 'BBC' })]);
    await run();
    const before = channel.posted().length;
    t.now = later(11);
    await merge(first, second);
    await run();
    expect(channel.posted()).toHaveLength(before);
    expect(messagesOf(channel).join('\n')).toContain('updated once, 2 sources');
  });

  it('answer to both numbers', async () => {
    await newChannel();
    const first = await storeStory(t.db, [told('Port attacked')]);
    const second = await storeStory(t.db, [told('Najma halted')]);
    await merge(first, second);
    expect((await findStory(t.db, null, second))?.id).toBe(first);
    expect(await articlesOfStory(t.db, first)).toHaveLength(2);
  });
});

describe('articles that a person took out of a story', () => {
  it('are not posted again to whom the entry had told of them, and the entry is mended', async () => {
    const channel = await newChannel();
    t.now = NOW;
    const both = [told('Port attacked'), told('Bank attacked', { outlet: 'BBC' })];
    const story = await storeStory(t.db, both);
    await run();
    expect(messagesOf(channel)[0]).not.toContain('· Reuters ·');
    t.now = later(11);
    const [newest = ''] = await articlesOfStory(t.db, story);
    await split(story, [newest]);
    await run();
    expect(channel.posted()).toHaveLength(1);
    expect(messagesOf(channel)[0]).toContain('· Reuters ·');
  });

  it('are posted as the story that they are to whom nothing had told of them', async () => {
    const channel = await newChannel();
    t.now = NOW;
    const story = await storeStory(t.db, [told('Port attacked')]);
    await run();
    t.now = later(11);
    // Joined after what the entry shows; split before the entry was edited.
    const { bank } = await joinBank(story);
    await split(story, [bank]);
    await run();
    expect(channel.posted()).toHaveLength(2);
    expect(
      channel
        .posted()
        .flatMap((message) => titlesOf(message))
        .join(),
    ).toContain('Bank');
  });

  it('are posted as the story that they are also where only an edit of the entry had told of them', async () => {
    const channel = await newChannel();
    const posted = await editedIn();
    expect(messagesOf(channel)[0]).toContain('BBC');
    await split(posted.story, [posted.bank]);
    t.now = later(33);
    await run();
    expect(channel.posted().flatMap(titlesOf).join()).toContain('Bank');
    expect(messagesOf(channel)[0]).not.toContain('BBC');
  });

  it('are not posted again where the thread under the entry had told of them', async () => {
    const channel = await newChannel();
    await t.db.query('UPDATE subscriptions SET follow = true');
    const posted = await editedIn();
    await split(posted.story, [posted.bank]);
    t.now = later(33);
    await run();
    expect(channel.posted()).toHaveLength(1);
  });
});

/** A story is posted; a report of another bank joins, and the entry shows it. */
async function editedIn(): Promise<{ story: string; bank: string }> {
  t.now = NOW;
  const story = await storeStory(t.db, [told('Port attacked')]);
  await run();
  t.now = later(11);
  const { bank, alone } = await joinBank(story);
  await t.db.query('DELETE FROM stories WHERE id = $1', [alone]);
  await run();
  t.now = later(22);
  return { story, bank };
}

/** A report of another bank is analysed and joins the story now. @returns it, and the story that it had been. */
async function joinBank(story: string): Promise<{ bank: string; alone: string }> {
  const alone = await storeStory(t.db, [told('Bank attacked', { outlet: 'BBC' })]);
  const [bank = ''] = await articlesOfStory(t.db, alone);
  await t.db.query('UPDATE articles SET analysed_at = $1 WHERE id = $2', [t.now, bank]);
  await addToStory(t.db, story, bank, t.now);
  return { bank, alone };
}
