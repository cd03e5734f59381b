import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type BenchBot, startBenchBot } from './bench-bot.ts';
import { growthOf, withBenchFolder } from './bench-database.ts';
import { serveBenchFeeds } from './bench-poll.ts';
import { databaseUse, residentMegabytes } from './bench-processes.ts';

const SIZES = [20, 1_000];
/** A process that has nothing to do is at rest after this. */
const SETTLE_MS = 5_000;
/** How long the model reads before its peak is taken: thousands of articles. */
const READING_MS = 60_000;
const BASELINE = fileURLToPath(new URL('./bench-memory-baseline.js', import.meta.url));

/** Resident MiB. `database` is all processes of the embedded Postgres, what they share counted once. */
interface Memory {
  atRest: number;
  afterPoll: number;
  peak: number;
  database: number;
}

/**
 * `rasid bench memory`: resident memory of a poller, which has no model, and of a whole bot: at rest with no feed yet, after the model is
 * loaded, after the first poll of 20 and 1,000 feeds, and at its highest while the model reads them. Beside it Node with nothing, and the bare runtime
 * with the same graph. From `/proc`: Linux only.
 */
export async function benchMemory(o: {
  model: string;
  minutes?: number | undefined;
  sizes?: number[] | undefined;
  log: (line: string) => void;
}): Promise<object> {
  const baseline = {
    node: await measureBaseline('node', o.model),
    bareRuntime: await measureBaseline('runtime', o.model),
  };
  const readingMs = o.minutes === undefined ? READING_MS : o.minutes * 60_000;
  const sizes: Record<string, object> = {};
  const costs: { size: number; cost: number }[] = [];
  for (const size of o.sizes ?? SIZES) {
    const withoutModel = await measureBot({ size, role: 'poller', readingMs: 0, model: o.model });
    const withModel = await measureBot({ size, role: 'all', readingMs, model: o.model });
    costs.push({ size, cost: withoutModel.peak });
    sizes[size] = { withoutModel, withModel };
    o.log(`${size} feeds: ${JSON.stringify(sizes[size])}`);
  }
  return { cores: availableParallelism(), baseline, sizes, growth: growthOf(costs) };
}

async function measureBot(o: {
  size: number;
  role: 'poller' | 'all';
  readingMs: number;
  model: string;
}): Promise<Memory> {
  const served = await serveBenchFeeds(o.size);
  try {
    return await withBenchFolder(async (folder) => {
      const settings = { RASID_ROLE: o.role, RASID_MODEL: o.model };
      const atRest = await withBot({ folder, urls: [], settings }, async (bot) => {
        await sleep(SETTLE_MS);
        return (await residentMegabytes(bot.pid)).now;
      });
      return withBot({ folder, urls: served.urls, settings }, async (bot) => {
        const isPolled = async () => (await bot.metric('rasid_fetches_total')) >= o.size;
        await bot.until('the first poll', isPolled);
        const afterPoll = (await residentMegabytes(bot.pid)).now;
        await sleep(o.readingMs);
        const { peak } = await residentMegabytes(bot.pid);
        const database = (await databaseUse(join(folder, 'data'))).megabytes;
        return { atRest, afterPoll, peak, database };
      });
    });
  } finally {
    served.close();
  }
}

async function withBot<T>(
  o: Parameters<typeof startBenchBot>[0],
  work: (bot: BenchBot) => Promise<T>,
): Promise<T> {
  const bot = await startBenchBot(o);
  try {
    await bot.untilAnswering();
    return await work(bot);
  } finally {
    await bot.stop();
  }
}

async function measureBaseline(kind: 'node' | 'runtime', model: string): Promise<unknown> {
  const child = fork(BASELINE, [kind, model], { execArgv: [] });
  await once(child, 'message');
  const memory = await residentMegabytes(child.pid ?? 0);
  child.kill();
  return memory;
}
