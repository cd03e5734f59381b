import type { Digest, DigestState, DigestStory, OutboxMessage } from '../domain/digest.ts';
import { StoreError } from '../domain/errors.ts';
import type { Subscription } from '../domain/subscription.ts';
import { cleanText, toCleanJson } from './clean-text.ts';
import type { Queryable } from './db.ts';
import { isRowId } from './row-id.ts';

export type MessageState = 'pending' | 'sent' | 'failed';

/** A row of the outbox as `MESSAGE_COLUMNS` selects it. */
export interface MessageRow {
  id: string;
  digest_id: string;
  subscription_id: string;
  guild_id: string;
  channel_id: string;
  position: number;
  nonce: string;
  digest: StoredDigest;
  role_id: string | null;
  attempts: number;
  first_attempt_at: Date | null;
  created_at: Date;
  state: MessageState;
  discord_message_id: string | null;
  discord_channel_id: string | null;
  silent: boolean;
  head: { channelId: string; messageId: string | null } | null;
}

/** JSON knows no dates; messages that were composed before there were `articleIds` lack them. */
type StoredDigest = Omit<Digest, 'dueAt' | 'stories'> & { dueAt: string; stories: StoredStory[] };
type StoredStory = Omit<DigestStory, 'firstPublishedAt' | 'articleIds'> & {
  firstPublishedAt: string;
  articleIds?: string[];
};

export const MESSAGE_COLUMNS = `o.id, o.digest_id, o.subscription_id, o.guild_id, o.channel_id, o.position, o.nonce, o.digest,
  o.role_id, o.created_at, o.state, o.discord_message_id, o.discord_channel_id, o.silent,
  (SELECT jsonb_build_object('channelId', coalesce(h.discord_channel_id, h.channel_id), 'messageId', h.discord_message_id)
   FROM outbox h WHERE h.id = coalesce(o.parent_id, (
     SELECT f.id FROM outbox f WHERE f.digest_id = o.digest_id AND f.position = 1 AND f.id < o.id
   ))) AS head,
  (SELECT count(*)::int FROM outbox_attempts t WHERE t.outbox_id = o.id) AS attempts,
  (SELECT min(attempted_at) FROM outbox_attempts t WHERE t.outbox_id = o.id) AS first_attempt_at`;

/** Those of the stories that this subscription's channel has been shown. */
export async function postedStoryIds(
  tx: Queryable,
  subscriptionId: string,
  storyIds: string[],
): Promise<Set<string>> {
  if (storyIds.length === 0) return new Set();
  const rows = await tx.query<{ story_id: string }>(
    'SELECT story_id FROM posted_stories WHERE subscription_id = $1 AND story_id = ANY ($2::bigint[])',
    [subscriptionId, storyIds],
  );
  return new Set(rows.map((row) => row.story_id));
}

/**
 * Stores a composed digest: its stories as posted, and a pending message for each part. Without messages it is `sent` at once.
 * @returns the digest's id.
 * @throws StoreError `duplicate` when this subscription has a digest for `dueAt`, or has posted one of the stories, already.
 */
export async function saveDigest(
  tx: Queryable,
  options: {
    subscription: Subscription;
    dueAt: Date;
    storyIds: string[];
    messages: Digest[];
    /** The subscription's own when left out; null mentions nobody. */
    roleId?: string | null;
    silent?: boolean;
    now: Date;
  },
): Promise<string> {
  const { subscription, dueAt, storyIds, messages, now } = options;
  const state: DigestState = messages.length > 0 ? 'composed' : 'sent';
  const [digest] = await tx.query<{ id: string }>(
    `WITH digest AS (
       INSERT INTO digests (subscription_id, due_at, state, composed_at, sent_at)
       VALUES ($1, $2, $3::text, $4, CASE WHEN $3 = 'sent' THEN $4::timestamptz END) RETURNING id
     ), posted AS (
       INSERT INTO posted_stories (subscription_id, story_id, digest_id, posted_at)
       SELECT $1, story_id, digest.id, $4 FROM digest, unnest($5::bigint[]) AS story_id
     )
     SELECT id FROM digest`,
    [subscription.id, dueAt, state, now, storyIds],
  );
  if (!digest) throw new StoreError('database-refused', 'the digest was not stored');
  // The nonce is the message's id, made unique over databases (a new one counts from 1 again) by the time of its creation.
  await tx.query(
    `INSERT INTO outbox (id, digest_id, subscription_id, guild_id, channel_id, position, nonce, digest, role_id, created_at, silent)
     SELECT part.id, $1, $2, $3, $4, part.position, part.id || '-' || to_hex((extract(epoch FROM $7::timestamptz) * 1000)::bigint),
            part.digest, $6, $7, $8
     FROM (
       SELECT nextval(pg_get_serial_sequence('outbox', 'id')) AS id, position, digest
       FROM jsonb_array_elements($5) WITH ORDINALITY AS parts(digest, position) ORDER BY position
     ) part`,
    [
      digest.id,
      subscription.id,
      subscription.guildId,
      subscription.channelId,
      toCleanJson(messages),
      options.roleId === undefined ? subscription.roleId : options.roleId,
      now,
      options.silent ?? false,
    ],
  );
  await noteWhereShown(tx, digest.id);
  return digest.id;
}

/** Which message shows which story, and as of when; a story without a message is only counted. */
async function noteWhereShown(tx: Queryable, digestId: string): Promise<void> {
  await tx.query(
    `UPDATE posted_stories p SET outbox_id = o.id, shown_updated_at = s.updated_at
     FROM outbox o, jsonb_array_elements(o.digest -> 'stories') AS shown, stories s
     WHERE o.digest_id = $1 AND p.digest_id = $1 AND s.id = p.story_id AND p.story_id = (shown ->> 'storyId')::bigint`,
    [digestId],
  );
}

/**
 * Takes the oldest message that may go now and locks it until the transaction ends. A channel's messages leave in their order: only its
 * first unsent message is ever taken, and while that one is locked or postponed, none of the channel is.
 * (NO KEY UPDATE: `recordAttempt` refers to the locked row from another connection.)
 */
export async function lockNextMessage(tx: Queryable, now: Date): Promise<OutboxMessage | null> {
  const [row] = await tx.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM outbox o
     WHERE o.state = 'pending' AND (o.not_before IS NULL OR o.not_before <= $1)
       AND NOT EXISTS (
         SELECT FROM outbox earlier WHERE earlier.state = 'pending' AND earlier.channel_id = o.channel_id AND earlier.id < o.id
       )
     ORDER BY o.id LIMIT 1 FOR NO KEY UPDATE OF o SKIP LOCKED`,
    [now],
  );
  return row ? toMessage(row) : null;
}

/** Notes, before anything is sent, that sending begins. Call it on the database, not in the transaction that locks the message. */
export async function recordAttempt(db: Queryable, messageId: string, now: Date): Promise<void> {
  await db.query('INSERT INTO outbox_attempts (outbox_id, attempted_at) VALUES ($1, $2)', [
    messageId,
    now,
  ]);
}

/** The message is in the channel; with its last message the digest is `sent`. @returns whether this was the last. */
export async function markSent(
  tx: Queryable,
  messageId: string,
  options: { discordMessageId: string; discordChannelId?: string; now: Date },
): Promise<boolean> {
  await tx.query(
    `UPDATE outbox SET state = 'sent', discord_message_id = $2, discord_channel_id = coalesce($4, channel_id), finished_at = $3, error = NULL WHERE id = $1`,
    [messageId, options.discordMessageId, options.now, options.discordChannelId ?? null],
  );
  return finishDigest(tx, messageId, options.now);
}

/** The message will not be sent, and no longer holds up its channel. */
export async function markFailed(
  tx: Queryable,
  messageId: string,
  error: string,
  now: Date,
): Promise<void> {
  await tx.query(`UPDATE outbox SET state = 'failed', error = $2, finished_at = $3 WHERE id = $1`, [
    messageId,
    cleanText(error),
    now,
  ]);
  await finishDigest(tx, messageId, now);
}

async function finishDigest(tx: Queryable, messageId: string, now: Date): Promise<boolean> {
  const finished = await tx.query(
    `UPDATE digests SET state = 'sent', sent_at = $2
     WHERE id = (SELECT digest_id FROM outbox WHERE id = $1)
       AND NOT EXISTS (SELECT FROM outbox WHERE digest_id = digests.id AND state = 'pending')
     RETURNING id`,
    [messageId, now],
  );
  return finished.length > 0;
}

/** The message, and with it its channel, waits until then. */
export async function postponeMessage(
  tx: Queryable,
  messageId: string,
  until: Date,
  error: string,
): Promise<void> {
  await tx.query('UPDATE outbox SET not_before = $2, error = $3 WHERE id = $1', [
    messageId,
    until,
    cleanText(error),
  ]);
}

/** No message is ever put off for longer than this at once. */
export const LONGEST_POSTPONEMENT_MS = 600_000;

/**
 * What was postponed may go now: Discord takes messages again, or, where only what waits beyond `beyond` is meant, a clock that was ahead
 * had put it off. It still counts as tried and waiting (`isHeldUp`). What another process is sending is left to it.
 * @returns how many messages.
 */
export async function endPostponement(db: Queryable, now: Date, beyond = now): Promise<number> {
  const rows = await db.query(
    `UPDATE outbox SET not_before = $1 WHERE id = ANY (ARRAY(
       SELECT id FROM outbox WHERE state = 'pending' AND not_before > $2 FOR NO KEY UPDATE SKIP LOCKED
     )) RETURNING id`,
    [now, beyond],
  );
  return rows.length;
}

/** Whether a message to this channel was tried, could not be sent, and waits. */
export async function isHeldUp(db: Queryable, channelId: string): Promise<boolean> {
  const rows = await db.query(
    `SELECT FROM outbox WHERE state = 'pending' AND channel_id = $1 AND not_before IS NOT NULL LIMIT 1`,
    [channelId],
  );
  return rows.length > 0;
}

/** @returns null when there is no such message in this guild. */
export async function findMessage(
  db: Queryable,
  guildId: string,
  outboxId: string,
): Promise<(OutboxMessage & { discordMessageId: string | null; state: MessageState }) | null> {
  if (!isRowId(outboxId)) return null;
  const [row] = await db.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM outbox o WHERE o.guild_id = $1 AND o.id = $2`,
    [guildId, outboxId],
  );
  if (!row) return null;
  return { ...toMessage(row), discordMessageId: row.discord_message_id, state: row.state };
}

/** When the message that has waited longest was composed; null when none waits. */
export async function oldestPending(db: Queryable): Promise<Date | null> {
  const [row] = await db.query<{ oldest: Date | null }>(
    `SELECT min(created_at) AS oldest FROM outbox WHERE state = 'pending'`,
  );
  return row?.oldest ?? null;
}

/** How many messages are in each state. */
export async function countOutbox(db: Queryable): Promise<Record<MessageState, number>> {
  const rows = await db.query<{ state: MessageState; count: number }>(
    'SELECT state, count(*)::int AS count FROM outbox GROUP BY state',
  );
  const counts = { pending: 0, sent: 0, failed: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

export function toMessage(row: MessageRow): OutboxMessage {
  return {
    id: row.id,
    digestId: row.digest_id,
    subscriptionId: row.subscription_id,
    guildId: row.guild_id,
    channelId: row.channel_id,
    position: row.position,
    nonce: row.nonce,
    digest: toDigest(row.digest),
    roleId: row.role_id,
    attempts: row.attempts,
    firstAttemptAt: row.first_attempt_at,
    silent: row.silent,
    head:
      row.head === null || row.head.messageId === null
        ? null
        : { channelId: row.head.channelId, messageId: row.head.messageId },
    createdAt: row.created_at,
  };
}

function toDigest(stored: StoredDigest): Digest {
  return {
    ...stored,
    dueAt: new Date(stored.dueAt),
    stories: stored.stories.map((story) => ({
      ...story,
      articleIds: story.articleIds ?? [],
      firstPublishedAt: new Date(story.firstPublishedAt),
    })),
  };
}
