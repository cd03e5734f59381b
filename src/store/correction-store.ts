import type { Queryable } from './db.ts';

/** What a person said of two articles. */
type Verdict = 'together' | 'apart';

/** One story of another's articles is compared with so many of its own: the newest, as the clusterer does. */
const ARTICLES_PER_STORY = 20;

/** A story by its number, one that was joined to another being that one, or by one of its articles; null where there is none. */
export async function findCorrectable(
  tx: Queryable,
  name: { storyId: string } | { canonicalUrl: string } | { articleId: string },
): Promise<{ storyId: string; articleId: string | null } | null> {
  if ('storyId' in name) {
    const [row] = await tx.query<{ id: string }>(
      'SELECT coalesce(merged_into, id) AS id FROM stories WHERE id = $1',
      [name.storyId],
    );
    return row ? { storyId: row.id, articleId: null } : null;
  }
  const [condition, value] =
    'articleId' in name
      ? ['id = $1', name.articleId]
      : ['md5(canonical_url) = md5($1)', name.canonicalUrl];
  const [row] = await tx.query<{ id: string; story_id: string }>(
    `SELECT id, story_id FROM articles WHERE ${condition} AND story_id IS NOT NULL`,
    [value],
  );
  return row ? { storyId: row.story_id, articleId: row.id } : null;
}

/** The articles of a story, the newest first. */
export async function articlesOfStory(db: Queryable, storyId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'SELECT id FROM articles WHERE story_id = $1 ORDER BY published_at DESC, id DESC',
    [storyId],
  );
  return rows.map((row) => row.id);
}

/** Pairs of stories of which a person said that they are two, each way, among these. */
export async function storiesKeptApart(
  tx: Queryable,
  storyIds: string[],
): Promise<{ storyId: string; otherId: string }[]> {
  const rows = await tx.query<{ story_id: string; other_id: string }>(
    `SELECT DISTINCT a.story_id, b.story_id AS other_id
     FROM story_corrections c JOIN articles a ON a.id = c.article_id JOIN articles b ON b.id = c.other_id
     WHERE c.verdict = 'apart' AND a.story_id = ANY ($1::bigint[]) AND b.story_id = ANY ($1::bigint[]) AND a.story_id <> b.story_id`,
    [storyIds],
  );
  return rows.flatMap(({ story_id: storyId, other_id: otherId }) => [
    { storyId, otherId },
    { storyId: otherId, otherId: storyId },
  ]);
}

/** How many other articles a person joined to those of this story, and from how many the story is kept apart. */
export async function countCorrections(
  db: Queryable,
  storyId: string,
): Promise<{ together: number; apart: number }> {
  const [row] = await db.query<{ together: number; apart: number }>(
    `SELECT count(DISTINCT c.other) FILTER (WHERE c.verdict = 'together')::int AS together,
            count(DISTINCT c.other) FILTER (WHERE c.verdict = 'apart')::int AS apart
     FROM articles a JOIN LATERAL (
       SELECT other_id AS other, verdict FROM story_corrections WHERE article_id = a.id
       UNION ALL SELECT article_id, verdict FROM story_corrections WHERE other_id = a.id
     ) c ON true WHERE a.story_id = $1`,
    [storyId],
  );
  return row ?? { together: 0, apart: 0 };
}

/** Whether a person said of an article of the one side and one of the other that they tell one story. */
export async function areKeptTogether(
  tx: Queryable,
  [one, other]: [string[], string[]],
): Promise<boolean> {
  const rows = await tx.query(
    `SELECT FROM story_corrections WHERE verdict = 'together'
       AND ((article_id = ANY ($1::bigint[]) AND other_id = ANY ($2::bigint[])) OR (article_id = ANY ($2::bigint[]) AND other_id = ANY ($1::bigint[])))
     LIMIT 1`,
    [one, other],
  );
  return rows.length > 0;
}

/** The last word on two articles counts. */
async function saveVerdicts(
  tx: Queryable,
  pairs: { articleIds: string[]; otherIds: string[]; verdict: Verdict },
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO story_corrections (article_id, other_id, verdict, made_at)
     SELECT a, b, $3, $4 FROM unnest($1::bigint[]) AS a CROSS JOIN unnest($2::bigint[]) AS b
     ON CONFLICT (least(article_id, other_id), greatest(article_id, other_id))
     DO UPDATE SET verdict = excluded.verdict, made_at = excluded.made_at`,
    [pairs.articleIds, pairs.otherIds, pairs.verdict, now],
  );
}

/**
 * Joins the story `otherId` to `storyId`: its articles, votes and links. Where only the other was posted, its message shows the joined
 * story from now on; where both were, the message of `storyId` does and the other entry stays as it was. Neither is posted again.
 * The caller holds `lockStories`. @param keep the story that stays
 */
export async function mergeStories(
  tx: Queryable,
  merge: { storyId: string; otherId: string },
  now: Date,
): Promise<void> {
  const { storyId, otherId } = merge;
  const [articleIds, otherIds] = [
    await articlesOfStory(tx, storyId),
    await articlesOfStory(tx, otherId),
  ];
  const pairs = {
    articleIds: articleIds.slice(0, ARTICLES_PER_STORY),
    otherIds: otherIds.slice(0, ARTICLES_PER_STORY),
  };
  await saveVerdicts(tx, { ...pairs, verdict: 'together' }, now);
  const ids = [storyId, otherId];
  await tx.query('UPDATE articles SET story_id = $1 WHERE story_id = $2', ids);
  await tx.query('UPDATE stories SET merged_into = $1 WHERE id = $2 OR merged_into = $2', ids);
  await tx.query(
    `UPDATE stories s SET updated_at = greatest(s.updated_at, $3), last_published_at = greatest(s.last_published_at, o.last_published_at)
     FROM stories o WHERE s.id = $1 AND o.id = $2`,
    [storyId, otherId, now],
  );
  await tx.query(
    `UPDATE votes v SET story_id = $1 WHERE story_id = $2
       AND NOT EXISTS (SELECT FROM votes w WHERE w.story_id = $1 AND w.guild_id = v.guild_id AND w.user_id = v.user_id)`,
    ids,
  );
  await tx.query(
    `WITH moved AS (
       UPDATE posted_stories p SET story_id = $1 WHERE story_id = $2
         AND NOT EXISTS (SELECT FROM posted_stories q WHERE q.story_id = $1 AND q.subscription_id = p.subscription_id)
       RETURNING outbox_id
     )
     UPDATE outbox o SET digest = jsonb_set(o.digest, '{stories}', (
       SELECT jsonb_agg(CASE WHEN shown ->> 'storyId' = $2::text THEN jsonb_set(shown, '{storyId}', to_jsonb($1::text)) ELSE shown END
                        ORDER BY position)
       FROM jsonb_array_elements(o.digest -> 'stories') WITH ORDINALITY AS entries(shown, position)
     )) FROM moved WHERE o.id = moved.outbox_id`,
    ids,
  );
}

/**
 * Takes articles out of a story, as a person says: together they are a new one, and both stay two (`moveToNewStory`). The caller holds
 * `lockStories`.
 * @returns the new story's id
 */
export async function splitStory(
  tx: Queryable,
  split: { storyId: string; articleIds: string[] },
  now: Date,
): Promise<string> {
  const { storyId, articleIds } = split;
  const moved = new Set(articleIds);
  const left = (await articlesOfStory(tx, storyId)).filter((id) => !moved.has(id));
  const pairs = { articleIds, otherIds: left.slice(0, ARTICLES_PER_STORY) };
  await saveVerdicts(tx, { ...pairs, verdict: 'apart' }, now);
  return moveToNewStory(tx, split, now);
}

/**
 * Takes articles out of a story; together they are a new one. A subscription that was posted the story with any of them counts as having
 * been told the new one; one whose entry took them up later, or not at all, will get it like any other, and the entry loses them. In a
 * thread under an entry each report was posted, so there whatever was shown counts. The caller holds `lockStories`.
 * @returns the new story's id
 */
export async function moveToNewStory(
  tx: Queryable,
  move: { storyId: string; articleIds: string[] },
  now: Date,
): Promise<string> {
  const { storyId, articleIds } = move;
  const [story] = await tx.query<{ id: string }>(
    `INSERT INTO stories (created_at, updated_at, last_published_at)
     SELECT $2, $2, max(published_at) FROM articles WHERE id = ANY ($1::bigint[]) RETURNING id`,
    [articleIds, now],
  );
  const newId = story?.id ?? '';
  await tx.query('UPDATE articles SET story_id = $1 WHERE id = ANY ($2::bigint[])', [
    newId,
    articleIds,
  ]);
  await tx.query(
    `UPDATE stories SET updated_at = greatest(updated_at, $2),
       last_published_at = coalesce((SELECT max(published_at) FROM articles WHERE story_id = $1), last_published_at)
     WHERE id = $1`,
    [storyId, now],
  );
  // An article is in a story only after it was analysed: whoever was shown the story later than that may have read of it there.
  await tx.query(
    `INSERT INTO posted_stories (subscription_id, story_id, posted_at)
     SELECT p.subscription_id, $2, p.posted_at FROM posted_stories p JOIN subscriptions s ON s.id = p.subscription_id
     WHERE p.story_id = $1 AND EXISTS (
       SELECT FROM articles a WHERE a.id = ANY ($3::bigint[])
         AND a.analysed_at <= CASE WHEN s.follow THEN coalesce(p.shown_updated_at, $4) ELSE p.posted_at END
     )`,
    [storyId, newId, articleIds, now],
  );
  return newId;
}
