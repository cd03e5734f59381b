import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { Database } from '../store/db.ts';
import { openDatabase } from '../store/open-database.ts';

/** Some turns of the histogram's timer. */
const PAUSE_MARGIN_MS = 20;

/** Runs `work` on an empty folder that is removed afterwards. */
export async function withBenchFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-bench-'));
  // Started as root, the database runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs `work` on an empty embedded database that is removed afterwards. */
export function withBenchDatabase<T>(
  log: (line: string) => void,
  work: (db: Database, folder: string) => Promise<T>,
  options: { poolSize?: number } = {},
): Promise<T> {
  return withBenchFolder(async (folder) => {
    const db = await openDatabase({ databaseUrl: null, dataDir: folder, log, ...options });
    try {
      return await work(db, folder);
    } finally {
      await db.close();
    }
  });
}

/** Milliseconds that `work` takes, with two decimals. */
export async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return Math.round((performance.now() - started) * 100) / 100;
}

/** The longest time in milliseconds that `work` kept everything else in this process waiting. */
export async function longestPauseMs(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await setTimeout(PAUSE_MARGIN_MS);
  await work();
  // The histogram learns of the last pause when its timer is late.
  await setTimeout(PAUSE_MARGIN_MS);
  delay.disable();
  return Math.round(delay.max / 1e6);
}

/** Highest resident memory of this process so far, in MiB. */
export function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1_024);
}

/** By which power of the size the cost grows, between the first and the last: 0 is flat, 1 is in proportion. */
export function growthOf(costs: { size: number; cost: number }[]): number {
  const [first, last] = [costs[0], costs.at(-1)];
  if (!first || !last || first.size === last.size) return 0;
  const power = Math.log(last.cost / first.cost) / Math.log(last.size / first.size);
  return Math.round(power * 100) / 100;
}

/** Things a second, with one decimal. */
export function perSecond(count: number, ms: number): number {
  return Math.round((count / ms) * 10_000) / 10;
}

const quiet = () => undefined;
/** For steps whose log nobody reads. */
export const QUIET_LOG = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** The one feed that a bench's articles come from. */
export async function storeBenchFeed(db: Database): Promise<void> {
  await db.query(
    `INSERT INTO feeds (source_url, url, name, outlet, language, kind, trust, full_text, enabled, next_check_at, created_at)
     VALUES ('https://bench.example', 'https://bench.example', 'Bench', 'Bench', 'en', 'rss', 3, false, false, now(), now())`,
  );
}
