import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createEncoder } from '../models/encoder.ts';
import { openDatabase } from '../store/open-database.ts';
import { startBenchBot } from './bench-bot.ts';
import { growthOf, timeMs, withBenchFolder } from './bench-database.ts';
import { serveBenchFeeds } from './bench-poll.ts';

const SIZES = [20, 200, 1_000];
/** Starts on a database that is there already; the quickest counts. */
const ROUNDS = 3;

/** Feeds are due again at once, so that every start has its poll. */
const ALWAYS_DUE = {
  RASID_MIN_FEED_INTERVAL_SECONDS: '1',
  RASID_MAX_FEED_INTERVAL_SECONDS: '1',
};

interface Start {
  /** Milliseconds from the start of the process, each. */
  answersMs: number;
  firstFeedMs: number;
  firstPollMs: number;
  /** Null where nothing was new to read. */
  firstArticleReadMs: number | null;
}

/**
 * `rasid bench start`: milliseconds from the start of the process until the web server answers, until the first feed and the whole first
 * poll are fetched, and until the model has read its first batch, with 20, 200 and 1,000 feeds; into an empty folder (the database is made)
 * and on a database that is there. Beside them what the parts take alone: Node, the database, the model.
 */
export async function benchStart(o: {
  model: string;
  sizes?: number[] | undefined;
  log: (line: string) => void;
}): Promise<object> {
  const baseline = await measureParts(o.model, o.log);
  const sizes: Record<string, object> = {};
  const costs: { size: number; cost: number }[] = [];
  for (const size of o.sizes ?? SIZES) {
    const served = await serveBenchFeeds(size);
    try {
      const starts = await withBenchFolder((folder) => measureStarts(folder, served.urls));
      costs.push({ size, cost: starts.first.firstPollMs });
      sizes[size] = starts;
      o.log(`${size} feeds: ${JSON.stringify(starts)}`);
    } finally {
      served.close();
    }
  }
  return { cores: availableParallelism(), baseline, sizes, growth: growthOf(costs) };
}

async function measureStarts(folder: string, urls: string[]) {
  const first = await measureStart(folder, urls, true);
  const next: Start[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    next.push(await measureStart(folder, urls, false));
  }
  return { first, next: next.reduce((a, b) => (a.firstPollMs <= b.firstPollMs ? a : b)) };
}

async function measureStart(folder: string, urls: string[], isFirst: boolean): Promise<Start> {
  const bot = await startBenchBot({ folder, urls, settings: ALWAYS_DUE });
  try {
    const answersMs = await bot.untilAnswering();
    const fetched = (count: number) => async () =>
      (await bot.metric('rasid_fetches_total')) >= count;
    const firstFeedMs = await bot.until('the first feed', fetched(1));
    const firstPollMs = await bot.until('the first poll', fetched(urls.length));
    const hasRead = async () => (await bot.metric('rasid_articles_analysed_total')) > 0;
    const firstArticleReadMs = isFirst ? await bot.until('the first article', hasRead) : null;
    return { answersMs, firstFeedMs, firstPollMs, firstArticleReadMs };
  } finally {
    await bot.stop();
  }
}

async function measureParts(model: string, log: (line: string) => void): Promise<object> {
  const nodeMs = await timeMs(async () => {
    await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  });
  let nextDatabaseMs = 0;
  const firstDatabaseMs = await withBenchFolder(async (folder) => {
    const open = async () => {
      const db = await openDatabase({ databaseUrl: null, dataDir: folder, log });
      return () => db.close();
    };
    let close = async () => {};
    const first = await timeMs(async () => {
      close = await open();
    });
    await close();
    nextDatabaseMs = await timeMs(async () => {
      close = await open();
    });
    await close();
    return first;
  });
  const encoder = createEncoder({ model });
  const modelMs = await timeMs(() => encoder.encode([{ title: 'first', sentences: [] }]));
  await encoder.close();
  return { nodeMs, firstDatabaseMs, nextDatabaseMs, modelMs };
}
