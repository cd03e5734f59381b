import { loadModel } from '../models/load-model.ts';
import { assignStories } from '../pipeline/assign-stories.ts';
import { createSearch } from '../search/create-search.ts';
import type { Database, Queryable } from '../store/db.ts';
import { toEmbeddingBytes } from '../store/embedding-bytes.ts';
import {
  growthOf,
  longestPauseMs,
  peakMegabytes,
  QUIET_LOG,
  storeBenchFeed,
  timeMs,
  withBenchDatabase,
} from './bench-database.ts';
import { measureRecall } from './measure-recall.ts';

const SIZES = [1_000, 100_000, 1_000_000];
const BATCH = 64;
const ROUNDS = 3;
/** New articles are numbered beyond every stored one. */
const FIRST_NEW = 10_000_000;
/** Different vectors; articles take them in turn. */
const VECTORS = 2_000;
/** Reading every story of the window is measured up to this size: beyond, it takes minutes and gigabytes. */
const LARGEST_BASELINE = 100_000;

/**
 * `rasid bench stories`: milliseconds until an article has its story, at 1,000, 100,000 and 1,000,000 stored cyber articles, all within
 * the rule's window; a batch of 64, and one alone. Beside it what comparing with every story would read from the database, and how many of
 * the nearest articles the index finds, and how long at most everything else in the process waited: while the vectors are read after a
 * start (`fill`), cells are found (`cells`), and a batch gets its stories.
 */
export async function benchStories(o: {
  model: string;
  sizes?: number[] | undefined;
  log: (line: string) => void;
}): Promise<object> {
  const { heads } = loadModel(o.model);
  return withBenchDatabase(o.log, async (db) => {
    await prepareVectors(db, heads.embeddingDimensions);
    const log = QUIET_LOG;
    const queue = { wake: async () => undefined };
    const sizes: Record<string, object> = {};
    const costs: { size: number; cost: number }[] = [];
    let stored = 0;
    for (const size of o.sizes ?? SIZES) {
      await storeStories(db, stored, size - stored);
      stored = size;
      await db.query('ANALYZE');
      o.log(`${size} articles are stored`);
      // As after a start: everything is read into memory first.
      const { nearArticles, refresh } = createSearch({
        db,
        encoder: { encode: async () => [] },
        clock: () => new Date(),
      });
      const fill = await timeAndPause(refresh);
      const since = new Date(0);
      const anything = inventVector(1, heads.embeddingDimensions);
      const cells = await timeAndPause(() => nearArticles([anything], since, 1));
      const assign = () =>
        assignStories({ db, queue, rule: heads.story, nearArticles, log }, () => new Date());
      const batchMs = await best(db, BATCH, assign);
      const oneMs = await best(db, 1, assign);
      await storeNew(db, BATCH);
      const batch = await timeAndPause(assign);
      const baseline = size > LARGEST_BASELINE ? null : await timeMs(() => readEveryStory(db));
      costs.push({ size, cost: batchMs / BATCH });
      sizes[size] = {
        millisecondsPerArticle: Math.round((batchMs / BATCH) * 100) / 100,
        oneAloneMs: oneMs,
        fillMs: fill.ms,
        cellsMs: cells.ms,
        longestPauseMs: { fill: fill.pause, cells: cells.pause, batch: batch.pause },
        nearest: await measureRecall(size, heads.embeddingDimensions),
        everyStoryReadMs: baseline,
      };
    }
    return { sizes, growth: growthOf(costs), peakMegabytes: peakMegabytes() };
  });
}

/** The quickest of some rounds: a busy machine slows the others. */
async function best(db: Database, count: number, assign: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await storeNew(db, count);
    times.push(await timeMs(assign));
  }
  return Math.min(...times);
}

async function timeAndPause(work: () => Promise<unknown>): Promise<{ ms: number; pause: number }> {
  let ms = 0;
  const pause = await longestPauseMs(async () => {
    ms = await timeMs(work);
  });
  return { ms, pause };
}

async function storeNew(db: Database, count: number): Promise<void> {
  const [newest] = await db.query<{ id: number }>('SELECT max(id)::float8 AS id FROM articles');
  await storeArticles(db, FIRST_NEW + (newest?.id ?? 0), count, 'analysed');
}

async function prepareVectors(db: Database, dimensions: number): Promise<void> {
  await db.query(
    'CREATE TABLE bench_vectors (number serial PRIMARY KEY, embedding bytea NOT NULL)',
  );
  const vectors = Array.from({ length: VECTORS }, (_, seed) =>
    toEmbeddingBytes(inventVector(seed, dimensions)),
  );
  await db.query('INSERT INTO bench_vectors (embedding) SELECT unnest($1::bytea[])', [vectors]);
  await storeBenchFeed(db);
}

/** Of length 1, in a direction of its own. */
function inventVector(seed: number, dimensions: number): Float32Array {
  const vector = Float32Array.from(
    { length: dimensions },
    (_, i) => Math.sin((seed + 1) * (i + 1) * 12.9898) * Math.cos(seed * 78.233 + i),
  );
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

/** Each article with a story of its own. */
async function storeStories(db: Database, from: number, count: number): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('SET LOCAL statement_timeout = 0');
    await storeArticles(tx, from, count, 'clustered');
    await tx.query(
      `INSERT INTO stories (id, created_at, updated_at, last_published_at)
       SELECT id, now(), now(), published_at FROM articles WHERE story_id IS NULL AND state = 'clustered'`,
    );
    await tx.query(
      `UPDATE articles SET story_id = id WHERE story_id IS NULL AND state = 'clustered'`,
    );
    await tx.query(`SELECT setval('stories_id_seq', (SELECT max(id) FROM articles) + 1000)`);
  });
}

async function storeArticles(
  db: Queryable,
  from: number,
  count: number,
  state: 'analysed' | 'clustered',
): Promise<void> {
  await db.query(
    `INSERT INTO articles (canonical_url, feed_id, item_id, url, title, text, published_at, authors, categories, outlet, trust,
       content_hash, state, discovered_at, analysed_at, language, is_cyber, score, threshold, topics, severity, severity_reasons,
       entities, summary, summary_sentences, embedding)
     SELECT 'https://bench.example/' || n, f.id, n::text, 'https://bench.example/' || n, 'Incident ' || n || ' at firm ' || n * 7,
       'Text of incident ' || n, now() - make_interval(mins => (n % 100000)::int), '[]', '[]', 'Bench', 3, '\\x00', $3, now(), date_trunc('milliseconds', now() - make_interval(mins => CASE $3 WHEN 'clustered' THEN 2 + n / 100 ELSE 0 END::int)),
       CASE WHEN n % 3 = 0 THEN 'ar' ELSE 'en' END, true, 0.9, 0.5, '[]', 'low', '[]',
       '{"cves":[],"actors":[],"organisations":[],"products":[],"malware":[],"indicators":[]}', '', '[]', v.embedding
     FROM generate_series($1::bigint, $1::bigint + $2 - 1) AS n
     JOIN bench_vectors v ON v.number = n % ${VECTORS} + 1 CROSS JOIN feeds f`,
    [from, count, state],
  );
}

/** The baseline: what every story of the window takes to be read, before any is compared. */
async function readEveryStory(db: Database): Promise<void> {
  await db.query(
    'SELECT story_id, embedding, title, text, entities FROM articles WHERE story_id IS NOT NULL',
  );
}
