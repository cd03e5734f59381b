import { StoreError } from '../domain/errors.ts';
import type { SeverityLevel } from '../domain/severity.ts';
import type {
  NewSubscription,
  Schedule,
  StoryFilter,
  Subscription,
  SubscriptionLanguage,
} from '../domain/subscription.ts';
import type { Topic } from '../domain/topic.ts';
import { cleanText, toCleanJson } from './clean-text.ts';
import type { Queryable } from './db.ts';
import { isRowId } from './row-id.ts';

interface SubscriptionRow {
  id: string;
  guild_id: string;
  channel_id: string;
  created_by: string;
  schedule: Schedule;
  at_minutes: number;
  weekday: number;
  timezone: string;
  language: SubscriptionLanguage;
  topics: Topic[];
  min_severity: SeverityLevel;
  sources: string[];
  keyword: string | null;
  role_id: string | null;
  role_min_severity: SeverityLevel;
  follow: boolean;
  created_at: Date;
  next_due_at: Date;
  covered_until: Date;
  paused: boolean;
  pause_reason: string | null;
}

export async function createSubscription(
  db: Queryable,
  subscription: NewSubscription,
  options: { nextDueAt: Date; coveredUntil: Date; now: Date },
): Promise<Subscription> {
  const [row] = await db.query<SubscriptionRow>(
    `INSERT INTO subscriptions (guild_id, channel_id, created_by, schedule, at_minutes, weekday, timezone, language, topics,
       min_severity, sources, keyword, role_id, created_at, next_due_at, covered_until, role_min_severity, follow)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING *`,
    [
      subscription.guildId,
      subscription.channelId,
      subscription.createdBy,
      subscription.schedule,
      subscription.atMinutes,
      subscription.weekday,
      subscription.timezone,
      subscription.language,
      toCleanJson(subscription.topics),
      subscription.minSeverity,
      toCleanJson(subscription.sources),
      subscription.keyword === null ? null : cleanText(subscription.keyword),
      subscription.roleId,
      options.now,
      options.nextDueAt,
      options.coveredUntil,
      subscription.roleMinSeverity,
      subscription.follow,
    ],
  );
  if (!row) throw new StoreError('database-refused', 'the subscription was not stored');
  return toSubscription(row);
}

/** A guild's subscriptions, oldest first. */
export async function listSubscriptions(db: Queryable, guildId: string): Promise<Subscription[]> {
  const rows = await db.query<SubscriptionRow>(
    'SELECT * FROM subscriptions WHERE guild_id = $1 ORDER BY id',
    [guildId],
  );
  return rows.map(toSubscription);
}

/** @returns null when there is none of this id in this guild. */
export async function findSubscription(
  db: Queryable,
  guildId: string,
  id: string,
): Promise<Subscription | null> {
  if (!isRowId(id)) return null;
  const [row] = await db.query<SubscriptionRow>(
    'SELECT * FROM subscriptions WHERE guild_id = $1 AND id = $2',
    [guildId, id],
  );
  return row ? toSubscription(row) : null;
}

/** Changes what it asks for and when it is due next; where it posts and what it has posted stay. */
export async function updateSubscription(
  db: Queryable,
  guildId: string,
  id: string,
  changed: StoryFilter &
    Pick<NewSubscription, 'schedule' | 'atMinutes' | 'weekday' | 'timezone'> & { nextDueAt: Date },
): Promise<void> {
  await db.query(
    `UPDATE subscriptions SET schedule = $3, at_minutes = $4, weekday = $5, timezone = $6, language = $7, topics = $8,
       min_severity = $9, sources = $10, keyword = $11, next_due_at = $12
     WHERE guild_id = $1 AND id = $2`,
    [
      guildId,
      id,
      changed.schedule,
      changed.atMinutes,
      changed.weekday,
      changed.timezone,
      changed.language,
      toCleanJson(changed.topics),
      changed.minSeverity,
      toCleanJson(changed.sources),
      changed.keyword === null ? null : cleanText(changed.keyword),
      changed.nextDueAt,
    ],
  );
}

/** Changes where it posts and whom it calls; messages that wait already go where they were to go. */
export async function moveSubscription(
  db: Queryable,
  guildId: string,
  id: string,
  place: Pick<NewSubscription, 'channelId' | 'roleId' | 'roleMinSeverity' | 'follow'>,
): Promise<void> {
  await db.query(
    `UPDATE subscriptions SET channel_id = $3, role_id = $4, role_min_severity = $5, follow = $6
     WHERE guild_id = $1 AND id = $2`,
    [guildId, id, place.channelId, place.roleId, place.roleMinSeverity, place.follow],
  );
}

/** Deletes it with its digests and what still waits to be posted. @returns false when there is none of this id in this guild. */
export async function deleteSubscription(
  db: Queryable,
  guildId: string,
  id: string,
): Promise<boolean> {
  if (!isRowId(id)) return false;
  const rows = await db.query(
    'DELETE FROM subscriptions WHERE guild_id = $1 AND id = $2 RETURNING id',
    [guildId, id],
  );
  return rows.length > 0;
}

export async function pauseSubscription(db: Queryable, id: string, reason: string): Promise<void> {
  await db.query('UPDATE subscriptions SET paused = true, pause_reason = $2 WHERE id = $1', [
    id,
    cleanText(reason),
  ]);
}

export async function resumeSubscription(
  db: Queryable,
  id: string,
  options: { nextDueAt: Date; coveredUntil: Date },
): Promise<void> {
  await db.query(
    `UPDATE subscriptions SET paused = false, pause_reason = NULL, pause_told_at = NULL, next_due_at = $2, covered_until = $3 WHERE id = $1`,
    [id, options.nextDueAt, options.coveredUntil],
  );
}

/** Pauses every running subscription of a channel. @returns how many. */
export async function pauseChannel(
  db: Queryable,
  channelId: string,
  reason: string,
): Promise<number> {
  const rows = await db.query(
    `UPDATE subscriptions SET paused = true, pause_reason = $2 WHERE channel_id = $1 AND NOT paused RETURNING id`,
    [channelId, cleanText(reason)],
  );
  return rows.length;
}

/** Reasons that nobody chose: they pass when a permission or a channel is back. */
const LOST = `('channel-gone', 'forbidden', 'bot-removed')`;

/** Pauses every running subscription of a guild. */
export async function pauseGuild(db: Queryable, guildId: string, reason: string): Promise<void> {
  await db.query(
    'UPDATE subscriptions SET paused = true, pause_reason = $2 WHERE guild_id = $1 AND NOT paused',
    [guildId, cleanText(reason)],
  );
}

/** Those of every guild that wait because the bot cannot post there. */
export async function listLostSubscriptions(db: Queryable): Promise<Subscription[]> {
  const rows = await db.query<SubscriptionRow>(
    `SELECT * FROM subscriptions WHERE paused AND pause_reason IN ${LOST} ORDER BY id`,
  );
  return rows.map(toSubscription);
}

/** Those whose creator has not been told that they wait; noted as told. */
export async function takeUntold(db: Queryable, now: Date): Promise<Subscription[]> {
  const rows = await db.query<SubscriptionRow>(
    `UPDATE subscriptions SET pause_told_at = $1
     WHERE paused AND pause_reason IN ${LOST} AND pause_told_at IS NULL RETURNING *`,
    [now],
  );
  return rows.map(toSubscription);
}

/**
 * Takes the subscription that has been due longest and locks it until the transaction ends; null when none is due. One whose channel
 * has a message that could not be sent yet stays due: what comes meanwhile is one digest after it, and not a hundred.
 */
export async function lockDueSubscription(tx: Queryable, now: Date): Promise<Subscription | null> {
  const [row] = await tx.query<SubscriptionRow>(
    `SELECT * FROM subscriptions s WHERE NOT paused AND next_due_at <= $1
       AND NOT EXISTS (
         SELECT FROM outbox o WHERE o.state = 'pending' AND o.channel_id = s.channel_id AND o.not_before IS NOT NULL
       )
     ORDER BY next_due_at, id LIMIT 1 FOR NO KEY UPDATE OF s SKIP LOCKED`,
    [now],
  );
  return row ? toSubscription(row) : null;
}

/** Those whose window was composed up to a moment after this one, locked until the transaction ends. */
export async function lockSubscriptionsCoveredAfter(
  tx: Queryable,
  moment: Date,
): Promise<Subscription[]> {
  const rows = await tx.query<SubscriptionRow>(
    'SELECT * FROM subscriptions WHERE covered_until > $1 ORDER BY id FOR NO KEY UPDATE SKIP LOCKED',
    [moment],
  );
  return rows.map(toSubscription);
}

export async function advanceSubscription(
  tx: Queryable,
  id: string,
  options: { nextDueAt: Date; coveredUntil: Date },
): Promise<void> {
  await tx.query('UPDATE subscriptions SET next_due_at = $2, covered_until = $3 WHERE id = $1', [
    id,
    options.nextDueAt,
    options.coveredUntil,
  ]);
}

/**
 * Makes the subscriptions of a schedule due now. One that a composer holds at this moment is left out: the composer waits for the
 * clusterer that calls this (`awaitStories`) and so sees its stories, and waiting for it here would be a deadlock.
 * @returns how many were brought forward.
 */
export async function bringForward(
  db: Queryable,
  options: { schedule: Schedule; now: Date },
): Promise<number> {
  const rows = await db.query(
    `UPDATE subscriptions SET next_due_at = $2 WHERE id = ANY (ARRAY(
       SELECT id FROM subscriptions WHERE schedule = $1 AND NOT paused AND next_due_at > $2
       ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
     )) RETURNING id`,
    [options.schedule, options.now],
  );
  return rows.length;
}

function toSubscription(row: SubscriptionRow): Subscription {
  return {
    id: row.id,
    guildId: row.guild_id,
    channelId: row.channel_id,
    createdBy: row.created_by,
    schedule: row.schedule,
    atMinutes: row.at_minutes,
    weekday: row.weekday,
    timezone: row.timezone,
    language: row.language,
    topics: row.topics,
    minSeverity: row.min_severity,
    sources: row.sources,
    keyword: row.keyword,
    roleId: row.role_id,
    roleMinSeverity: row.role_min_severity,
    follow: row.follow,
    createdAt: row.created_at,
    nextDueAt: row.next_due_at,
    coveredUntil: row.covered_until,
    paused: row.paused,
    pauseReason: row.pause_reason,
  };
}
