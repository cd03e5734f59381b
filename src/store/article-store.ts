import { createHash } from 'node:crypto';
import type { Analysis, Article, ArticleState, DiscoveredArticle } from '../domain/article.ts';
import { type Entities, NO_ENTITIES } from '../domain/entity.ts';
import type { Language } from '../domain/feed.ts';
import type { StoryArticle } from '../domain/story.ts';
import type { ScoredTopic } from '../domain/topic.ts';
import { ARTICLE_COLUMNS, type ArticleRow, toArticle } from './article-row.ts';
import { cleanText, toCleanJson } from './clean-text.ts';
import type { Queryable } from './db.ts';
import { fromEmbeddingBytes, toEmbeddingBytes } from './embedding-bytes.ts';
import { OWNED_BY, ownedAddress } from './owned-address.ts';
import { toSearchText } from './search-text.ts';

export interface AnalysedRow {
  articleId: string;
  analysis: Analysis;
  /** Normalised words of title and text for the Arabic and the English dictionary; either may be empty. */
  searchWords: { arabic: string; english: string };
}

/** Articles that were not stored before, and those that have changed; `written` are both. */
export interface SavedArticles {
  inserted: number;
  updated: number;
  written: { id: string; url: string }[];
}

/**
 * Stores what a feed holds, in one statement: one row for one canonical address from however many feeds. An article whose title or
 * text has changed is written again and goes back to `discovered`; unchanged ones are only read.
 *
 * Feeds that carry the same article in different words must not undo each other at each poll, so a change counts when it comes from
 * the feed whose version is stored, or when another feed brings at least twice as much text; that feed's version is then kept.
 *
 * What a server's own source says is for that server alone, also of an address that others carry: it is a row of its own (see
 * `owned-address`), unless a source of the catalogue has told the address already; then that version stands for all.
 */
export async function saveArticles(
  tx: Queryable,
  feedId: string,
  articles: DiscoveredArticle[],
  now: Date,
): Promise<SavedArticles> {
  const none = { inserted: 0, updated: 0, written: [] };
  if (articles.length === 0) return none;
  const [counts] = await tx.query<SavedArticles>(SAVE_ARTICLES, [
    toCleanJson(articles.map(toIncoming)),
    feedId,
    now,
  ]);
  return counts ?? none;
}

// Rows are written in the order of their key, so that two feeds with the same articles cannot wait for each other in a circle.
// What is known is left out before ON CONFLICT, because that locks, and so writes, even the rows that its condition leaves alone.
// LATERAL … LIMIT 1 is a look into the index for each item; for a plain join the planner reads the whole of a table that it knows little of.
// That a feed still shows an article is noted once a week, not at each poll: retention asks for it. What retention has trimmed stays so.
const SAVE_ARTICLES = `
WITH owner AS MATERIALIZED (
  SELECT guild_id FROM feeds WHERE id = $2
), incoming AS MATERIALIZED (
  SELECT DISTINCT ON (key) *, decode(hash, 'hex') AS content_hash
  FROM (
    SELECT x.*, md5(address) AS key, address
    FROM owner CROSS JOIN json_to_recordset($1) AS x(position int, "itemId" text, "canonicalUrl" text, url text, title text, text text,
      "publishedAt" timestamptz, authors jsonb, categories jsonb, outlet text, hash text)
    CROSS JOIN LATERAL (
      SELECT CASE WHEN guild_id IS NULL OR EXISTS (
        SELECT FROM articles WHERE md5(canonical_url) = md5(x."canonicalUrl")
      ) THEN x."canonicalUrl" ELSE x."canonicalUrl" || ${OWNED_BY} || guild_id END AS address
    ) stored
  ) keyed
  ORDER BY key, position
), known AS MATERIALIZED (
  SELECT incoming.key, a.id, a.last_seen_at, a.trimmed_at IS NULL AND a.content_hash <> incoming.content_hash
    AND (a.feed_id = $2 OR (owner.guild_id IS NULL AND incoming.text <> '' AND length(incoming.text) >= 2 * length(a.text)))
    AS is_changed
  FROM owner CROSS JOIN incoming CROSS JOIN LATERAL (
    SELECT * FROM articles WHERE md5(canonical_url) = incoming.key LIMIT 1
  ) a
), saved AS (
  INSERT INTO articles AS a (canonical_url, feed_id, item_id, url, title, text, published_at, authors, categories, outlet,
                             trust, content_hash, discovered_at, last_seen_at)
  SELECT i.address, $2, i."itemId", i.url, i.title, i.text, i."publishedAt", i.authors, i.categories, i.outlet,
         (SELECT trust FROM feeds WHERE id = $2), i.content_hash, $3, $3
  FROM incoming i LEFT JOIN known USING (key)
  WHERE known.is_changed IS NOT FALSE
  ORDER BY i.key
  ON CONFLICT (md5(canonical_url)) DO UPDATE SET
    feed_id = excluded.feed_id, item_id = excluded.item_id, url = excluded.url, title = excluded.title,
    text = excluded.text, authors = excluded.authors, categories = excluded.categories, outlet = excluded.outlet,
    trust = excluded.trust, content_hash = excluded.content_hash, state = 'discovered', edited_at = $3,
    analysis_error = NULL, expired_at = NULL, last_seen_at = $3
  WHERE a.trimmed_at IS NULL AND a.content_hash <> excluded.content_hash
    AND (a.feed_id = $2 OR ((SELECT guild_id FROM owner) IS NULL AND excluded.text <> ''
                            AND length(excluded.text) >= 2 * length(a.text)))
  RETURNING a.id, a.url, a.item_id, (a.edited_at IS NULL) AS is_new
), sighted AS (
  UPDATE articles SET last_seen_at = $3 WHERE id IN (
    SELECT a.id FROM articles a JOIN known USING (id)
    WHERE known.is_changed IS NOT TRUE AND known.last_seen_at < $3::timestamptz - interval '7 days'
    FOR NO KEY UPDATE OF a SKIP LOCKED
  )
), linked AS (
  INSERT INTO article_sources (article_id, feed_id, item_id, first_seen_at)
  SELECT id, $2, item_id, $3 FROM (
    SELECT id, item_id FROM saved
    UNION
    SELECT known.id, incoming."itemId" FROM known JOIN incoming USING (key) WHERE known.id NOT IN (SELECT id FROM saved)
  ) seen
  WHERE NOT EXISTS (SELECT FROM article_sources s WHERE s.article_id = seen.id AND s.feed_id = $2)
  ORDER BY id
  ON CONFLICT DO NOTHING
)
SELECT count(*) FILTER (WHERE is_new)::int AS inserted, count(*) FILTER (WHERE NOT is_new)::int AS updated,
  coalesce(json_agg(json_build_object('id', id::text, 'url', url) ORDER BY id), '[]') AS written FROM saved`;

function toIncoming(article: DiscoveredArticle, position: number) {
  const hash = createHash('sha256').update(article.title).update('\n').update(article.text);
  return { ...article, position, hash: hash.digest('hex') };
}

/**
 * Takes articles to analyse: the freshest day first, then the most trusted feed. They stay locked until the transaction ends, and no
 * other process is given them. (NO KEY UPDATE: feeds may go on linking themselves to a locked article.)
 */
export async function lockDiscoveredArticles(tx: Queryable, limit: number): Promise<Article[]> {
  const rows = await tx.query<ArticleRow>(
    `SELECT ${ARTICLE_COLUMNS} FROM articles a JOIN feeds f ON f.id = a.feed_id
     WHERE a.state = 'discovered'
     ORDER BY (a.published_at AT TIME ZONE 'UTC')::date DESC, a.trust DESC, a.published_at DESC, a.id DESC
     LIMIT $1 FOR NO KEY UPDATE OF a SKIP LOCKED`,
    [limit],
  );
  return rows.map(toArticle);
}

/** Stores what the model says about articles, in one statement; they become `analysed`. */
export async function saveAnalyses(tx: Queryable, rows: AnalysedRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  const embeddings = rows.map((row) => toEmbeddingBytes(row.analysis.embedding));
  await tx.query(
    `UPDATE articles SET
       state = 'analysed', analysed_at = $3, analysis_error = NULL, language = x.language, is_cyber = x."isCyber",
       score = x.score, threshold = x.threshold, topics = x.topics, severity = x.severity,
       severity_reasons = x."severityReasons", entities = x.entities, summary = x.summary,
       summary_sentences = x."summarySentences", embedding = vectors.embedding,
       search = to_tsvector('arabic', x.arabic) || to_tsvector('english', x.english)
     FROM json_to_recordset($1) AS x(position int, id bigint, language text, "isCyber" boolean, score float8,
            threshold float8, topics jsonb, severity text, "severityReasons" jsonb, entities jsonb, summary text,
            "summarySentences" jsonb, arabic text, english text)
     JOIN unnest($2::bytea[]) WITH ORDINALITY AS vectors(embedding, position) USING (position)
     WHERE articles.id = x.id`,
    [toCleanJson(rows.map(toAnalysisColumns)), embeddings, now],
  );
}

function toAnalysisColumns({ articleId, analysis, searchWords }: AnalysedRow, index: number) {
  return {
    // Postgres counts from 1.
    position: index + 1,
    id: articleId,
    language: analysis.language,
    isCyber: analysis.cyber.isCyber,
    score: analysis.cyber.score,
    threshold: analysis.cyber.threshold,
    topics: analysis.topics,
    severity: analysis.severity.level,
    severityReasons: analysis.severity.reasons,
    entities: analysis.entities,
    summary: analysis.summary.text,
    summarySentences: analysis.summary.sentences,
    arabic: toSearchText(searchWords.arabic),
    english: toSearchText(searchWords.english),
  };
}

/** An article that the model cannot read is done with (`clustered`, never cyber), with the reason, until it is edited. */
export async function setAsideArticle(
  tx: Queryable,
  articleId: string,
  reason: string,
): Promise<void> {
  await tx.query(
    `UPDATE articles SET state = 'clustered', analysis_error = $2 WHERE id = $1 AND state = 'discovered'`,
    [articleId, cleanText(reason)],
  );
}

interface AnalysedArticleRow {
  id: string;
  language: Language;
  title: string;
  opening: string;
  published_at: Date;
  embedding: Buffer;
  entities: Entities | null;
  topics: ScoredTopic[] | null;
  is_cyber: boolean;
  story_id: string | null;
}

/** Takes articles to cluster, the oldest published first, under the same kind of lock. `storyId` is set for one that was edited. */
export async function lockAnalysedArticles(
  tx: Queryable,
  limit: number,
): Promise<(StoryArticle & { isCyber: boolean; storyId: string | null })[]> {
  const rows = await tx.query<AnalysedArticleRow>(
    `SELECT id, language, title, left(text, 1000) AS opening, published_at, embedding, entities, topics, is_cyber, story_id
     FROM articles WHERE state = 'analysed'
     ORDER BY published_at, id LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`,
    [limit],
  );
  return rows.map((row) => ({
    id: row.id,
    language: row.language,
    title: row.title,
    opening: row.opening,
    publishedAt: row.published_at,
    embedding: fromEmbeddingBytes(row.embedding),
    entities: row.entities ?? NO_ENTITIES,
    topics: row.topics ?? [],
    isCyber: row.is_cyber,
    storyId: row.story_id,
  }));
}

/** Ends the way of these articles: they have joined a story, or need none. */
export async function markClustered(tx: Queryable, articleIds: string[]): Promise<void> {
  if (articleIds.length === 0) return;
  await tx.query(
    `UPDATE articles SET state = 'clustered' WHERE id = ANY ($1::bigint[]) AND state = 'analysed'`,
    [articleIds],
  );
}

/** How many articles are in each state. */
export async function countArticles(db: Queryable): Promise<Record<ArticleState, number>> {
  const rows = await db.query<{ state: ArticleState; count: number }>(
    'SELECT state, count(*)::int AS count FROM articles GROUP BY state',
  );
  const counts = { discovered: 0, analysed: 0, clustered: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** The catalogue's, or with `guildId` that of a server's own source. */
export async function findArticleByUrl(
  db: Queryable,
  canonicalUrl: string,
  guildId: string | null = null,
): Promise<Article | null> {
  const [row] = await db.query<ArticleRow>(
    `SELECT ${ARTICLE_COLUMNS} FROM articles a JOIN feeds f ON f.id = a.feed_id
     WHERE md5(a.canonical_url) = md5($1) AND a.canonical_url = $1`,
    [guildId === null ? canonicalUrl : ownedAddress(canonicalUrl, guildId)],
  );
  return row ? toArticle(row) : null;
}

/** Title and text of those addresses that are stored, by canonical address. */
export async function knownArticleTexts(
  db: Queryable,
  canonicalUrls: string[],
): Promise<Map<string, { title: string; text: string }>> {
  if (canonicalUrls.length === 0) return new Map();
  const rows = await db.query<{ canonical_url: string; title: string; text: string }>(
    `SELECT canonical_url, title, text FROM articles
     WHERE md5(canonical_url) IN (SELECT md5(url) FROM unnest($1::text[]) AS wanted(url))`,
    [canonicalUrls],
  );
  return new Map(rows.map(({ canonical_url, title, text }) => [canonical_url, { title, text }]));
}
