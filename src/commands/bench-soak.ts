import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FeedSource } from '../domain/feed.ts';
import { createEncoder, type Encoder } from '../models/encoder.ts';
import { analyseArticles } from '../pipeline/analyse-article.ts';
import type { Database } from '../store/db.ts';
import { syncCatalogue } from '../store/feed-store.ts';
import { createSubscription } from '../store/subscription-store.ts';
import { timeMs, withBenchDatabase } from './bench-database.ts';
import { createSoakPipeline } from './bench-soak-pipeline.ts';
import {
  areRowsExpected,
  countRows,
  type DayRecord,
  expectRows,
  judgeDays,
} from './bench-soak-report.ts';
import { publishedBy, type Traffic } from './bench-soak-traffic.ts';
import { inventArticles } from './invent-articles.ts';

const SERVER = fileURLToPath(new URL('./bench-soak-server.js', import.meta.url));
const DAYS = 30;
const MINUTES = 120;
const FEEDS = 50;
const CHANNELS = 24;
/** Short, so that from the eleventh day on as much goes as comes. */
const RETENTION_DAYS = 5;
/** Shorter runs than this poll every six hours of the month, not every hour: what the rounds cost by themselves would outlast them. */
const SHORT_MINUTES = 20;
/** Of the time, the model may take this; the rest is for the other stages. */
const MODEL_SHARE = 0.5;
/** A feed shows 24 reports: more in an hour would be lost to any poller. */
const MOST_PER_FEED_AND_DAY = 24 * 20;
const STARTS_AT = new Date('2026-10-01T00:00:00Z');
const DAY_MS = 86_400_000;

/**
 * `rasid bench soak`: replays a month of 50 feeds and 24 channels at speed, hour by hour on a simulated clock, with the real model, the real
 * database and a retention of 5 days. The traffic is chosen so that it takes about `minutes` (default 120) on this machine. Says whether
 * memory, the database and the time of each stage are flat, whether each published article was stored, and whether the rows are those that the
 * retention leaves.
 */
export async function benchSoak(o: {
  model: string;
  minutes?: number | undefined;
  log: (line: string) => void;
}): Promise<object> {
  const encoder = createEncoder({ model: o.model });
  try {
    const minutes = o.minutes ?? MINUTES;
    const traffic = await chooseTraffic(encoder, minutes);
    const rounds = minutes < SHORT_MINUTES ? 4 : 24;
    o.log(`${FEEDS} feeds of ${traffic.articlesPerDay} articles a day each, ${DAYS} days`);
    return await withBenchDatabase(o.log, (db) =>
      replay({ db, encoder, traffic, rounds, log: o.log }),
    );
  } finally {
    await encoder.close();
  }
}

async function chooseTraffic(encoder: Encoder, minutes: number): Promise<Traffic> {
  const sample = inventArticles(48, 64);
  await analyseArticles(encoder, sample.slice(0, 8));
  const perSecond =
    (sample.length * 1_000) / (await timeMs(() => analyseArticles(encoder, sample)));
  const perDay = (perSecond * MODEL_SHARE * minutes * 60) / DAYS;
  const articlesPerDay = Math.min(MOST_PER_FEED_AND_DAY, Math.max(4, Math.round(perDay / FEEDS)));
  return { feeds: FEEDS, articlesPerDay, startsAt: STARTS_AT };
}

async function replay(o: {
  db: Database;
  encoder: Encoder;
  traffic: Traffic;
  /** Of the whole pipeline, each day. */
  rounds: number;
  log: (line: string) => void;
}): Promise<object> {
  const { db, encoder, traffic, rounds, log } = o;
  let now = STARTS_AT;
  const clock = () => now;
  const publishers = await startPublishers(traffic);
  const pipeline = createSoakPipeline({ db, encoder, retentionDays: RETENTION_DAYS, clock });
  const started = performance.now();
  const days: DayRecord[] = [];
  try {
    await syncCatalogue(db, publishers.urls.map(toSource), now);
    for (let n = 0; n < CHANNELS; n += 1) await subscribe(db, n);
    for (let day = 0; day < DAYS; day += 1) {
      const memory: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        now = new Date(STARTS_AT.getTime() + (day + round / rounds) * DAY_MS);
        await publishers.setClock(now);
        for (const stage of ['poll', 'analyse', 'cluster', 'compose', 'deliver', 'edit'] as const) {
          await pipeline.drain(stage);
        }
        await pipeline.once('scrape');
        await pipeline.once('search');
        await pipeline.once('machine');
        memory.push(process.memoryUsage().rss / 1_048_576);
      }
      const found = await countFoundOn(db, day);
      now = new Date(STARTS_AT.getTime() + (day + 1) * DAY_MS);
      await pipeline.drain('retain');
      days.push({ ...found, memory, times: pipeline.takeTimes(), ...(await countRows(db)) });
      log(
        `day ${day + 1}: ${JSON.stringify({ ...days.at(-1), memory: Math.round(memory.at(-1) ?? 0), times: undefined })}`,
      );
    }
    const last = new Date(STARTS_AT.getTime() + (DAYS - 1 / rounds) * DAY_MS);
    const published = publishers.urls.reduce((sum, _, n) => sum + publishedBy(traffic, n, last), 0);
    const stored = days.reduce((sum, day) => sum + day.cyber + day.other, 0);
    const rows = { expected: expectRows(days, RETENTION_DAYS), found: await countRows(db) };
    const { verdict, ...judged } = judgeDays(days);
    return {
      verdict: {
        everyArticleIsStored: stored === published,
        nothingIsDeliveredTwice: pipeline.deliveredTwice() === 0,
        rowsAreThoseOfTheRetention: areRowsExpected(rows.found, rows.expected),
        ...verdict,
      },
      cores: availableParallelism(),
      minutes: Math.round((performance.now() - started) / 6_000) / 10,
      days: DAYS,
      feeds: FEEDS,
      channels: CHANNELS,
      articles: { published, stored },
      messages: { delivered: pipeline.delivered(), deliveredTwice: pipeline.deliveredTwice() },
      rows,
      ...judged,
    };
  } finally {
    publishers.close();
    await pipeline.close();
  }
}

/** What was first seen on that day, before the retention has touched it. */
async function countFoundOn(db: Database, day: number): Promise<{ cyber: number; other: number }> {
  const from = new Date(STARTS_AT.getTime() + day * DAY_MS);
  const [found] = await db.query<{ cyber: number; other: number }>(
    `SELECT count(*) FILTER (WHERE is_cyber)::int AS cyber, count(*) FILTER (WHERE is_cyber IS NOT TRUE)::int AS other
     FROM articles WHERE discovered_at >= $1 AND discovered_at < $1::timestamptz + interval '1 day'`,
    [from],
  );
  return found ?? { cyber: 0, other: 0 };
}

async function startPublishers(traffic: Traffic) {
  const server = fork(SERVER, [JSON.stringify(traffic)], { execArgv: [] });
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  return {
    urls: Array.from({ length: traffic.feeds }, (_, n) => `http://127.0.0.${2 + n}:${port}/${n}`),
    async setClock(now: Date): Promise<void> {
      server.send({ now: now.toISOString() });
      await once(server, 'message');
    },
    close: () => void server.kill(),
  };
}

function toSource(url: string, index: number): FeedSource {
  const name = `Wire ${index}`;
  const kinds = { language: 'en', kind: 'rss', topics: [], trust: 1 + (index % 5) } as const;
  return { url, name, outlet: name, ...kinds, topics: [], fullText: false, enabled: true };
}

async function subscribe(db: Database, number: number): Promise<void> {
  const schedules = ['instant', 'hourly', 'daily', 'weekly'] as const;
  await createSubscription(
    db,
    {
      guildId: `guild-${number % 6}`,
      channelId: `channel-${number}`,
      createdBy: 'bench',
      schedule: schedules[number % 4] ?? 'daily',
      atMinutes: (number * 60) % 1_440,
      weekday: 1 + (number % 7),
      timezone: 'Asia/Riyadh',
      roleId: null,
      roleMinSeverity: 'low',
      follow: number % 8 === 0,
      language: 'both',
      topics: [],
      minSeverity: 'low',
      sources: [],
      keyword: null,
    },
    { nextDueAt: STARTS_AT, coveredUntil: STARTS_AT, now: STARTS_AT },
  );
}
