import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { lockDiscoveredArticles } from '../store/article-store.ts';
import type { Database } from '../store/db.ts';
import { readWaitingWork } from '../store/waiting-work.ts';
import {
  growthOf,
  perSecond,
  storeBenchFeed,
  timeMs,
  withBenchDatabase,
} from './bench-database.ts';
import { inventArticles } from './invent-articles.ts';

const ANALYST = fileURLToPath(new URL('./bench-queue-analyst.js', import.meta.url));
const SIZES = [1, 2, 4, 8, 16];
/** A model of 50 texts a second: one core's worth. It sleeps, so that as many run side by side as are wanted. */
const MILLISECONDS_PER_TEXT = 20;
/** Ten batches for each analyst: the first and the last count little. */
const ARTICLES_PER_ANALYST = 320;
const BACKLOGS = [1_000, 10_000, 100_000];
const ROUNDS = 5;
const BATCH = 32;

/**
 * `rasid bench queue`: articles per second through 1, 2, 4, 8 and 16 analysts, each a process, on one Postgres, with a model that takes
 * 20 ms for a text and no processor; beside it the same model without a database. That no article was read twice is counted in the
 * database, by a trigger, and by the models. And what a batch's lock, and a scrape of the metrics, cost with 1,000 to 100,000 articles waiting.
 */
export async function benchQueue(o: {
  model: string;
  sizes?: number[] | undefined;
  log: (line: string) => void;
}): Promise<object> {
  return withBenchDatabase(o.log, async (db, folder) => {
    await prepare(db);
    const perSecondAlone = await measureAlone(folder, o.model);
    const sizes: Record<string, object> = {};
    let one: number | null = null;
    for (const size of o.sizes ?? SIZES) {
      const run = await measureAnalysts(db, folder, size, o.model);
      one ??= run.articlesPerSecond / size;
      const timesOne = Math.round((run.articlesPerSecond / one) * 100) / 100;
      sizes[size] = { ...run, timesOne };
      o.log(`${size} analysts: ${JSON.stringify(sizes[size])}`);
    }
    const about = { cores: availableParallelism(), millisecondsPerText: MILLISECONDS_PER_TEXT };
    const baseline = { oneModelWithoutDatabasePerSecond: perSecondAlone };
    return { ...about, baseline, sizes, ...(await measureBacklogs(db)) };
  });
}

async function measureAlone(folder: string, model: string): Promise<number> {
  const analyst = await startAnalyst(folder, model);
  const articles = inventArticles(ARTICLES_PER_ANALYST, 16);
  const ms = await timeMs(() => work(analyst, articles));
  await end([analyst]);
  return perSecond(articles.length, ms);
}

async function measureAnalysts(db: Database, folder: string, size: number, model: string) {
  await db.query('DELETE FROM articles');
  await db.query('DELETE FROM bench_read');
  const articles = size * ARTICLES_PER_ANALYST;
  await storeDiscovered(db, 0, articles);
  await db.query('ANALYZE');
  const analysts = await Promise.all(
    Array.from({ length: size }, () => startAnalyst(folder, model)),
  );
  let givenToModels = 0;
  const ms = await timeMs(async () => {
    const read = await Promise.all(analysts.map((analyst) => work(analyst, null)));
    givenToModels = read.reduce((sum, count) => sum + count, 0);
  });
  await end(analysts);
  const [counted] = await db.query<{ analysed: number; twice: number; waiting: number }>(
    `SELECT (SELECT count(DISTINCT article_id) FROM bench_read)::int AS analysed,
       (SELECT count(*) - count(DISTINCT article_id) FROM bench_read)::int AS twice,
       (SELECT count(*) FROM articles WHERE state = 'discovered')::int AS waiting`,
  );
  return { articles, articlesPerSecond: perSecond(articles, ms), givenToModels, ...counted };
}

async function startAnalyst(folder: string, model: string): Promise<ChildProcess> {
  const child = fork(ANALYST, [folder, model, String(MILLISECONDS_PER_TEXT)], { execArgv: [] });
  await once(child, 'message');
  return child;
}

async function work(analyst: ChildProcess, articles: unknown): Promise<number> {
  analyst.send({ articles });
  const [{ read }] = (await once(analyst, 'message')) as [{ read: number }];
  return read;
}

async function end(analysts: ChildProcess[]): Promise<void> {
  const exits = analysts.map((analyst) => once(analyst, 'exit'));
  for (const analyst of analysts) analyst.send({});
  await Promise.all(exits);
}

/** The whole backlog is new each time, so that the table is as it is when articles pour in faster than they are read. */
async function measureBacklogs(db: Database): Promise<object> {
  const backlogs: Record<string, object> = {};
  const locks: { size: number; cost: number }[] = [];
  const scrapes: { size: number; cost: number }[] = [];
  let stored = 0;
  await db.query('DELETE FROM articles');
  for (const size of BACKLOGS) {
    await storeDiscovered(db, stored, size - stored);
    stored = size;
    await db.query('VACUUM ANALYZE articles');
    const lockMs = await best(() => db.transaction((tx) => lockDiscoveredArticles(tx, BATCH)));
    const scrapeMs = await best(() => readWaitingWork(db, new Date()));
    locks.push({ size, cost: lockMs });
    scrapes.push({ size, cost: scrapeMs });
    backlogs[size] = { lockMs, scrapeMs };
  }
  return { backlogs, lockGrowth: growthOf(locks), scrapeGrowth: growthOf(scrapes) };
}

async function best(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timeMs(work));
  return Math.min(...times);
}

/** `bench_read` has a row for each time that an article became read. */
async function prepare(db: Database): Promise<void> {
  await storeBenchFeed(db);
  await db.query(
    `CREATE TABLE bench_read (article_id bigint NOT NULL);
     CREATE FUNCTION note_read() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN INSERT INTO bench_read VALUES (new.id); RETURN NULL; END';
     CREATE TRIGGER note_read AFTER UPDATE OF state ON articles FOR EACH ROW WHEN (new.state = 'analysed')
       EXECUTE FUNCTION note_read()`,
  );
}

async function storeDiscovered(db: Database, first: number, count: number): Promise<void> {
  await db.query(
    `INSERT INTO articles (canonical_url, feed_id, item_id, url, title, text, published_at, authors, categories, outlet, trust,
       content_hash, discovered_at)
     SELECT 'https://bench.example/' || n, f.id, n::text, 'https://bench.example/' || n, 'Incident ' || n || ' at a firm',
       repeat('A sentence of some words. ', 40), now() - make_interval(mins => (n % 10000)::int), '[]', '[]', 'Bench', (1 + n % 5)::smallint, '\\x00', now()
     FROM generate_series($1::bigint, $1::bigint + $2 - 1) AS n CROSS JOIN feeds f`,
    [first, count],
  );
}
