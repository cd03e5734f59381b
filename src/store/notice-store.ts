import type { Queryable } from './db.ts';

/** A source is reported when none of its feeds could be read for this long. */
const FAILED_FOR_MS = 24 * 3_600_000;

/** An outlet counts as one that a channel lives on when it has told this many of its posted stories in so many days. */
const TOLD_STORIES = 3;
const TOLD_WITHIN_MS = 30 * 24 * 3_600_000;

export interface FailedSource {
  outlet: string;
  /** When the first of its feeds began to fail. */
  since: Date;
}

/**
 * Outlets that this subscription depends on, that have failed for a day, and that its channel has not been told of: those in its
 * filter, the server's own sources, and those that told several of its stories lately. Notes them as told. One that can be
 * read again is forgotten, so that its next failure is told too.
 */
export async function takeFailedSources(
  tx: Queryable,
  subscription: { id: string; guildId: string; sources: string[] },
  now: Date,
): Promise<FailedSource[]> {
  await tx.query(
    `DELETE FROM source_notices n WHERE subscription_id = $1 AND EXISTS (
       SELECT FROM feeds f WHERE f.outlet = n.outlet AND f.failing_since IS NULL AND ${IS_READ}
     )`,
    [subscription.id, subscription.guildId],
  );
  const rows = await tx.query<FailedSource>(
    `WITH failed AS (
       SELECT outlet, min(failing_since) AS since, bool_or(guild_id IS NOT NULL) AS own FROM feeds f WHERE ${IS_READ}
       GROUP BY outlet HAVING count(*) = count(failing_since) AND max(failing_since) <= $3
     ), needed AS (
       SELECT outlet, since FROM failed WHERE own OR outlet = ANY ($4::text[]) OR (
         SELECT count(DISTINCT p.story_id) FROM posted_stories p JOIN articles a ON a.story_id = p.story_id
         WHERE p.subscription_id = $1 AND p.posted_at > $5 AND a.outlet = failed.outlet
       ) >= ${TOLD_STORIES}
     ), told AS (
       INSERT INTO source_notices (subscription_id, outlet, told_at) SELECT $1, outlet, $6 FROM needed
       ON CONFLICT DO NOTHING RETURNING outlet
     )
     SELECT needed.outlet, needed.since FROM needed JOIN told USING (outlet) ORDER BY needed.since, needed.outlet`,
    [
      subscription.id,
      subscription.guildId,
      new Date(now.getTime() - FAILED_FOR_MS),
      subscription.sources,
      new Date(now.getTime() - TOLD_WITHIN_MS),
      now,
    ],
  );
  return rows;
}

/** Of feed `f`, where `$2` is the guild: one that is to be read for it. */
const IS_READ = 'f.enabled AND f.removed_at IS NULL AND (f.guild_id IS NULL OR f.guild_id = $2)';
