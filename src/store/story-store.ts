import { type Entities, NO_ENTITIES } from '../domain/entity.ts';
import { StoreError } from '../domain/errors.ts';
import type { Language } from '../domain/feed.ts';
import type { SeverityLevel } from '../domain/severity.ts';
import type { CandidateStory, Story, StoryArticle } from '../domain/story.ts';
import type { ScoredTopic } from '../domain/topic.ts';
import { assembleStory, type ReportedArticle } from './assemble-story.ts';
import type { Queryable } from './db.ts';
import { fromEmbeddingBytes } from './embedding-bytes.ts';
import { isRowId } from './row-id.ts';

/** Any number that nothing else in this database locks; "stories" in ASCII. */
const STORIES_LOCK = 0x73746f72;

/** One clusterer at a time, over all processes, until the transaction ends. Read the clock after this, not before. */
export async function lockStories(tx: Queryable): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [STORIES_LOCK]);
}

/**
 * Waits until no clusterer is about to commit, and keeps further ones waiting until the transaction ends. A composer calls this before
 * it reads the clock: otherwise a story that is stamped before, and committed after, the end of its window would be in no window at all.
 */
export async function awaitStories(tx: Queryable): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock_shared($1)', [STORIES_LOCK]);
}

interface CandidateRow {
  story_id: string;
  id: string;
  language: Language;
  title: string;
  opening: string;
  published_at: Date;
  embedding: Buffer;
  entities: Entities | null;
  topics: ScoredTopic[] | null;
}

/** The story of each of these articles that has one, by the article's id. */
export async function storyIdsOf(
  tx: Queryable,
  articleIds: string[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; story_id: string }>(
    'SELECT id, story_id FROM articles WHERE id = ANY ($1::bigint[]) AND story_id IS NOT NULL',
    [articleIds],
  );
  return new Map(rows.map((row) => [row.id, row.story_id]));
}

/** These stories, each with its newest `articlesPerStory` articles, newest first. */
export async function candidateStories(
  tx: Queryable,
  options: { storyIds: string[]; articlesPerStory: number },
): Promise<CandidateStory[]> {
  const rows = await tx.query<CandidateRow>(
    `SELECT near.story_id, a.* FROM (
       SELECT unnest($1::bigint[]) AS story_id
     ) near
     CROSS JOIN LATERAL (
       SELECT id, language, title, left(text, 1000) AS opening, published_at, embedding, entities, topics FROM articles
       WHERE articles.story_id = near.story_id AND embedding IS NOT NULL
       ORDER BY published_at DESC, id DESC LIMIT $2
     ) a
     ORDER BY near.story_id, a.published_at DESC, a.id DESC`,
    [options.storyIds, options.articlesPerStory],
  );
  const stories = new Map<string, StoryArticle[]>();
  for (const row of rows) {
    const articles = stories.get(row.story_id) ?? [];
    articles.push(toStoryArticle(row));
    stories.set(row.story_id, articles);
  }
  return [...stories].map(([id, articles]) => ({ id, articles }));
}

function toStoryArticle(row: CandidateRow): StoryArticle {
  return {
    id: row.id,
    language: row.language,
    title: row.title,
    opening: row.opening,
    publishedAt: row.published_at,
    embedding: fromEmbeddingBytes(row.embedding),
    entities: row.entities ?? NO_ENTITIES,
    topics: row.topics ?? [],
  };
}

/** Begins a story with this article. @returns the story's id. */
export async function createStory(tx: Queryable, articleId: string, now: Date): Promise<string> {
  const [row] = await tx.query<{ story_id: string }>(
    `WITH story AS (
       INSERT INTO stories (created_at, updated_at, last_published_at)
       SELECT $2, $2, published_at FROM articles WHERE id = $1
       RETURNING id
     )
     UPDATE articles SET story_id = story.id FROM story WHERE articles.id = $1 RETURNING story_id`,
    [articleId, now],
  );
  if (!row)
    throw new StoreError('not-found', `there is no article ${articleId} to begin a story with`);
  return row.story_id;
}

/** Adds an article to a story, which counts as updated now; for an article that it has already, nothing happens. */
export async function addToStory(
  tx: Queryable,
  storyId: string,
  articleId: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `WITH joined AS (
       UPDATE articles SET story_id = $1 WHERE id = $2 AND story_id IS DISTINCT FROM $1 RETURNING published_at
     )
     UPDATE stories SET updated_at = greatest(updated_at, $3),
       last_published_at = greatest(last_published_at, joined.published_at)
     FROM joined WHERE stories.id = $1`,
    [storyId, articleId, now],
  );
}

/** Stories updated in (since, until], the last updated first; only those with a cyber article that `guildId` may see. All of them: a page of them at a time is for `findStoriesById`. */
export async function storyIdsUpdatedBetween(
  db: Queryable,
  options: { guildId: Reader; since: Date; until: Date },
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM stories s WHERE updated_at > $2 AND updated_at <= $3 AND ${HAS_REPORT}
     ORDER BY updated_at DESC, id DESC`,
    [options.guildId, options.since, options.until],
  );
  return rows.map((row) => row.id);
}

/** Stories with news published at `since` or later, those with the newest report first. */
export async function latestStories(
  db: Queryable,
  options: { guildId: Reader; since: Date; limit: number; offset: number },
): Promise<Story[]> {
  return loadStories(
    db,
    `SELECT id, updated_at, row_number() OVER (ORDER BY last_published_at DESC, id DESC) AS position FROM stories s
     WHERE last_published_at >= $2 AND ${HAS_REPORT}
     ORDER BY last_published_at DESC, id DESC LIMIT $3 OFFSET $4`,
    [options.guildId, options.since, options.limit, options.offset],
  );
}

/** @returns null when there is no such story, or none of its articles is a cyber story that `guildId` may see. */
export async function findStory(
  db: Queryable,
  guildId: Reader,
  storyId: string,
): Promise<Story | null> {
  const [story] = await findStoriesById(db, guildId, [storyId]);
  return story ?? null;
}

/** Those of the stories that there are for `guildId`, in the order of the ids; a story that was joined to another is that one. */
export async function findStoriesById(
  db: Queryable,
  guildId: Reader,
  storyIds: string[],
): Promise<Story[]> {
  const ids = storyIds.filter(isRowId);
  if (ids.length === 0) return [];
  return loadStories(
    db,
    `SELECT s.id, s.updated_at, min(wanted.position) AS position
     FROM unnest($2::bigint[]) WITH ORDINALITY AS wanted(id, position)
     JOIN stories named ON named.id = wanted.id JOIN stories s ON s.id = coalesce(named.merged_into, named.id)
     GROUP BY s.id`,
    [guildId, ids],
  );
}

/** Who reads: a server sees the catalogue's sources and its own; null, which is nobody's server, the catalogue's alone. */
export type Reader = string | null;

/** Of article `r`, where `$1` is the reader. A source that somebody has removed since still tells what it told. */
export const IS_VISIBLE = `EXISTS (
  SELECT FROM article_sources seen JOIN feeds source ON source.id = seen.feed_id
  WHERE seen.article_id = r.id AND (source.guild_id IS NULL OR source.guild_id = $1)
)`;

const HAS_REPORT = `EXISTS (SELECT FROM articles r WHERE r.story_id = s.id AND r.is_cyber AND ${IS_VISIBLE})`;

interface ReportRow {
  story_id: string;
  updated_at: Date;
  id: string;
  title: string;
  url: string;
  outlet: string;
  language: Language;
  published_at: Date;
  summary: string;
  severity: SeverityLevel;
  severity_reasons: string[];
  score: number;
  topics: ScoredTopic[];
  entities: Entities;
}

/** Loads the stories that `page` selects (id, updated_at, position) with the reports that the reader `$1` may see, in one query, by `position`. */
async function loadStories(db: Queryable, page: string, parameters: unknown[]): Promise<Story[]> {
  const rows = await db.query<ReportRow>(
    `WITH page AS (${page})
     SELECT page.id AS story_id, page.updated_at, r.id, r.title, r.url, r.outlet, r.language, r.published_at, r.summary,
            r.severity, r.severity_reasons, r.score, r.topics, r.entities
     FROM page JOIN articles r ON r.story_id = page.id AND r.is_cyber AND ${IS_VISIBLE}
     ORDER BY page.position, r.published_at, r.id`,
    parameters,
  );
  const reported = new Map<string, { updatedAt: Date; articles: ReportedArticle[] }>();
  for (const row of rows) {
    const story = reported.get(row.story_id) ?? { updatedAt: row.updated_at, articles: [] };
    story.articles.push(toReportedArticle(row));
    reported.set(row.story_id, story);
  }
  return [...reported]
    .map(([id, { updatedAt, articles }]) => assembleStory({ id, updatedAt }, articles))
    .filter((story) => story !== null);
}

function toReportedArticle(row: ReportRow): ReportedArticle {
  return {
    report: {
      articleId: row.id,
      title: row.title,
      url: row.url,
      outlet: row.outlet,
      language: row.language,
      publishedAt: row.published_at,
      summary: row.summary,
      severity: { level: row.severity, reasons: row.severity_reasons },
      score: row.score,
    },
    topics: row.topics,
    entities: row.entities,
  };
}
