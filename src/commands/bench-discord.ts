import { once } from 'node:events';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createDiscordBot, type DiscordBot } from '../discord/create-discord-bot.ts';
import { createEncoder, type Encoder } from '../models/encoder.ts';
import { composeNextDigest } from '../pipeline/compose-digests.ts';
import { deliverSeveral } from '../pipeline/deliver-messages.ts';
import { createSearch } from '../search/create-search.ts';
import type { Database } from '../store/db.ts';
import { peakMegabytes, QUIET_LOG, withBenchDatabase } from './bench-database.ts';
import { storeStories, THRESHOLD } from './bench-digest.ts';
import type { BenchAnswer, BenchOrder, BenchServerSettings } from './bench-discord-server.ts';
import { inventArticles } from './invent-articles.ts';

const CHANNELS = 10_000;
const CHANNELS_OF_A_SERVER = 20;
/** As measured by others from data centres: Discord takes a post in 0.1 to 0.2 s. */
const LATENCY_MS = 150;
/** What Discord lets one bot do (developer documentation, "Rate Limits"). */
const LIMIT_PER_SECOND = 50;
const INTERACTIONS_PER_SECOND = 10;
const SLOW_DATABASE_MS = 1_000;
const PHASE_MINUTES = 1;
const DEADLINE_MS = 3_000;
const ARTICLES_AT_ONCE = 16;
const TOKENS = 128;

/**
 * `rasid bench discord`: 10,000 channels are due at once, the model reads articles without a pause, and members ask ten things a second of the
 * real bot, connected to a Discord on loopback that takes a post in 0.15 s. Posts per second and milliseconds until an interaction is
 * acknowledged, with Discord's limit of 50 requests a second held by the server, without it, and with a database that takes a second for
 * each question of a member.
 */
export async function benchDiscord(o: {
  model: string;
  sizes?: number[] | undefined;
  minutes?: number | undefined;
  log: (line: string) => void;
}): Promise<object> {
  const channels = o.sizes?.[0] ?? CHANNELS;
  const seconds = (o.minutes ?? PHASE_MINUTES) * 60;
  const encoder = createEncoder({ model: o.model });
  const work = async (db: Database) => {
    await storeStories(db);
    const world = await openWorld(db, channels);
    const load = startLoad(db, encoder, world);
    const phases: Record<string, object> = {};
    for (const [name, phase] of Object.entries(PHASES)) {
      phases[name] = await measure(world, { ...phase, seconds });
      o.log(`${name}: ${JSON.stringify(phases[name])}`);
    }
    const { analysed } = await load.stop();
    await world.close();
    const about = { cores: cpus().length, channels, latencyMs: LATENCY_MS, seconds };
    const asked = { interactionsPerSecond: INTERACTIONS_PER_SECOND };
    return { ...about, ...asked, analysed, phases, peakMegabytes: peakMegabytes() };
  };
  return withBenchDatabase(o.log, work, { poolSize: 20 }).finally(() => encoder.close());

  async function openWorld(db: Database, count: number) {
    const settings = await subscribe(db, count);
    const server = new Worker(new URL('./bench-discord-server.js', import.meta.url), {
      workerData: settings,
    });
    const [first] = (await once(server, 'message')) as [BenchAnswer];
    if (first.kind !== 'listening') throw new Error('the local Discord did not start');
    let delay = 0;
    const slowDb: Database = {
      ...db,
      query: async (...question) => {
        if (delay > 0) await sleep(delay);
        return db.query(...question);
      },
    };
    const clock = () => new Date();
    const quiet = () => undefined;
    const bot = createDiscordBot({
      token: 'bench.token',
      apiUrl: first.apiUrl,
      db: slowDb,
      search: createSearch({ db: slowDb, encoder, clock }),
      outside: {
        canonicalUrl: (url) => url,
        isKnownName: () => false,
        findSource: () => Promise.reject(new Error('none')),
      },
      log: { info: quiet, warn: quiet, error: (_fields, line) => o.log(line) },
      clock,
      modelThreshold: THRESHOLD,
    });
    await bot.start();
    return {
      bot,
      setDelay: (ms: number) => {
        delay = ms;
      },
      tell: (order: BenchOrder) => server.postMessage(order),
      count: async () => {
        server.postMessage({ order: 'end' } satisfies BenchOrder);
        const [counted] = (await once(server, 'message')) as [BenchAnswer];
        if (counted.kind !== 'counted') throw new Error('the local Discord gave no count');
        return counted;
      },
      close: async () => {
        await bot.stop();
        await server.terminate();
      },
    };
  }
}

const PHASES = {
  limited: { limitPerSecond: LIMIT_PER_SECOND, delayMs: 0 },
  unlimited: { limitPerSecond: null, delayMs: 0 },
  slowDatabase: { limitPerSecond: LIMIT_PER_SECOND, delayMs: SLOW_DATABASE_MS },
};

interface World {
  bot: DiscordBot;
  setDelay(ms: number): void;
  tell(order: BenchOrder): void;
  count(): Promise<Extract<BenchAnswer, { kind: 'counted' }>>;
}

async function measure(
  world: World,
  phase: { limitPerSecond: number | null; delayMs: number; seconds: number },
): Promise<object> {
  const { limitPerSecond, delayMs, seconds } = phase;
  world.setDelay(delayMs);
  const interactionsPerSecond = INTERACTIONS_PER_SECOND;
  world.tell({ order: 'begin', limitPerSecond, interactionsPerSecond });
  await sleep(seconds * 1000);
  const { posts, refused, waits, unanswered } = await world.count();
  const sorted = waits.sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return {
    postsPerSecond: Math.round((posts / seconds) * 10) / 10,
    refusedByLimit: refused,
    acknowledged: sorted.length,
    acknowledgedMs: { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) },
    late: sorted.filter((ms) => ms > DEADLINE_MS).length,
    // The last ones were just asked.
    unanswered,
  };
}

/** Digests are composed and delivered, and articles encoded, until it is stopped. */
function startLoad(db: Database, encoder: Encoder, { bot }: World) {
  let stopped = false;
  let analysed = 0;
  const log = QUIET_LOG;
  const clock = () => new Date();
  const composing = { db, queue: { wake: async () => undefined }, threshold: THRESHOLD };
  const repeat = async (step: () => Promise<boolean>) => {
    while (!stopped) if (!(await step())) await sleep(100);
  };
  const articles = inventArticles(ARTICLES_AT_ONCE, TOKENS).map(({ title = '', text = '' }) => ({
    title,
    sentences: text.split('\n'),
  }));
  const running = Promise.all([
    repeat(() => composeNextDigest(composing, clock)),
    repeat(() => deliverSeveral({ db, channel: bot, log }, clock)),
    repeat(async () => {
      analysed += (await encoder.encode(articles)).length;
      return true;
    }),
  ]);
  return {
    stop: async () => {
      stopped = true;
      await running;
      return { analysed };
    },
  };
}

/** Twenty channels to a server, each due now. */
async function subscribe(db: Database, count: number): Promise<BenchServerSettings> {
  const id = (kind: number, n: number) => String(kind * 1_000_000_000 + n);
  const serverOf = (n: number) => id(1, Math.floor(n / CHANNELS_OF_A_SERVER));
  const all = Array.from({ length: count }, (_, n) => ({ server: serverOf(n), channel: id(2, n) }));
  await db.query(
    `INSERT INTO subscriptions (guild_id, channel_id, created_by, schedule, at_minutes, weekday, timezone, language, topics,
       min_severity, sources, created_at, next_due_at, covered_until)
     SELECT server, channel, 'bench', 'daily', 480, 1, 'Asia/Riyadh', 'both', '[]', 'low', '[]',
       now() - interval '2 days', now() - interval '1 second', now() - interval '1 day'
     FROM unnest($1::text[], $2::text[]) AS wanted(server, channel)`,
    [all.map(({ server }) => server), all.map(({ channel }) => channel)],
  );
  await db.query('ANALYZE');
  const channels: Record<string, string[]> = {};
  for (const { server, channel } of all) {
    channels[server] = [...(channels[server] ?? []), channel];
  }
  const [story] = await db.query<{ id: string }>('SELECT min(id)::text AS id FROM stories');
  const servers = Object.keys(channels);
  return { servers, channels, latencyMs: LATENCY_MS, storyId: story?.id ?? '' };
}
