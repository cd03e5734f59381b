import type { Queryable } from './db.ts';

export interface RetentionLimits {
  now: Date;
  /** Days for which cyber articles and posted messages are kept whole; of stories nothing is left after twice as many. */
  days: number;
  /** Rows of each kind in one call: a short transaction, whatever has piled up. */
  batch: number;
}

/** An article that is no cyber story is of use while its publisher may still correct it. */
const OTHER_NEWS_DAYS = 14;

/** A sighting is written once a week; a feed that was read in full this long after it no longer holds the article. */
const GONE_AFTER = "interval '8 days'";

/**
 * Gives up articles that have waited for the model as long as other news is kept: with the freshest read first, their turn does not come.
 * They count as done, with the time at which they were given up. @returns their ids.
 */
export async function expireUnread(db: Queryable, limits: RetentionLimits): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `UPDATE articles SET state = 'clustered', expired_at = $1
     WHERE id = ANY (ARRAY(
       SELECT id FROM articles WHERE state = 'discovered' AND coalesce(edited_at, discovered_at) < $2
       ORDER BY coalesce(edited_at, discovered_at) LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
     )) RETURNING id`,
    [limits.now, daysBefore(limits.now, Math.min(OTHER_NEWS_DAYS, limits.days)), limits.batch],
  );
  return rows.map(({ id }) => id);
}

/**
 * Drops text, vector and search words of old articles. The row stays, so that an article which its feed still shows is known and
 * not read again. @returns how many articles.
 */
export async function trimArticles(db: Queryable, limits: RetentionLimits): Promise<number> {
  const trim = (condition: string, days: number) =>
    countOf(
      db,
      `UPDATE articles SET text = '', authors = '[]', categories = '[]', summary_sentences = '[]', embedding = NULL, search = NULL,
         trimmed_at = $1
       WHERE id = ANY (ARRAY(
         SELECT id FROM articles WHERE ${condition} AND trimmed_at IS NULL AND discovered_at < $2
         ORDER BY discovered_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
       )) RETURNING id`,
      [limits.now, daysBefore(limits.now, days), limits.batch],
    );
  const other = await trim(
    `state = 'clustered' AND is_cyber IS NOT TRUE`,
    Math.min(OTHER_NEWS_DAYS, limits.days),
  );
  return other + (await trim(`is_cyber AND state = 'clustered'`, limits.days));
}

/**
 * Deletes rows of trimmed articles that no feed shows any more, the stories that are left without articles, and old messages with their
 * digests. A story that somebody has voted on stays, with its articles;
 * so does an article of which a person said where it belongs. @returns how many rows.
 */
export async function deleteOldRows(db: Queryable, limits: RetentionLimits): Promise<number> {
  const articles = await deleteArticles(db, limits);
  const stories = await countOf(
    db,
    `DELETE FROM stories WHERE id = ANY (ARRAY(
       SELECT id FROM stories s WHERE last_published_at < $1 AND updated_at < $1
         AND NOT EXISTS (SELECT FROM articles a WHERE a.story_id = s.id)
         AND NOT EXISTS (SELECT FROM votes v WHERE v.story_id = s.id)
       ORDER BY last_published_at LIMIT $2 FOR UPDATE SKIP LOCKED
     )) RETURNING id`,
    [daysBefore(limits.now, 2 * limits.days), limits.batch],
  );
  return articles + stories + (await deleteDigests(db, limits));
}

async function deleteArticles(db: Queryable, limits: RetentionLimits): Promise<number> {
  return countOf(
    db,
    `DELETE FROM articles WHERE id = ANY (ARRAY(
       SELECT a.id FROM articles a WHERE trimmed_at IS NOT NULL
         AND last_seen_at < CASE WHEN is_cyber THEN $1::timestamptz ELSE $2::timestamptz END AND last_seen_at < $2
         AND NOT EXISTS (
           SELECT FROM article_sources s JOIN feeds f ON f.id = s.feed_id
           WHERE s.article_id = a.id AND (f.last_read_at IS NULL OR f.last_read_at < a.last_seen_at + ${GONE_AFTER})
         )
         AND NOT EXISTS (SELECT FROM votes v WHERE v.story_id = a.story_id)
         AND NOT EXISTS (SELECT FROM story_corrections c WHERE c.article_id = a.id)
         AND NOT EXISTS (SELECT FROM story_corrections c WHERE c.other_id = a.id)
       ORDER BY last_seen_at LIMIT $3 FOR UPDATE SKIP LOCKED
     )) RETURNING id`,
    [daysBefore(limits.now, 2 * limits.days), daysBefore(limits.now, limits.days), limits.batch],
  );
}

/** Messages go with their digest; one that is told further in a thread stays as long as that. */
async function deleteDigests(db: Queryable, limits: RetentionLimits): Promise<number> {
  return countOf(
    db,
    `DELETE FROM digests WHERE id = ANY (ARRAY(
       SELECT id FROM digests d WHERE state = 'sent' AND sent_at < $1
         AND NOT EXISTS (
           SELECT FROM outbox o JOIN outbox reply ON reply.parent_id = o.id
           WHERE o.digest_id = d.id AND (reply.finished_at IS NULL OR reply.finished_at >= $1)
         )
       ORDER BY sent_at LIMIT $2 FOR UPDATE SKIP LOCKED
     )) RETURNING id`,
    [daysBefore(limits.now, limits.days), limits.batch],
  );
}

/** The newest time that `noteBelieved` was given; null at the first start. */
export async function lastBelieved(db: Queryable): Promise<Date | null> {
  const [row] = await db.query<{ believed_at: Date }>('SELECT believed_at FROM retention_clock');
  return row?.believed_at ?? null;
}

export async function noteBelieved(db: Queryable, now: Date): Promise<void> {
  await db.query(
    `INSERT INTO retention_clock (believed_at) VALUES ($1)
     ON CONFLICT (only_row) DO UPDATE SET believed_at = excluded.believed_at`,
    [now],
  );
}

async function countOf(db: Queryable, sql: string, parameters: unknown[]): Promise<number> {
  return (await db.query(sql, parameters)).length;
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
