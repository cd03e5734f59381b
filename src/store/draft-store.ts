import type { NewSubscription } from '../domain/subscription.ts';
import { toCleanJson } from './clean-text.ts';
import type { Queryable } from './db.ts';
import { isRowId } from './row-id.ts';

/** A subscription that someone is still looking at. */
export interface Draft {
  id: string;
  subscription: NewSubscription;
}

/** Long enough to think it over. */
const DRAFT_LIFE_MS = 3_600_000;

/** @returns the draft's id. Drafts whose hour is over go. */
export async function saveDraft(
  db: Queryable,
  subscription: NewSubscription,
  now: Date,
): Promise<string> {
  await db.query('DELETE FROM subscription_drafts WHERE created_at < $1', [oldest(now)]);
  const [row] = await db.query<{ id: string }>(
    `INSERT INTO subscription_drafts (guild_id, user_id, subscription, created_at) VALUES ($1, $2, $3, $4) RETURNING id`,
    [subscription.guildId, subscription.createdBy, toCleanJson(subscription), now],
  );
  return row?.id ?? '';
}

interface DraftKey {
  guildId: string;
  /** Who asked. */
  userId: string;
  id: string;
  now: Date;
}

/** @returns null when there is none (any more) of this id, of this member, in this guild. */
export async function findDraft(db: Queryable, key: DraftKey): Promise<Draft | null> {
  return one(
    db,
    `SELECT id, subscription FROM subscription_drafts WHERE ${IS_OWN} AND created_at >= $4`,
    key,
  );
}

/** Takes the draft away, so that two presses of one button make one subscription. */
export async function takeDraft(db: Queryable, key: DraftKey): Promise<Draft | null> {
  return one(
    db,
    `DELETE FROM subscription_drafts WHERE ${IS_OWN} AND created_at >= $4 RETURNING id, subscription`,
    key,
  );
}

/** Changes the draft; its hour begins anew. */
export async function updateDraft(
  db: Queryable,
  key: DraftKey,
  subscription: NewSubscription,
): Promise<void> {
  await db.query(
    `UPDATE subscription_drafts SET subscription = $5, created_at = $6 WHERE ${IS_OWN} AND created_at >= $4`,
    [...parameters(key), toCleanJson(subscription), key.now],
  );
}

const IS_OWN = 'guild_id = $1 AND user_id = $2 AND id = $3';

function parameters({ guildId, userId, id, now }: DraftKey): unknown[] {
  return [guildId, userId, id, oldest(now)];
}

async function one(db: Queryable, sql: string, key: DraftKey): Promise<Draft | null> {
  if (!isRowId(key.id)) return null;
  const [row] = await db.query<Draft>(sql, parameters(key));
  return row ?? null;
}

function oldest(now: Date): Date {
  return new Date(now.getTime() - DRAFT_LIFE_MS);
}
