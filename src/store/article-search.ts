import type { Article } from '../domain/article.ts';
import type { Language } from '../domain/feed.ts';
import { ARTICLE_COLUMNS, type ArticleRow, toArticle } from './article-row.ts';
import type { Queryable } from './db.ts';
import { fromEmbeddingBytes } from './embedding-bytes.ts';
import { toSearchText } from './search-text.ts';
import { IS_VISIBLE, type Reader } from './story-store.ts';

export interface WordQuery {
  /** Normalised words of the question for the Arabic and the English dictionary; either may be empty. */
  words: { arabic: string; english: string };
  language: 'ar' | 'en' | null;
  since: Date | null;
  limit: number;
}

/**
 * Of the articles that hold any of the words, the newest so many are ranked: a word that every second article holds tells little
 * about which of them is meant, and ranking them all would take seconds.
 */
const MOST_RANKED = 5_000;

/**
 * Cyber articles that hold any of the words, with the share of the question that they hold (0 to 1), best first. A word counts the
 * more, the fewer of the articles hold it (as in Robertson and Spärck Jones, 1976): a name says more than three words that every
 * report has. How often a word stands in an article only decides between equals.
 */
export async function rankByWords(
  db: Queryable,
  query: WordQuery,
): Promise<{ id: string; share: number }[]> {
  const arabic = toSearchText(query.words.arabic);
  const english = toSearchText(query.words.english);
  if (!arabic && !english) return [];
  return db.query<{ id: string; share: number }>(
    `WITH asked AS MATERIALIZED (
       SELECT word, quote_literal(word)::tsquery AS question
       FROM unnest(tsvector_to_array(to_tsvector('arabic', $1) || to_tsvector('english', $2))) AS word
     ), found AS MATERIALIZED (
       SELECT id, search, published_at FROM articles
       WHERE is_cyber AND search @@ (SELECT string_agg(question::text, ' | ')::tsquery FROM asked)
         AND ($3::text IS NULL OR language = $3) AND ($4::timestamptz IS NULL OR published_at >= $4)
       ORDER BY published_at DESC, id DESC LIMIT ${MOST_RANKED}
     ), matches AS MATERIALIZED (
       SELECT id, word, published_at, ts_rank(search, question, 1) AS frequency
       FROM found JOIN asked ON search @@ question
     ), weights AS MATERIALIZED (
       SELECT word, ln(1 + (SELECT count(*) FROM found)::float8 / (1 + count(matches.id))) AS weight
       FROM asked LEFT JOIN matches USING (word) GROUP BY word
     )
     SELECT id, sum(weight) / (SELECT sum(weight) FROM weights) AS share FROM matches JOIN weights USING (word)
     GROUP BY id, published_at ORDER BY share DESC, sum(frequency) DESC, published_at DESC, id DESC LIMIT $5`,
    [arabic, english, query.language, query.since, query.limit],
  );
}

/** An article as the search index in memory keeps it. */
export interface IndexedArticle {
  id: string;
  analysedAt: Date;
  /** The same with the microseconds that a Date drops: a reader that goes on from the Date would be given the row again. */
  analysedExactly: string;
  isCyber: boolean;
  language: Language;
  publishedAt: Date;
  title: string;
  /** L2-normalised. */
  embedding: Float32Array;
}

/**
 * Articles analysed after that one, in the order of their analysis: what an index that has read so far must read next. Give the last
 * row of one answer as `after` of the next; a moment of one's own needs no `analysedExactly`.
 */
export async function articlesAnalysedAfter(
  db: Queryable,
  after: { analysedAt: Date; id: string; analysedExactly?: string },
  limit: number,
): Promise<IndexedArticle[]> {
  const rows = await db.query<{
    id: string;
    analysed_at: Date;
    analysed_exactly: string;
    is_cyber: boolean;
    language: Language;
    published_at: Date;
    title: string;
    embedding: Buffer;
  }>(
    `SELECT id, analysed_at, analysed_at::text AS analysed_exactly, is_cyber, language, published_at, title, embedding FROM articles
     WHERE embedding IS NOT NULL AND (analysed_at, id) > ($1::timestamptz, $2)
     ORDER BY analysed_at, id LIMIT $3`,
    [after.analysedExactly ?? after.analysedAt, after.id, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    analysedAt: row.analysed_at,
    analysedExactly: row.analysed_exactly,
    isCyber: row.is_cyber,
    language: row.language,
    publishedAt: row.published_at,
    title: row.title,
    embedding: fromEmbeddingBytes(row.embedding),
  }));
}

/** Cyber articles whose vectors were dropped at that time or later: what an index that has read them must forget. */
export async function articlesTrimmedSince(db: Queryable, since: Date): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'SELECT id FROM articles WHERE is_cyber AND trimmed_at IS NOT NULL AND trimmed_at >= $1',
    [since],
  );
  return rows.map(({ id }) => id);
}

/** Those of the cyber articles that there are for `guildId`, with their stories. */
export async function storiesOfArticles(
  db: Queryable,
  guildId: Reader,
  articleIds: string[],
): Promise<{ articleId: string; storyId: string | null; title: string; publishedAt: Date }[]> {
  const rows = await db.query<{
    id: string;
    story_id: string | null;
    title: string;
    published_at: Date;
  }>(
    `SELECT id, story_id, title, published_at FROM articles r
     WHERE id = ANY ($2::bigint[]) AND is_cyber AND ${IS_VISIBLE}`,
    [guildId, articleIds],
  );
  return rows.map((row) => ({
    articleId: row.id,
    storyId: row.story_id,
    title: row.title,
    publishedAt: row.published_at,
  }));
}

/** Those of the articles that are stored, in the order of the ids. */
export async function findArticles(db: Queryable, articleIds: string[]): Promise<Article[]> {
  const rows = await db.query<ArticleRow>(
    `SELECT ${ARTICLE_COLUMNS} FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted(id, position)
     JOIN articles a USING (id) JOIN feeds f ON f.id = a.feed_id ORDER BY wanted.position`,
    [articleIds],
  );
  return rows.map(toArticle);
}
