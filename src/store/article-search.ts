import type { Article } from '../domain/article.ts';
import { ARTICLE_COLUMNS, type ArticleRow, toArticle } from './article-row.ts';
import type { Queryable } from './db.ts';
import { fromEmbeddingBytes } from './embedding-bytes.ts';
import { toSearchText } from './search-text.ts';

export interface ArticleQuery {
  /** Normalised words of the question for the Arabic and the English dictionary; either may be empty. */
  words: { arabic: string; english: string };
  /** The question's vector, L2-normalised; null searches by words alone. */
  embedding: Float32Array | null;
  language: 'ar' | 'en' | null;
  since: Date | null;
  limit: number;
  /** Share of meaning against words, 0 to 1. */
  meaningWeight?: number;
}

/** Constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009). */
const FUSION_K = 60;

/** How deep either list goes; what both put below this would not reach a reader. */
const LIST_LENGTH = 200;

/** Vectors read at once: 3 MB of them, so that a search over years of articles needs no more memory than one over a week. */
const VECTORS_PER_READ = 2_000;

/**
 * Finds cyber articles by words (any of them, the more the better: ts_rank) and by meaning (cosine of the vectors, which are alike
 * across languages), fused by reciprocal rank. `rank` is the fused score: higher is better, comparable within one answer only.
 */
export async function searchArticles(
  db: Queryable,
  query: ArticleQuery,
): Promise<(Article & { rank: number })[]> {
  const byWords = await rankByWords(db, query);
  const byMeaning = query.embedding ? await rankByMeaning(db, query, query.embedding) : [];
  const weight = query.embedding ? (query.meaningWeight ?? 0.5) : 0;
  const scores = new Map<string, number>();
  const add = (ids: string[], share: number) => {
    for (const [index, id] of ids.entries()) {
      scores.set(id, (scores.get(id) ?? 0) + share / (FUSION_K + index + 1));
    }
  };
  add(byWords, 1 - weight);
  add(byMeaning, weight);
  const best = [...scores].sort((a, b) => b[1] - a[1] || Number(b[0]) - Number(a[0]));
  return loadArticles(db, best.slice(0, query.limit));
}

/** Ids of articles that hold any of the words, best first. */
async function rankByWords(db: Queryable, query: ArticleQuery): Promise<string[]> {
  const arabic = toSearchText(query.words.arabic);
  const english = toSearchText(query.words.english);
  if (!arabic && !english) return [];
  const rows = await db.query<{ id: string }>(
    `WITH asked AS (
       SELECT replace((plainto_tsquery('arabic', $1) || plainto_tsquery('english', $2))::text, '&', '|')::tsquery AS words
     )
     SELECT id FROM articles, asked
     WHERE is_cyber AND search @@ words AND ($3::text IS NULL OR language = $3)
       AND ($4::timestamptz IS NULL OR published_at >= $4)
     ORDER BY ts_rank(search, words, 1) DESC, published_at DESC, id DESC LIMIT $5`,
    [arabic, english, query.language, query.since, LIST_LENGTH],
  );
  return rows.map((row) => row.id);
}

/** Ids of the articles nearest in meaning, nearest first. Every vector in question is compared; there is no index to be wrong. */
async function rankByMeaning(
  db: Queryable,
  query: ArticleQuery,
  wanted: Float32Array,
): Promise<string[]> {
  let nearest: { id: string; cosine: number }[] = [];
  let after = '0';
  for (;;) {
    const rows = await db.query<{ id: string; embedding: Buffer }>(
      `SELECT id, embedding FROM articles
       WHERE is_cyber AND id > $1 AND ($2::text IS NULL OR language = $2)
         AND ($3::timestamptz IS NULL OR published_at >= $3)
       ORDER BY id LIMIT $4`,
      [after, query.language, query.since, VECTORS_PER_READ],
    );
    const found = rows.map((row) => ({
      id: row.id,
      cosine: dotProduct(fromEmbeddingBytes(row.embedding), wanted),
    }));
    nearest = [...nearest, ...found].sort((a, b) => b.cosine - a.cosine).slice(0, LIST_LENGTH);
    const last = rows.at(-1);
    if (!last || rows.length < VECTORS_PER_READ) break;
    after = last.id;
  }
  return nearest.filter((item) => item.cosine > 0).map((item) => item.id);
}

/** The cosine of L2-normalised vectors; 0 where another model made one of them and the lengths differ. */
function dotProduct(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return 0;
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

async function loadArticles(
  db: Queryable,
  ranked: [id: string, rank: number][],
): Promise<(Article & { rank: number })[]> {
  if (ranked.length === 0) return [];
  const rows = await db.query<ArticleRow>(
    `SELECT ${ARTICLE_COLUMNS} FROM articles a JOIN feeds f ON f.id = a.feed_id WHERE a.id = ANY ($1::bigint[])`,
    [ranked.map(([id]) => id)],
  );
  const articles = new Map(rows.map((row) => [row.id, toArticle(row)]));
  return ranked.flatMap(([id, rank]) => {
    const article = articles.get(id);
    return article ? [{ ...article, rank }] : [];
  });
}
