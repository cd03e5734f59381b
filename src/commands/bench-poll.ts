import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FeedSource } from '../domain/feed.ts';
import { createHttpClient } from '../net/http-client.ts';
import { pollDueFeeds } from '../pipeline/poll-feeds.ts';
import { makeFeedsDue, syncCatalogue } from '../store/feed-store.ts';
import { openDatabase } from '../store/open-database.ts';

const HOSTS = 249;
const SERVER = fileURLToPath(new URL('./bench-feed-server.js', import.meta.url));

/** Linux counts processor time in hundredths of a second (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

interface Served {
  urls: string[];
  items: number;
}

/**
 * Polls `feeds` local feeds twice into an empty embedded database: cold (fetch, parse, store everything), then all "not
 * modified". Prints feeds per second, processor seconds of this process and of the database's, and peak memory.
 */
export async function benchPoll(options: {
  feeds: number;
  log: (line: string) => void;
}): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-bench-'));
  // Started as root, the database runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  const server = fork(SERVER, [String(options.feeds), String(HOSTS)], { execArgv: [] });
  const [served] = (await once(server, 'message')) as [Served];
  const db = await openDatabase({ databaseUrl: null, dataDir: folder, log: options.log });
  const http = createHttpClient({
    userAgent: 'Rasid bench',
    allowPrivateNetworks: true,
    maxPerHost: 2,
    hostDelayMs: 0,
  });
  const clock = () => new Date();
  const deps = {
    db,
    http,
    queue: { wake: async () => {} },
    bounds: { minSeconds: 300, maxSeconds: 86_400 },
    log: {
      debug() {},
      info() {},
      warn: (fields: object) => options.log(JSON.stringify(fields)),
      error: (fields: object) => options.log(JSON.stringify(fields)),
    },
  };
  try {
    await syncCatalogue(db, served.urls.map(toSource), clock());
    const round = () => measure(folder, () => pollDueFeeds(deps, clock));
    const cold = await round();
    await makeFeedsDue(db, clock());
    const notModified = await round();
    return { feeds: options.feeds, items: served.items, hosts: HOSTS, cold, notModified };
  } finally {
    server.kill();
    await http.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(dataDir: string, work: () => Promise<{ feeds: number; articles: number }>) {
  const cpuBefore = process.cpuUsage();
  const databaseBefore = await databaseCpuSeconds(dataDir);
  const started = performance.now();
  const done = await work();
  const seconds = (performance.now() - started) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  return {
    ...done,
    seconds: round2(seconds),
    feedsPerSecond: Math.round(done.feeds / seconds),
    cpuSeconds: round2((cpu.user + cpu.system) / 1e6),
    databaseCpuSeconds: round2((await databaseCpuSeconds(dataDir)) - databaseBefore),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Processor time of the processes whose working directory is the embedded database's; 0 where `/proc` is missing. */
async function databaseCpuSeconds(dataDir: string): Promise<number> {
  const root = await realpath(dataDir);
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const seconds = await Promise.all(
    pids.map(async (pid) => {
      const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      if (!folder.startsWith(root)) return 0;
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // Fields 14 and 15 (user and system ticks), counted after the command name in parentheses; 16 and 17 are those of ended children.
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 15);
      return fields.reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
    }),
  );
  return seconds.reduce((sum, value) => sum + value, 0);
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
