import { StoreError } from '../domain/errors.ts';
import type {
  Feed,
  FeedKind,
  FeedSource,
  FeedStatus,
  FetchRecord,
  Language,
} from '../domain/feed.ts';
import type { Topic } from '../domain/topic.ts';
import { cleanText, toCleanJson } from './clean-text.ts';
import type { Queryable } from './db.ts';

interface FeedRow {
  id: string;
  url: string;
  guild_id: string | null;
  name: string;
  outlet: string;
  language: Language;
  kind: FeedKind;
  topics: Topic[];
  trust: number;
  full_text: boolean;
  enabled: boolean;
  note: string | null;
  status: FeedStatus;
  etag: string | null;
  last_modified: string | null;
  next_check_at: Date;
  last_fetched_at: Date | null;
  last_success_at: Date | null;
  failure_count: number;
  failing_since: Date | null;
  last_status: number | null;
  last_error: string | null;
}

/** The shape of one FeedSource inside a JSON parameter. */
const SOURCE_COLUMNS = `url text, name text, outlet text, language text, kind text, topics jsonb, trust smallint,
  "fullText" boolean, enabled boolean, note text`;

/**
 * Makes the stored catalogue the given one: new sources are due at once, known ones take the listed description and keep what
 * fetching has taught, those no longer listed are disabled. Guilds' own sources are left alone.
 */
export async function syncCatalogue(
  db: Queryable,
  sources: FeedSource[],
  now: Date,
): Promise<void> {
  const listed = toCleanJson(sources);
  // A source listed at the address that it has moved to is the same source.
  await db.query(
    `UPDATE feeds SET source_url = feeds.url
     FROM json_to_recordset($1) AS listed(url text)
     WHERE guild_id IS NULL AND feeds.url = listed.url AND source_url <> listed.url
       AND NOT EXISTS (SELECT FROM feeds other WHERE other.guild_id IS NULL AND other.source_url = listed.url)`,
    [listed],
  );
  await db.query(
    `WITH listed AS (SELECT DISTINCT ON (url) * FROM json_to_recordset($1) AS x(${SOURCE_COLUMNS}) ORDER BY url),
     dropped AS (
       UPDATE feeds SET enabled = false
       WHERE guild_id IS NULL AND enabled AND source_url NOT IN (SELECT url FROM listed)
     )
     INSERT INTO feeds (source_url, url, name, outlet, language, kind, topics, trust, full_text, enabled, note,
                        next_check_at, created_at)
     SELECT url, url, name, outlet, language, kind, topics, trust, "fullText", enabled, note, $2, $2 FROM listed
     ON CONFLICT (source_url, guild_id) DO UPDATE SET
       name = excluded.name, outlet = excluded.outlet, language = excluded.language, kind = excluded.kind,
       topics = excluded.topics, trust = excluded.trust, full_text = excluded.full_text,
       enabled = excluded.enabled, note = excluded.note, removed_at = NULL`,
    [listed, now],
  );
}

/**
 * Takes feeds that are due, the longest overdue first, and holds them for `holdSeconds`: no other poller takes them
 * meanwhile, and after a kill they are due again. Never the same feed twice, however many processes ask.
 */
export async function claimDueFeeds(
  db: Queryable,
  options: { now: Date; limit: number; holdSeconds: number },
): Promise<Feed[]> {
  const rows = await db.query<FeedRow>(
    `UPDATE feeds SET next_check_at = $1::timestamptz + make_interval(secs => $3)
     WHERE id = ANY (ARRAY(
       SELECT id FROM feeds
       WHERE enabled AND removed_at IS NULL AND status <> 'gone' AND next_check_at <= $1
       ORDER BY next_check_at, id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
     ))
     RETURNING *`,
    [options.now, options.limit, options.holdSeconds],
  );
  return rows.map(toFeed);
}

/** Holds claimed feeds until then; one whose fetch has been recorded meanwhile is due later than that, and is left as it is. */
export async function holdFeeds(db: Queryable, feedIds: string[], until: Date): Promise<void> {
  if (feedIds.length === 0) return;
  await db.query(
    'UPDATE feeds SET next_check_at = $2 WHERE id = ANY ($1::bigint[]) AND next_check_at < $2',
    [feedIds, until],
  );
}

/**
 * Writes what a fetch has taught. A move to an address that another feed already has is not followed.
 */
export async function recordFetch(
  db: Queryable,
  feedId: string,
  record: FetchRecord,
  now: Date,
): Promise<void> {
  await db.query(
    `UPDATE feeds SET
       status = $2, last_status = $3, last_error = $4, etag = $5, last_modified = $6, next_check_at = $7,
       url = CASE WHEN $8::text IS NULL OR EXISTS (
         SELECT FROM feeds other WHERE other.url = $8 AND other.id <> feeds.id
           AND other.guild_id IS NOT DISTINCT FROM feeds.guild_id
       ) THEN url ELSE $8 END,
       last_fetched_at = $10,
       last_success_at = CASE WHEN $9 THEN $10 ELSE last_success_at END,
       last_read_at = CASE WHEN $9 AND $3 IS DISTINCT FROM 304 THEN $10 ELSE last_read_at END,
       failure_count = CASE WHEN $9 THEN 0 ELSE failure_count + 1 END,
       failing_since = CASE WHEN $9 THEN NULL ELSE coalesce(failing_since, $10) END
     WHERE id = $1`,
    [
      feedId,
      record.status,
      record.httpStatus,
      record.error === null ? null : cleanText(record.error),
      record.etag === null ? null : cleanText(record.etag),
      record.lastModified === null ? null : cleanText(record.lastModified),
      record.nextCheckAt,
      record.movedTo,
      record.succeeded,
      now,
    ],
    'record-fetch',
  );
}

/** The catalogue, and the sources that this guild added, by name. */
export async function listFeeds(db: Queryable, guildId: string | null): Promise<Feed[]> {
  const rows = await db.query<FeedRow>(
    `SELECT * FROM feeds WHERE (guild_id IS NULL OR guild_id = $1) AND removed_at IS NULL ORDER BY name, id`,
    [guildId],
  );
  return rows.map(toFeed);
}

/** Finds a feed by the address that was listed or by the one that it moved to; the catalogue's own before a guild's. */
export async function findFeedByUrl(db: Queryable, url: string): Promise<Feed | null> {
  const [row] = await db.query<FeedRow>(
    `SELECT * FROM feeds WHERE (source_url = $1 OR url = $1) AND removed_at IS NULL
     ORDER BY guild_id NULLS FIRST, id LIMIT 1`,
    [url],
  );
  return row ? toFeed(row) : null;
}

/** Adds a source, due at once; one that the guild had removed comes back with its history. */
export async function addFeed(
  db: Queryable,
  source: FeedSource,
  guildId: string | null,
  now: Date,
): Promise<Feed> {
  const [row] = await db.query<FeedRow>(
    `INSERT INTO feeds (source_url, url, name, outlet, language, kind, topics, trust, full_text, enabled, note,
                        guild_id, next_check_at, created_at)
     SELECT url, url, name, outlet, language, kind, topics, trust, "fullText", enabled, note, $2, $3, $3
     FROM json_to_record($1) AS x(${SOURCE_COLUMNS})
     ON CONFLICT (source_url, guild_id) DO UPDATE SET
       name = excluded.name, outlet = excluded.outlet, language = excluded.language, kind = excluded.kind,
       topics = excluded.topics, trust = excluded.trust, full_text = excluded.full_text, enabled = excluded.enabled,
       note = excluded.note, removed_at = NULL, next_check_at = excluded.next_check_at,
       status = CASE WHEN feeds.status = 'gone' THEN 'new' ELSE feeds.status END
     RETURNING *`,
    [toCleanJson(source), guildId, now],
  );
  if (!row) throw new StoreError('database-refused', `the feed ${source.url} was not stored`);
  return toFeed(row);
}

/** Removes a source from the catalogue (`guildId` null) or from a guild's own; its articles stay. @returns false when unknown. */
export async function removeFeed(
  db: Queryable,
  url: string,
  guildId: string | null,
): Promise<boolean> {
  const rows = await db.query(
    `UPDATE feeds SET removed_at = now(), enabled = false
     WHERE (source_url = $1 OR url = $1) AND guild_id IS NOT DISTINCT FROM $2 AND removed_at IS NULL
     RETURNING id`,
    [url, guildId],
  );
  return rows.length > 0;
}

/** How many feeds that are checked are in each state of health; states without one are 0. */
export async function countFeedsByStatus(db: Queryable): Promise<Record<FeedStatus, number>> {
  const rows = await db.query<{ status: FeedStatus; count: number }>(
    `SELECT status, count(*)::int AS count FROM feeds WHERE enabled AND removed_at IS NULL GROUP BY status`,
  );
  const counts = { new: 0, fresh: 0, slow: 0, failing: 0, refused: 0, gone: 0 };
  for (const { status, count } of rows) counts[status] = count;
  return counts;
}

function toFeed(row: FeedRow): Feed {
  return {
    id: row.id,
    url: row.url,
    guildId: row.guild_id,
    name: row.name,
    outlet: row.outlet,
    language: row.language,
    kind: row.kind,
    topics: row.topics,
    trust: row.trust,
    fullText: row.full_text,
    enabled: row.enabled,
    note: row.note ?? undefined,
    status: row.status,
    etag: row.etag,
    lastModified: row.last_modified,
    nextCheckAt: row.next_check_at,
    lastFetchedAt: row.last_fetched_at,
    lastSuccessAt: row.last_success_at,
    failureCount: row.failure_count,
    failingSince: row.failing_since,
    lastStatus: row.last_status,
    lastError: row.last_error,
  };
}

/** Makes every feed that may be fetched due at once: one poll of the whole catalogue. */
export async function makeFeedsDue(db: Queryable, now: Date): Promise<void> {
  await db.query(
    `UPDATE feeds SET next_check_at = $1 WHERE enabled AND removed_at IS NULL AND status <> 'gone'`,
    [now],
  );
}
