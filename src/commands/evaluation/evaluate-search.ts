import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Analysis } from '../../domain/article.ts';
import { normaliseForMatching } from '../../language/normalise-arabic.ts';
import type { Encoder } from '../../models/encoder.ts';
import { analyseArticles } from '../../pipeline/analyse-article.ts';
import { createSearch, type Search, type SearchQuery } from '../../search/create-search.ts';
import {
  type AnalysedRow,
  lockDiscoveredArticles,
  saveAnalyses,
  saveArticles,
} from '../../store/article-store.ts';
import type { Database } from '../../store/db.ts';
import { addFeed } from '../../store/feed-store.ts';
import { withBenchDatabase } from '../bench-database.ts';
import type { LabelledData, LabelledRow } from './labelled-data.ts';
import { bootstrap, mean } from './measures.ts';

const QUESTIONS = fileURLToPath(
  new URL('../../../evaluation/search-questions.jsonl', import.meta.url),
);
/** evaluation/README.md, "Pool": the cyber rows of these, then events and pairs. */
const POOL_FILES = new Set([
  'ar_cyber',
  'ar_pages_recent',
  'en_cyber_casie',
  'en_cyber_ndh_2025_26',
  'en_feed_items_security_outlets',
]);
const BONUSES = [0.05, 0.1, 0.15, 0.2, 0.3, 0.5];
const DEPTH = 10;
const BATCH = 128;
const AT = new Date('2026-11-24T00:00:00Z');

const questionSchema = z.object({
  query: z.string(),
  language: z.enum(['ar', 'en']),
  relevant: z.record(z.string(), z.number()),
});

type Question = z.infer<typeof questionSchema>;
type Way = Pick<SearchQuery, 'by' | 'wordBonus'>;

/**
 * nDCG@10 (gains 2^relevance − 1) of search by words, by meaning, and by both, through the program's own search on a database of the
 * pool. What words are worth beside meaning is chosen on the questions of even place, from 0; the figures are of the others.
 * @returns null where the data has no answer to any of the questions
 */
export async function evaluateSearch(o: {
  encoder: Encoder;
  data: LabelledData;
  log: (line: string) => void;
}) {
  const pool = poolOf(o.data);
  const questions = readQuestions(new Set(pool.map(({ id }) => id)));
  if (questions.length === 0) return null;
  return withBenchDatabase(o.log, async (db) => {
    await storePool(db, o.encoder, pool, o.log);
    const search = createSearch({ db, encoder: o.encoder, clock: () => AT });
    const gains = (way: Way) =>
      Promise.all(questions.map((question) => ndcg(search, question, way)));
    const chosenOn = (values: number[]) => mean(values.filter((_, index) => index % 2 === 0));
    const curve = new Map<number, number[]>();
    for (const wordBonus of BONUSES) {
      curve.set(wordBonus, await gains({ by: 'both', wordBonus }));
    }
    const [[best, both] = [0, []]] = [...curve].sort((a, b) => chosenOn(b[1]) - chosenOn(a[1]));
    const figure = (values: number[]) => figuresOf(values, questions);
    return {
      articles: pool.length,
      wordBonus: best,
      chosenOn: [...curve].map(([wordBonus, values]) => ({
        wordBonus,
        ndcg10: rounded(chosenOn(values)),
      })),
      words: figure(await gains({ by: 'words' })),
      meaning: figure(await gains({ by: 'meaning' })),
      both: figure(both),
    };
  });
}

/** The questions that the pool answers, in their order. */
function readQuestions(pool: ReadonlySet<string>): Question[] {
  return readFileSync(QUESTIONS, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => questionSchema.parse(JSON.parse(line)))
    .filter(({ relevant }) => Object.keys(relevant).some((id) => pool.has(id)));
}

function poolOf(data: LabelledData): LabelledRow[] {
  const rows = [
    ...data.classified.filter((row) => POOL_FILES.has(row.file) && row.label === 'cyber'),
    ...data.stories,
    ...data.pairs.flatMap(({ en, ar }) => [en, ar]),
  ];
  return [...new Map(rows.toReversed().map((row) => [row.id, row])).values()];
}

/** Means over the questions that nothing was chosen on, with a 95% interval, and by language. */
function figuresOf(values: number[], questions: Question[]) {
  const reported = values.filter((_, index) => index % 2 === 1);
  const of = (language: 'ar' | 'en') =>
    rounded(
      mean(values.filter((_, index) => index % 2 === 1 && questions[index]?.language === language)),
    );
  return {
    ndcg10: rounded(mean(reported)),
    interval: bootstrap(reported, mean),
    ar: of('ar'),
    en: of('en'),
    questions: reported.length,
  };
}

async function ndcg(search: Search, question: Question, way: Way): Promise<number> {
  const found = await search.findArticles({
    text: question.query,
    language: null,
    since: null,
    guildId: null,
    limit: DEPTH,
    ...way,
  });
  const gain = (relevance: number) => 2 ** relevance - 1;
  const discounted = (relevances: number[]) =>
    relevances.reduce((sum, relevance, rank) => sum + gain(relevance) / Math.log2(rank + 2), 0);
  const ideal = Object.values(question.relevant)
    .sort((a, b) => b - a)
    .slice(0, DEPTH);
  // The title stands for the id here: see `storePool`.
  return (
    discounted(found.map(({ title }) => question.relevant[title] ?? 0)) / (discounted(ideal) || 1)
  );
}

/** Stores the pool as the pipeline would, all of it as cyber articles. The stored title is the row's id, so that answers can be told. */
async function storePool(
  db: Database,
  encoder: Encoder,
  pool: LabelledRow[],
  log: (line: string) => void,
): Promise<void> {
  const source = {
    url: 'https://pool.example/',
    name: 'Pool',
    outlet: 'Pool',
    language: 'en' as const,
    kind: 'rss' as const,
    topics: [],
    trust: 3,
    fullText: false,
    enabled: false,
  };
  const feed = await addFeed(db, source, null, AT);
  for (let start = 0; start < pool.length; start += BATCH) {
    const batch = pool.slice(start, start + BATCH);
    const analyses = await analyseArticles(encoder, batch);
    await db.transaction(async (tx) => {
      await saveArticles(tx, feed.id, batch.map(toArticle), AT);
      const locked = await lockDiscoveredArticles(tx, BATCH);
      const byId = new Map(batch.map((row, index) => [row.id, { row, analysis: analyses[index] }]));
      const rows = locked.flatMap((article) => {
        const { row, analysis } = byId.get(article.title) ?? {};
        return row && analysis ? [toAnalysed(article.id, row, analysis)] : [];
      });
      await saveAnalyses(tx, rows, AT);
    });
    log(`${Math.min(start + BATCH, pool.length)} of ${pool.length} articles are stored`);
  }
}

function toAnalysed(articleId: string, row: LabelledRow, analysis: Analysis): AnalysedRow {
  const words = normaliseForMatching(`${row.title}\n${row.text}`);
  const isArabic = analysis.language === 'ar';
  return {
    articleId,
    analysis: { ...analysis, cyber: { ...analysis.cyber, isCyber: true } },
    searchWords: { arabic: isArabic ? words : '', english: isArabic ? '' : words },
  };
}

function toArticle({ id, text }: LabelledRow) {
  const url = `https://pool.example/${encodeURIComponent(id)}`;
  return {
    itemId: id,
    canonicalUrl: url,
    url,
    title: id,
    text,
    publishedAt: AT,
    authors: [],
    categories: [],
    outlet: 'Pool',
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
