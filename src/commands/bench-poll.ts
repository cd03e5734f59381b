import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FeedSource } from '../domain/feed.ts';
import { createHttpClient } from '../net/http-client.ts';
import { pollDueFeeds } from '../pipeline/poll-feeds.ts';
import type { Database } from '../store/db.ts';
import { makeFeedsDue, syncCatalogue } from '../store/feed-store.ts';
import { growthOf, peakMegabytes, withBenchDatabase } from './bench-database.ts';
import { databaseUse } from './bench-processes.ts';

export const HOSTS = 249;
const SIZES = [1_000, 10_000];
const SERVER = fileURLToPath(new URL('./bench-feed-server.js', import.meta.url));
const BASELINE = fileURLToPath(new URL('./bench-poll-baseline.js', import.meta.url));

export interface Served {
  urls: string[];
  items: number;
}

/** Local feeds on loopback addresses, served by a process of its own. */
export async function serveBenchFeeds(count: number): Promise<Served & { close(): void }> {
  const server = fork(SERVER, [String(count), String(HOSTS)], { execArgv: [] });
  const [served] = (await once(server, 'message')) as [Served];
  return { ...served, close: () => void server.kill() };
}

/**
 * `rasid bench poll`: polls 1,000 and 10,000 local feeds twice into an empty embedded database: cold (fetch, parse, store everything),
 * then all "not modified". Feeds per second, processor seconds of this process and of the database's, and peak memory. Beside it the
 * same feeds by Node's own `fetch` and rss-parser, with nothing stored, in a process of its own.
 */
export async function benchPoll(o: {
  sizes?: number[] | undefined;
  log: (line: string) => void;
}): Promise<object> {
  const sizes: Record<string, object> = {};
  const costs: { size: number; cost: number }[] = [];
  for (const size of o.sizes ?? SIZES) {
    const served = await serveBenchFeeds(size);
    try {
      const baseline = await pollPlainly(served.urls);
      const polled = await withBenchDatabase(o.log, (db, folder) =>
        pollTwice(db, folder, served, o.log),
      );
      costs.push({ size, cost: polled.cold.seconds / size });
      sizes[size] = { items: served.items, ...polled, baseline };
      o.log(`${size} feeds: ${JSON.stringify(sizes[size])}`);
    } finally {
      served.close();
    }
  }
  return { hosts: HOSTS, sizes, growth: growthOf(costs) };
}

async function pollTwice(
  db: Database,
  folder: string,
  served: Served,
  log: (line: string) => void,
) {
  const http = createHttpClient({
    userAgent: 'Rasid bench',
    allowPrivateNetworks: true,
    maxPerHost: 2,
    hostDelayMs: 0,
  });
  const clock = () => new Date();
  const say = (fields: object) => log(JSON.stringify(fields));
  const quiet = () => undefined;
  const deps = {
    db,
    http,
    queue: { wake: async () => undefined },
    bounds: { minSeconds: 300, maxSeconds: 86_400 },
    log: { debug: quiet, info: quiet, warn: say, error: say },
  };
  try {
    await syncCatalogue(db, served.urls.map(toSource), clock());
    const round = () => measure(folder, () => pollDueFeeds(deps, clock));
    const cold = await round();
    await makeFeedsDue(db, clock());
    return { cold, notModified: await round() };
  } finally {
    await http.close();
  }
}

async function measure(dataDir: string, work: () => Promise<{ feeds: number; articles: number }>) {
  const cpuBefore = process.cpuUsage();
  const databaseBefore = await databaseUse(dataDir);
  const started = performance.now();
  const done = await work();
  const seconds = (performance.now() - started) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  const database = await databaseUse(dataDir);
  return {
    ...done,
    seconds: round2(seconds),
    feedsPerSecond: Math.round(done.feeds / seconds),
    cpuSeconds: round2((cpu.user + cpu.system) / 1e6),
    databaseCpuSeconds: round2(database.cpuSeconds - databaseBefore.cpuSeconds),
    peakMegabytes: peakMegabytes(),
    databaseMegabytes: database.megabytes,
  };
}

/** The other process is given the addresses, and answers with its figures. */
async function pollPlainly(urls: string[]): Promise<unknown> {
  const child = fork(BASELINE, { execArgv: [] });
  child.send({ urls });
  const [figures] = await once(child, 'message');
  child.kill();
  return figures;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}

function toSource(url: string, index: number): FeedSource {
  return {
    url,
    name: `Outlet ${index}`,
    outlet: `Outlet ${index}`,
    language: 'en',
    kind: 'rss',
    topics: [],
    trust: 3,
    fullText: false,
    enabled: true,
  };
}
