import type { Digest, DigestStory, OutboxMessage } from '../domain/digest.ts';
import { toCleanJson } from './clean-text.ts';
import type { Queryable } from './db.ts';
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from './outbox-store.ts';
import { isRowId } from './row-id.ts';

/** A posted message of which a story has developed. */
export interface PostedMessage extends OutboxMessage {
  discordMessageId: string;
  /** Where it is: of a forum, the post. */
  discordChannelId: string;
  /** Whether the subscription wants developments told in a thread. */
  follow: boolean;
}

interface PostedRow extends MessageRow {
  discord_message_id: string;
  follow: boolean;
}

/** Further reports of a story after this long change no message: nobody looks there any more. */
const EDITED_FOR_MS = 3 * 24 * 3_600_000;

/**
 * Takes a posted message that shows a story as it was before its newest report, and locks it until the transaction ends. However
 * many reports have come, it is one message to edit, and it is left alone if it was edited after `editedBefore`. In no order: the
 * first that is found is as good as any, and none has to be sorted.
 */
export async function lockNextEdit(
  tx: Queryable,
  options: { now: Date; editedBefore: Date },
): Promise<PostedMessage | null> {
  const [row] = await tx.query<PostedRow>(
    `SELECT ${MESSAGE_COLUMNS}, sub.follow
     FROM stories s JOIN posted_stories p ON p.story_id = s.id JOIN outbox o ON o.id = p.outbox_id
       JOIN subscriptions sub ON sub.id = o.subscription_id
     WHERE s.updated_at > $1 AND s.updated_at > s.created_at AND s.updated_at > p.shown_updated_at AND o.finished_at > $1
       AND o.state = 'sent' AND o.parent_id IS NULL AND NOT sub.paused
       AND coalesce(o.edited_at, o.finished_at) <= $2
     LIMIT 1 FOR NO KEY UPDATE OF o SKIP LOCKED`,
    [new Date(options.now.getTime() - EDITED_FOR_MS), options.editedBefore],
  );
  return row ? toPosted(row) : null;
}

function toPosted(row: PostedRow): PostedMessage {
  return {
    ...toMessage(row),
    discordMessageId: row.discord_message_id,
    discordChannelId: row.discord_channel_id ?? row.channel_id,
    follow: row.follow,
  };
}

/**
 * The first message of the digest that a later one belongs to, whose head counts the whole digest, locked until the transaction ends.
 * Whoever changes a later message waits for it here and asks for no other lock after it, so that no two can wait for each other.
 * @returns null for a first message itself, and where the first was not sent or can no longer be edited.
 */
export async function lockFirstMessage(
  tx: Queryable,
  { digestId, position }: OutboxMessage,
): Promise<PostedMessage | null> {
  if (position === 1) return null;
  const [row] = await tx.query<PostedRow>(
    `SELECT ${MESSAGE_COLUMNS}, false AS follow FROM outbox o
     WHERE o.digest_id = $1 AND o.position = 1 AND o.state = 'sent'
       AND EXISTS (SELECT FROM posted_stories p WHERE p.outbox_id = o.id AND p.shown_updated_at IS NOT NULL)
     FOR NO KEY UPDATE OF o`,
    [digestId],
  );
  return row ? toPosted(row) : null;
}

/** What the other messages of the same digest show. Ask it when the first message is locked: none of them changes from then on. */
export async function storiesShownElsewhere(
  tx: Queryable,
  { id, digestId }: OutboxMessage,
): Promise<DigestStory[]> {
  const rows = await tx.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM outbox o
     WHERE o.digest_id = $1 AND o.id <> $2 AND o.parent_id IS NULL AND o.state = 'sent'`,
    [digestId, id],
  );
  return rows.flatMap((row) => toMessage(row).digest.stories);
}

/** The message's head counts as `digest` does; when its own stories are looked at again does not change by that. */
export async function saveCounts(tx: Queryable, messageId: string, digest: Digest): Promise<void> {
  await tx.query('UPDATE outbox SET digest = $2 WHERE id = $1', [messageId, toCleanJson(digest)]);
}

/** The message is as `digest` says, which shows these stories as they were at `updatedAt`. */
export async function saveEdit(
  tx: Queryable,
  messageId: string,
  options: { digest: Digest; shown: { storyId: string; updatedAt: Date }[]; now: Date },
): Promise<void> {
  await tx.query('UPDATE outbox SET digest = $2, edited_at = $3 WHERE id = $1', [
    messageId,
    toCleanJson(options.digest),
    options.now,
  ]);
  await tx.query(
    `UPDATE posted_stories p SET shown_updated_at = shown.updated_at
     FROM unnest($2::bigint[], $3::timestamptz[]) AS shown(story_id, updated_at)
     WHERE p.outbox_id = $1 AND p.story_id = shown.story_id`,
    [
      messageId,
      options.shown.map(({ storyId }) => storyId),
      options.shown.map(({ updatedAt }) => updatedAt),
    ],
  );
}

/** Tries again later. */
export async function postponeEdit(tx: Queryable, messageId: string, now: Date): Promise<void> {
  await tx.query('UPDATE outbox SET edited_at = $2 WHERE id = $1', [messageId, now]);
}

/** Tries every message in the channel of this one again later; those that another is editing at this moment are left out. */
export async function postponeEditsBeside(
  tx: Queryable,
  { channelId, subscriptionId }: OutboxMessage,
  now: Date,
): Promise<void> {
  await tx.query(
    `UPDATE outbox SET edited_at = $3 WHERE id = ANY (ARRAY(
       SELECT id FROM outbox WHERE channel_id = $1 AND state = 'sent' AND finished_at > $4
         AND subscription_id IN (SELECT id FROM subscriptions WHERE channel_id = $1 OR id = $2)
       FOR NO KEY UPDATE SKIP LOCKED
     ))`,
    [channelId, subscriptionId, now, new Date(now.getTime() - EDITED_FOR_MS)],
  );
}

/** Somebody has deleted the message, or it cannot be reached: it is edited no more. */
export async function forgetMessage(tx: Queryable, messageId: string): Promise<void> {
  await tx.query('UPDATE posted_stories SET shown_updated_at = NULL WHERE outbox_id = $1', [
    messageId,
  ]);
}

/** Puts a development of a posted story into the outbox, for the thread under that message. */
export async function saveDevelopment(
  tx: Queryable,
  parent: OutboxMessage,
  digest: Digest,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO outbox (id, digest_id, subscription_id, guild_id, channel_id, position, nonce, digest, created_at, parent_id, silent)
     SELECT new.id, $1, $2, $3, $4, (SELECT max(position) + 1 FROM outbox WHERE digest_id = $1),
            new.id || '-' || to_hex((extract(epoch FROM $5::timestamptz) * 1000)::bigint), $6, $5, $7, true
     FROM (SELECT nextval(pg_get_serial_sequence('outbox', 'id')) AS id) new`,
    [
      parent.digestId,
      parent.subscriptionId,
      parent.guildId,
      parent.channelId,
      now,
      toCleanJson(digest),
      parent.id,
    ],
  );
}

/** The stories that this message's digest only counts ("and 7 more"), in no order; none for a message of another guild. */
export async function omittedStoryIds(
  db: Queryable,
  guildId: string,
  outboxId: string,
): Promise<string[]> {
  if (!isRowId(outboxId)) return [];
  const rows = await db.query<{ story_id: string }>(
    `SELECT p.story_id FROM outbox o JOIN posted_stories p ON p.digest_id = o.digest_id
     WHERE o.guild_id = $1 AND o.id = $2 AND p.outbox_id IS NULL`,
    [guildId, outboxId],
  );
  return rows.map((row) => row.story_id);
}

/**
 * The message cannot be posted because the channel is lost: its stories have not been shown, so they are free for the first digest
 * after the channel is back. With the first message of a digest go the stories that it only counts.
 */
export async function returnStories(tx: Queryable, message: OutboxMessage): Promise<void> {
  await tx.query(
    `WITH returned AS (
       DELETE FROM posted_stories WHERE digest_id = $1 AND (outbox_id = $2 OR (outbox_id IS NULL AND $3 = 1)) RETURNING story_id
     )
     UPDATE subscriptions SET covered_until = least(covered_until, (
       SELECT min(s.updated_at) - interval '1 second' FROM stories s JOIN returned ON returned.story_id = s.id
     )) WHERE id = $4`,
    [message.digestId, message.id, message.position, message.subscriptionId],
  );
}
