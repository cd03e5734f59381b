import type { Feed, FeedSource } from '../domain/feed.ts';
import { toCleanJson } from './clean-text.ts';
import type { Database, Queryable } from './db.ts';
import { addFeed, listFeeds } from './feed-store.ts';
import { isRowId } from './row-id.ts';

/** A source that a member was shown, and has not confirmed yet. */
export interface ProposedSource {
  id: string;
  userId: string;
  source: FeedSource;
}

const KEPT_MS = 3_600_000;

/** Any number that nothing else in this database locks; "src" in ASCII. */
const SOURCES_LOCK = 0x737263;

/** Keeps what was shown for an hour; what is older goes. @returns its id. */
export async function proposeSource(
  db: Queryable,
  guildId: string,
  proposal: Omit<ProposedSource, 'id'>,
  now: Date,
): Promise<string> {
  await db.query('DELETE FROM proposed_sources WHERE created_at < $1', [lastKept(now)]);
  const [row] = await db.query<{ id: string }>(
    'INSERT INTO proposed_sources (guild_id, user_id, source, created_at) VALUES ($1, $2, $3, $4) RETURNING id',
    [guildId, proposal.userId, toCleanJson(proposal.source), now],
  );
  return row?.id ?? '0';
}

/** @returns null when there is none of this id in this guild, or it is older than an hour. */
export async function findProposedSource(
  db: Queryable,
  guildId: string,
  id: string,
  now: Date,
): Promise<ProposedSource | null> {
  if (!isRowId(id)) return null;
  const [row] = await db.query<{ user_id: string; source: FeedSource }>(
    'SELECT user_id, source FROM proposed_sources WHERE guild_id = $1 AND id = $2 AND created_at >= $3',
    [guildId, id, lastKept(now)],
  );
  return row ? { id, userId: row.user_id, source: row.source } : null;
}

/** The sources that this guild added itself, by name. */
export async function listOwnFeeds(db: Queryable, guildId: string): Promise<Feed[]> {
  return (await listFeeds(db, guildId)).filter((feed) => feed.guildId === guildId);
}

/** Adds a source of the guild's own, due at once. @returns null when the guild has `limit` of them already. */
export async function addOwnFeed(
  db: Database,
  source: FeedSource,
  options: { guildId: string; limit: number; now: Date },
): Promise<Feed | null> {
  const { guildId, limit, now } = options;
  return db.transaction(async (tx) => {
    // Two who confirm at the same moment are counted one after the other.
    await tx.query('SELECT pg_advisory_xact_lock($1)', [SOURCES_LOCK]);
    const own = await listOwnFeeds(tx, guildId);
    const known = own.some((feed) => feed.url === source.url);
    if (!known && own.length >= limit) return null;
    return addFeed(tx, source, guildId, now);
  });
}

function lastKept(now: Date): Date {
  return new Date(now.getTime() - KEPT_MS);
}
