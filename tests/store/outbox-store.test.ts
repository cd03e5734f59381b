import { beforeEach, describe, expect, it } from 'vitest';
import type { OutboxMessage } from '../../src/domain/digest.ts';
import type { Database } from '../../src/store/db.ts';
import {
  countOutbox,
  findMessage,
  lockNextMessage,
  markFailed,
  markSent,
  oldestPending,
  postedStoryIds,
  postponeMessage,
  recordAttempt,
  saveDigest,
} from '../../src/store/outbox-store.ts';
import { createStory } from '../../src/store/story-store.ts';
import { deleteSubscription } from '../../src/store/subscription-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeAnalysedArticles, makeDigest, makeSubscription, minutesLater, NOW } from './rows.ts';

const database = useTestDatabase({ poolSize: 8 });
beforeEach(() => database.clear());

async function makeStories(db: Database, count: number): Promise<string[]> {
  const articles = await makeAnalysedArticles(
    db,
    Array.from({ length: count }, () => ({})),
  );
  const ids: string[] = [];
  for (const article of articles) ids.push(await createStory(db, article, NOW));
  return ids;
}

/** Stores a digest of so many messages for a channel. */
async function compose(db: Database, channelId: string, messages: number, dueAt = NOW) {
  const subscription = await makeSubscription(db, { channelId });
  const digests = Array.from({ length: messages }, (_, index) => makeDigest({ moreCount: index }));
  return saveDigest(db, { subscription, dueAt, storyIds: [], messages: digests, now: NOW });
}

async function digestState(db: Database, id: string) {
  const [row] = await db.query<{ state: string }>('SELECT state FROM digests WHERE id = $1', [id]);
  return row?.state;
}

describe('a composed digest', () => {
  it('is stored once for a due time, and its stories once for a subscription', async () => {
    const { db } = database;
    const subscription = await makeSubscription(db);
    const [a = '', b = ''] = await makeStories(db, 2);
    const options = { subscription, dueAt: NOW, storyIds: [a], messages: [makeDigest()], now: NOW };
    await saveDigest(db, options);
    expect(await postedStoryIds(db, subscription.id, [a, b])).toEqual(new Set([a]));
    expect(await postedStoryIds(db, subscription.id, [])).toEqual(new Set());
    const again = db.transaction((tx) => saveDigest(tx, { ...options, storyIds: [b] }));
    await expect(again).rejects.toMatchObject({ code: 'duplicate', retryable: false });
    const sameStory = db.transaction((tx) =>
      saveDigest(tx, { ...options, dueAt: minutesLater(1) }),
    );
    await expect(sameStory).rejects.toMatchObject({ code: 'duplicate' });
    expect(await postedStoryIds(db, subscription.id, [a, b])).toEqual(new Set([a]));
  });

  it('without messages is done with at once', async () => {
    const { db } = database;
    expect(await digestState(db, await compose(db, 'quiet', 0))).toBe('sent');
    expect(await digestState(db, await compose(db, 'loud', 1))).toBe('composed');
  });

  it('goes with its subscription, sent or not', async () => {
    const { db } = database;
    const subscription = await makeSubscription(db, { guildId: 'leaving', channelId: 'left' });
    const options = { subscription, dueAt: NOW, storyIds: await makeStories(db, 1), now: NOW };
    await saveDigest(db, { ...options, messages: [makeDigest(), makeDigest()] });
    expect(await deleteSubscription(db, 'leaving', subscription.id)).toBe(true);
    expect(
      await db.query('SELECT FROM outbox WHERE subscription_id = $1', [subscription.id]),
    ).toEqual([]);
  });
});

describe('messages to a channel', () => {
  it('leave in order, one at a time, and are marked with their digest', async () => {
    const { db } = database;
    const digestId = await compose(db, 'one', 2);
    await compose(db, 'two', 1);
    await db.transaction(async (first) => {
      const message = await lockNextMessage(first, NOW);
      expect(message).toMatchObject({
        digestId,
        channelId: 'one',
        digest: makeDigest({ moreCount: 0 }),
      });
      await db.transaction(async (second) => {
        expect((await lockNextMessage(second, NOW))?.channelId).toBe('two');
        await db.transaction(async (third) => {
          expect(await lockNextMessage(third, NOW)).toBeNull();
        });
      });
      await markSent(first, message?.id ?? '', { discordMessageId: '1', now: NOW });
    });
    expect(await digestState(db, digestId)).toBe('composed');
    const next = await lockNextMessage(db, NOW);
    expect(next).toMatchObject({ digestId, digest: { moreCount: 1 } });
    await markSent(db, next?.id ?? '', { discordMessageId: '2', now: NOW });
    expect(await digestState(db, digestId)).toBe('sent');
    expect(await findMessage(db, 'guild', next?.id ?? '')).toMatchObject({
      state: 'sent',
      discordMessageId: '2',
    });
    expect(await countOutbox(db)).toEqual({ pending: 1, sent: 2, failed: 0 });
  });

  it('are each taken exactly once however many deliver at the same time', async () => {
    const { db } = database;
    for (const channel of ['a', 'b', 'c']) {
      await compose(db, channel, 4);
      await compose(db, channel, 3);
    }
    const sent: OutboxMessage[] = [];
    const deliver = async () => {
      for (let idle = 0; idle < 20; ) {
        idle = (await deliverOne()) ? 0 : idle + 1;
      }
    };
    const deliverOne = () =>
      db.transaction(async (tx) => {
        const message = await lockNextMessage(tx, NOW);
        if (!message) return false;
        await recordAttempt(db, message.id, NOW);
        sent.push(message);
        await markSent(tx, message.id, { discordMessageId: `d${message.id}`, now: NOW });
        return true;
      });
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(sent.map((message) => message.id).sort()).toEqual(
      [...new Set(sent.map((message) => message.id))].sort(),
    );
    expect(sent).toHaveLength(21);
    for (const channel of ['a', 'b', 'c']) {
      const ids = sent.filter((m) => m.channelId === channel).map((m) => Number(m.id));
      expect(ids).toEqual([...ids].sort((x, y) => x - y));
    }
  });

  it('wait for one that is postponed, and go on when it has failed', async () => {
    const { db } = database;
    const digestId = await compose(db, 'one', 2);
    const first = await lockNextMessage(db, NOW);
    await postponeMessage(db, first?.id ?? '', minutesLater(5), 'HTTP 500\0');
    expect(await lockNextMessage(db, minutesLater(4))).toBeNull();
    expect((await lockNextMessage(db, minutesLater(5)))?.id).toBe(first?.id);
    await markFailed(db, first?.id ?? '', 'unknown channel', NOW);
    const second = await lockNextMessage(db, NOW);
    expect(second?.position).toBeGreaterThan(first?.position ?? 0);
    await markFailed(db, second?.id ?? '', 'unknown channel', NOW);
    expect(await digestState(db, digestId)).toBe('sent');
  });

  it('remember every attempt, also one whose sender was killed', async () => {
    const { db } = database;
    await compose(db, 'one', 1);
    const killed = db.transaction(async (tx) => {
      const message = await lockNextMessage(tx, NOW);
      expect(message).toMatchObject({ attempts: 0, firstAttemptAt: null });
      await recordAttempt(db, message?.id ?? '', minutesLater(1));
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    const message = await lockNextMessage(db, minutesLater(2));
    await recordAttempt(db, message?.id ?? '', minutesLater(2));
    expect(await lockNextMessage(db, minutesLater(2))).toMatchObject({
      id: message?.id,
      attempts: 2,
      firstAttemptAt: minutesLater(1),
    });
  });

  it('have a nonce of their own, short enough for Discord, and dates that are dates', async () => {
    const { db } = database;
    const firstPublishedAt = minutesLater(-90);
    const story = {
      storyId: '1',
      title: 'عنوان',
      titleLanguage: 'ar' as const,
      url: 'https://a.example/',
      summary: '',
      summaryLanguage: 'ar' as const,
      severity: 'high' as const,
      topics: [],
      outlets: [],
      articleCount: 1,
      articleIds: ['5'],
      firstPublishedAt,
    };
    const subscription = await makeSubscription(db, { roleId: '7' });
    const messages = [makeDigest({ stories: [story] }), makeDigest()];
    await saveDigest(db, { subscription, dueAt: NOW, storyIds: [], messages, now: NOW });
    const message = await lockNextMessage(db, NOW);
    expect(message?.digest).toEqual(messages[0]);
    expect(message).toMatchObject({ roleId: '7', createdAt: NOW, guildId: 'guild' });
    const nonces = await db.query<{ nonce: string }>('SELECT nonce FROM outbox');
    expect(new Set(nonces.map((row) => row.nonce)).size).toBe(2);
    expect(Math.max(...nonces.map((row) => row.nonce.length))).toBeLessThanOrEqual(25);
    expect(await oldestPending(db)).toEqual(NOW);
    expect(await findMessage(db, 'other-guild', message?.id ?? '')).toBeNull();
    expect(await findMessage(db, 'guild', 'x')).toBeNull();
  });
});
