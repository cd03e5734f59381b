import { cleanText, toCleanJson } from './clean-text.ts';
import type { Queryable } from './db.ts';
import { isRowId } from './row-id.ts';

/** What a member found, kept so that its pages can be turned. */
export interface SavedSearch {
  id: string;
  /** Who asked. */
  userId: string;
  query: string;
  /** Best first. */
  storyIds: string[];
}

const KEPT_MS = 24 * 3_600_000;

/** Keeps what was found for 24 hours; what is older goes. @returns its id. */
export async function saveSearch(
  db: Queryable,
  guildId: string,
  search: Omit<SavedSearch, 'id'>,
  now: Date,
): Promise<SavedSearch> {
  await db.query('DELETE FROM searches WHERE created_at < $1', [lastKept(now)]);
  const [row] = await db.query<{ id: string }>(
    `INSERT INTO searches (guild_id, user_id, query, story_ids, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [guildId, search.userId, cleanText(search.query), toCleanJson(search.storyIds), now],
  );
  return { ...search, id: row?.id ?? '0' };
}

/** @returns null when there is none of this id in this guild, or it is older than 24 hours. */
export async function findSavedSearch(
  db: Queryable,
  guildId: string,
  id: string,
  now: Date,
): Promise<SavedSearch | null> {
  if (!isRowId(id)) return null;
  const [row] = await db.query<{ user_id: string; query: string; story_ids: string[] }>(
    'SELECT user_id, query, story_ids FROM searches WHERE guild_id = $1 AND id = $2 AND created_at >= $3',
    [guildId, id, lastKept(now)],
  );
  return row ? { id, userId: row.user_id, query: row.query, storyIds: row.story_ids } : null;
}

function lastKept(now: Date): Date {
  return new Date(now.getTime() - KEPT_MS);
}
