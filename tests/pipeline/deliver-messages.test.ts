import { beforeEach, describe, expect, it } from 'vitest';
import type { OutboxMessage } from '../../src/domain/digest.ts';
import { DeliveryError } from '../../src/domain/errors.ts';
import { composeNextDigest } from '../../src/pipeline/compose-digests.ts';
import { deliverNextMessage } from '../../src/pipeline/deliver-messages.ts';
import { endPostponement } from '../../src/store/outbox-store.ts';
import { storeStory } from '../discord/store-story.ts';
import { recording, useTestDatabase } from '../helpers/database.ts';
import { ANY_STORY, makeSubscription } from '../store/rows.ts';

/** 05:00 UTC, the time at which `storeStory` stores. */
const NOW = new Date('2026-11-24T05:00:00Z');
const at = (time: string) => new Date(`2026-11-24T${time}Z`);
const database = useTestDatabase({ poolSize: 8 });
const queue = { wake: async () => undefined };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Channels as Discord has them. */
function createChannels() {
  const posted: { channelId: string; titles: string[] }[] = [];
  let isAway = false;
  return {
    posted,
    goAway: () => {
      isAway = true;
    },
    comeBack: () => {
      isAway = false;
    },
    async deliver({ id, channelId, digest }: OutboxMessage) {
      if (isAway) throw new DeliveryError('discord-down', 'gone', { retryable: true });
      posted.push({ channelId, titles: digest.stories.map((story) => story.title) });
      return { messageId: id };
    },
  };
}

async function subscribe(channelId: string) {
  await makeSubscription(
    database.db,
    { ...ANY_STORY, guildId: 'g', channelId, schedule: 'instant', timezone: 'UTC' },
    at('04:00:00'),
  );
  await database.db.query('UPDATE subscriptions SET covered_until = $1', [at('04:00:00')]);
}

const tell = (title: string) =>
  storeStory(database.db, [{ title, summary: 'x', language: 'en', outlet: 'BBC', hoursAgo: 1 }]);

async function compose(now: Date) {
  await database.db.query('UPDATE subscriptions SET next_due_at = $1', [now]);
  while (await composeNextDigest({ db: database.db, queue, threshold: 0.5 }, () => now));
}

async function deliver(channel: ReturnType<typeof createChannels>, now: Date) {
  while (await deliverNextMessage({ db: database.db, channel, log }, () => now));
}

beforeEach(() => database.clear());

describe('while Discord is away', () => {
  /** A channel whose first message could not be sent. */
  async function withWaitingMessage() {
    const channel = createChannels();
    await subscribe('c');
    await tell('First');
    await compose(NOW);
    channel.goAway();
    await deliver(channel, NOW);
    return channel;
  }

  it('what breaks meanwhile is told in one digest, after the message that waits', async () => {
    const channel = await withWaitingMessage();
    for (const title of ['Second', 'Third', 'Fourth']) {
      await tell(title);
      await compose(at('05:00:01'));
      await deliver(channel, at('05:00:01'));
    }
    channel.comeBack();
    await deliver(channel, at('05:01:00'));
    await compose(at('05:01:00'));
    await deliver(channel, at('05:01:00'));
    expect(channel.posted.map(({ titles }) => titles.sort())).toEqual([
      ['First'],
      ['Fourth', 'Second', 'Third'],
    ]);
  });

  it('another channel, whose messages go, has its digests as ever', async () => {
    const channel = await withWaitingMessage();
    channel.comeBack();
    await subscribe('other');
    await compose(at('05:00:01'));
    await deliver(channel, at('05:00:01'));
    expect(channel.posted).toEqual([{ channelId: 'other', titles: ['First'] }]);
  });
});

describe('when Discord is back', () => {
  /** Three channels whose messages have failed for ten minutes: the next try of each is minutes away, and not at the same time. */
  async function afterAnOutage() {
    const channel = createChannels();
    for (const id of ['a', 'b', 'c']) await subscribe(id);
    await tell('First');
    await compose(NOW);
    channel.goAway();
    const tries = [NOW, at('05:00:10'), at('05:00:30'), at('05:01:00'), at('05:02:00')];
    for (const now of tries) await deliver(channel, now);
    channel.comeBack();
    await deliver(channel, at('05:02:01'));
    expect(channel.posted).toEqual([]);
    return channel;
  }

  it('its gateway’s connection lets everything go that waits for another try', async () => {
    const channel = await afterAnOutage();
    await endPostponement(database.db, at('05:02:02'));
    await deliver(channel, at('05:02:02'));
    expect(channel.posted.map(({ channelId }) => channelId)).toEqual(['a', 'b', 'c']);
  });

  it('the first message that goes takes the others along', async () => {
    const channel = await afterAnOutage();
    await database.db.query("UPDATE outbox SET not_before = $1 WHERE channel_id = 'b'", [
      at('05:02:02'),
    ]);
    await deliver(channel, at('05:02:02'));
    expect(channel.posted.map(({ channelId }) => channelId)).toEqual(['b', 'a', 'c']);
  });

  it('and once a round is enough, however many messages had failed', async () => {
    const channel = await afterAnOutage();
    await database.db.query('UPDATE outbox SET not_before = $1', [at('05:02:02')]);
    const asked: string[] = [];
    const deps = { db: recording(database.db, asked), channel, log };
    const round = { hasLetGo: false };
    while (await deliverNextMessage(deps, () => at('05:02:02'), round));
    expect(channel.posted).toHaveLength(3);
    expect(asked.filter((sql) => sql.includes('SET not_before'))).toHaveLength(1);
  });
});
