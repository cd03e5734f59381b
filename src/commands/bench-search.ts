import { availableParallelism } from 'node:os';
import { NO_ENTITIES } from '../domain/entity.ts';
import { seededRandom } from '../domain/seeded-random.ts';
import { createEncoder } from '../models/encoder.ts';
import { createSearch, type Search } from '../search/create-search.ts';
import { articlesAnalysedAfter } from '../store/article-search.ts';
import { lockDiscoveredArticles, saveAnalyses, saveArticles } from '../store/article-store.ts';
import type { Database } from '../store/db.ts';
import { addFeed } from '../store/feed-store.ts';
import { createStory } from '../store/story-store.ts';
import { peakMegabytes, timeMs, withBenchDatabase } from './bench-database.ts';

const DIMENSIONS = 384;
const BATCH = 500;
const QUESTIONS = 40;
const WORDS_IN_ARTICLE = 150;
/** Words of the invented language; word n is 1/n as frequent as the first (Zipf), as in real ones. */
const VOCABULARY = 30_000;
const PAGE = 50;
const START = new Date('2026-01-01T00:00:00Z');

/**
 * `rasid bench search`: milliseconds to the ids of a first page, by words alone, by meaning alone (with the question's own encoding),
 * and by both, at 10,000 and 100,000 stored cyber articles; beside them the plain way, which reads every vector from the database.
 */
export async function benchSearch(o: {
  model: string;
  log: (line: string) => void;
}): Promise<object> {
  const encoder = createEncoder({ model: o.model });
  const random = seededRandom(1);
  const work = async (db: Database) => {
    await encoder.encode([{ title: 'warm', sentences: [] }]);
    const sizes: Record<string, object> = {};
    let stored = 0;
    for (const size of [10_000, 100_000]) {
      await storeArticles(db, size - stored, stored, random);
      stored = size;
      await db.query('ANALYZE');
      o.log(`${size} articles are stored`);
      const search = createSearch({ db, encoder, clock: () => new Date() });
      const fillMs = Math.round(await timeMs(() => search.refresh()));
      const questions = Array.from({ length: QUESTIONS }, () => inventWords(4, random).join(' '));
      sizes[size] = { fillMs, ...(await measureAll(db, search, questions)) };
    }
    const about = { cores: availableParallelism(), questions: QUESTIONS, sizes };
    return { ...about, peakMemoryMegabytes: peakMegabytes() };
  };
  return withBenchDatabase(o.log, work).finally(() => encoder.close());
}

async function measureAll(db: Database, search: Search, questions: string[]): Promise<object> {
  const ask = (by: 'words' | 'meaning' | 'both') => (text: string) =>
    search.findStoryIds({
      text,
      language: null,
      since: null,
      guildId: null,
      limit: PAGE,
      by,
    });
  const titles = (text: string) => search.findTitles(text.split(' ')[0] ?? '', null, 25);
  return {
    words: await measure(questions, ask('words')),
    meaning: await measure(questions, ask('meaning')),
    both: await measure(questions, ask('both')),
    completion: await measure(questions, titles),
    everyVectorRead: await measure(questions.slice(0, 3), () => scanStore(db)),
  };
}

/** The baseline: no index in memory, every vector comes from the database for each question. */
async function scanStore(db: Database): Promise<number> {
  const wanted = new Float32Array(DIMENSIONS).fill(1 / Math.sqrt(DIMENSIONS));
  let best = -1;
  let after = { analysedAt: new Date(0), id: '0' };
  for (;;) {
    const rows = await articlesAnalysedAfter(db, after, 2_000);
    for (const { embedding } of rows) {
      let sum = 0;
      for (const [i, value] of embedding.entries()) sum += value * (wanted[i] ?? 0);
      best = Math.max(best, sum);
    }
    const last = rows.at(-1);
    if (!last) return best;
    after = last;
  }
}

async function measure(questions: string[], ask: (text: string) => Promise<unknown>) {
  for (const question of questions.slice(0, 2)) await ask(question);
  const times: number[] = [];
  for (const question of questions) times.push(Math.round(await timeMs(() => ask(question))));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

async function storeArticles(
  db: Database,
  count: number,
  first: number,
  random: () => number,
): Promise<void> {
  const source = {
    url: `https://bench.example/${first}`,
    name: 'Bench',
    outlet: 'Bench',
    language: 'en' as const,
    kind: 'rss' as const,
    topics: [],
    trust: 3,
    fullText: false,
    enabled: false,
  };
  const feed = await addFeed(db, source, null, START);
  for (let done = 0; done < count; done += BATCH) {
    const at = new Date(START.getTime() + (first + done) * 60_000);
    const articles = Array.from({ length: BATCH }, (_, i) =>
      inventArticle(first + done + i, at, random),
    );
    await db.transaction(async (tx) => {
      await saveArticles(tx, feed.id, articles, at);
      const locked = await lockDiscoveredArticles(tx, BATCH);
      const rows = locked.map((article) => ({
        articleId: article.id,
        analysis: inventAnalysis(random),
        searchWords: { arabic: '', english: `${article.title} ${article.text}` },
      }));
      await saveAnalyses(tx, rows, at);
      for (const { articleId } of rows) await createStory(tx, articleId, at);
    });
  }
}

function inventArticle(number: number, at: Date, random: () => number) {
  const url = `https://bench.example/article/${number}`;
  return {
    itemId: url,
    canonicalUrl: url,
    url,
    title: inventWords(10, random).join(' '),
    text: inventWords(WORDS_IN_ARTICLE, random).join(' '),
    publishedAt: at,
    authors: [],
    categories: [],
    outlet: 'Bench',
  };
}

function inventAnalysis(random: () => number) {
  const embedding = Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5);
  const norm = Math.hypot(...embedding);
  return {
    language: 'en' as const,
    cyber: { isCyber: true, score: 0.9, threshold: 0.5 },
    topics: [],
    severity: { level: 'low' as const, reasons: [] },
    entities: NO_ENTITIES,
    summary: { text: '', sentences: [] },
    embedding: embedding.map((value) => value / norm),
  };
}

function inventWords(count: number, random: () => number): string[] {
  return Array.from({ length: count }, () => `w${Math.floor(VOCABULARY ** random())}`);
}
