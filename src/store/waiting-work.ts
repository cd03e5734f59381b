import type { Queryable } from './db.ts';

/** The steps of the pipeline whose rows wait in the database. */
export type WaitingStep = 'poll' | 'analyse' | 'cluster' | 'compose' | 'deliver';

export interface WaitingWork {
  /** How many rows wait for the step. */
  count: number;
  /** Since when the one that has waited longest could have been taken; null when none waits. */
  oldest: Date | null;
}

/**
 * Each part reads a partial index, which is as large as the work that waits. A backlog is counted up to so many; beyond, its number is
 * what Postgres last estimated (at its own VACUUM or ANALYZE), because a count would read all of it for each scrape.
 */
const COUNTED = 10_000;

const waitingArticles = (state: string, index: string) => `(
  SELECT CASE WHEN counted < ${COUNTED} THEN counted ELSE greatest(counted, estimated) END::int FROM
    (SELECT count(*) AS counted FROM (SELECT FROM articles WHERE state = '${state}' LIMIT ${COUNTED}) first_ones) c,
    (SELECT reltuples AS estimated FROM pg_class WHERE oid = '${index}'::regclass) e
)`;

const WAITING = `
SELECT 'poll' AS step, count(*)::int AS count, min(next_check_at) AS oldest
FROM feeds WHERE enabled AND removed_at IS NULL AND status <> 'gone' AND next_check_at <= $1
UNION ALL
SELECT 'analyse', ${waitingArticles('discovered', 'articles_discovered_age')},
  (SELECT min(coalesce(edited_at, discovered_at)) FROM articles WHERE state = 'discovered')
UNION ALL
SELECT 'cluster', ${waitingArticles('analysed', 'articles_analysed_age')},
  (SELECT min(analysed_at) FROM articles WHERE state = 'analysed')
UNION ALL
SELECT 'compose', count(*)::int, min(next_due_at) FROM subscriptions WHERE NOT paused AND next_due_at <= $1
UNION ALL
SELECT 'deliver', count(*)::int, min(created_at) FROM outbox WHERE state = 'pending'`;

const NONE: WaitingWork = { count: 0, oldest: null };

/** What waits for each step: due feeds, articles to read, articles to put into stories, due subscriptions, messages to post. */
export async function readWaitingWork(
  db: Queryable,
  now: Date,
): Promise<Record<WaitingStep, WaitingWork>> {
  const rows = await db.query<{ step: WaitingStep } & WaitingWork>(WAITING, [now]);
  const work = { poll: NONE, analyse: NONE, cluster: NONE, compose: NONE, deliver: NONE };
  for (const { step, count, oldest } of rows) work[step] = { count, oldest };
  return work;
}

/** How large the database is, in bytes, and how many articles and stories are stored, as Postgres estimates it without reading them. */
export async function readStoredSize(
  db: Queryable,
): Promise<{ bytes: number; articles: number; stories: number }> {
  const [size] = await db.query<{ bytes: number; articles: number; stories: number }>(
    `SELECT pg_database_size(current_database())::float8 AS bytes,
       coalesce((SELECT n_live_tup FROM pg_stat_user_tables WHERE relid = 'articles'::regclass), 0)::float8 AS articles,
       coalesce((SELECT n_live_tup FROM pg_stat_user_tables WHERE relid = 'stories'::regclass), 0)::float8 AS stories`,
  );
  return size ?? { bytes: 0, articles: 0, stories: 0 };
}
