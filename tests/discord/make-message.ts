import { buildDigest } from '../../src/digest/build-digest.ts';
import type { Digest, OutboxMessage } from '../../src/domain/digest.ts';
import { makeStory } from '../digest/make-story.ts';

export function makeDigest(parts: Partial<Digest> = {}): Digest {
  const built = buildDigest([makeStory({ id: '5' })], {
    language: 'en',
    timezone: 'Asia/Riyadh',
    dueAt: new Date('2026-11-24T05:00:00Z'),
    limit: 9,
  });
  return { ...built, ...parts };
}

let nextId = 100;

/** A message as the outbox gives it out for its first attempt; each has an id and a nonce of its own. */
export function makeMessage(parts: Partial<OutboxMessage> & { channelId: string }): OutboxMessage {
  nextId += 1;
  return {
    id: String(nextId),
    digestId: '1',
    subscriptionId: '1',
    guildId: '1',
    position: 1,
    nonce: `${nextId}-19ab`,
    digest: makeDigest(),
    roleId: null,
    attempts: 0,
    firstAttemptAt: null,
    silent: false,
    head: null,
    createdAt: new Date('2026-11-24T05:00:00Z'),
    ...parts,
  };
}
