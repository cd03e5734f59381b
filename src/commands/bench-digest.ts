import { cpus } from 'node:os';
import { composeNextDigest } from '../pipeline/compose-digests.ts';
import { deliverSeveral } from '../pipeline/deliver-messages.ts';
import type { Database } from '../store/db.ts';
import {
  growthOf,
  peakMegabytes,
  perSecond,
  QUIET_LOG,
  storeBenchFeed,
  timeMs,
  withBenchDatabase,
} from './bench-database.ts';

const SIZES = [100, 1_000, 10_000];

/** As a bot has: twelve messages on their way hold one each, and need another for a moment. */
const CONNECTIONS = 20;
const STORIES = 60;
export const THRESHOLD = 0.5;
/** What Discord lets one bot do (developer documentation, "Rate Limits"). */
const DISCORD_PER_SECOND = 50;

/**
 * `rasid bench digest`: digests composed per second when 100, 1,000 and 10,000 channels are due at once, each with a filter of its own out of
 * four, from 60 new stories; and messages handed on per second by a channel that takes them at once, beside what Discord allows.
 */
export async function benchDigest(o: { log: (line: string) => void }): Promise<object> {
  const work = async (db: Database) => {
    await storeStories(db);
    const sizes: Record<string, object> = {};
    const costs: { size: number; cost: number }[] = [];
    for (const size of SIZES) {
      await db.query('DELETE FROM subscriptions');
      await subscribe(db, size);
      await db.query('ANALYZE');
      const composeMs = await timeMs(() => composeAll(db));
      const [counted] = await db.query<{ count: number }>('SELECT count(*)::int FROM outbox');
      const deliverMs = await timeMs(() => deliverAll(db));
      const messages = counted?.count ?? 0;
      costs.push({ size, cost: composeMs / size });
      sizes[size] = {
        messages,
        composedPerSecond: perSecond(size, composeMs),
        deliveredPerSecond: perSecond(messages, deliverMs),
        secondsAtDiscordsLimit: Math.ceil(messages / DISCORD_PER_SECOND),
      };
      o.log(`${size} channels: ${JSON.stringify(sizes[size])}`);
    }
    const about = { cores: cpus().length, stories: STORIES, discordPerSecond: DISCORD_PER_SECOND };
    return { ...about, sizes, growth: growthOf(costs), peakMegabytes: peakMegabytes() };
  };
  return withBenchDatabase(o.log, work, { poolSize: CONNECTIONS });
}

async function composeAll(db: Database): Promise<void> {
  const deps = { db, queue: { wake: async () => undefined }, threshold: THRESHOLD };
  while (await composeNextDigest(deps, () => new Date()));
}

async function deliverAll(db: Database): Promise<void> {
  const channel = { deliver: async () => ({ messageId: '1' }) };
  const log = QUIET_LOG;
  while (await deliverSeveral({ db, channel, log }, () => new Date()));
}

async function subscribe(db: Database, count: number): Promise<void> {
  await db.query(
    `INSERT INTO subscriptions (guild_id, channel_id, created_by, schedule, at_minutes, weekday, timezone, language, topics,
       min_severity, sources, created_at, next_due_at, covered_until)
     SELECT n::text, n::text, 'bench', 'daily', 480, 1, 'Asia/Riyadh', 'both',
       CASE n % 2 WHEN 0 THEN '[]'::jsonb ELSE '["breach"]' END, CASE n % 4 WHEN 3 THEN 'high' ELSE 'low' END, '[]',
       now() - interval '2 days', now() - interval '1 second', now() - interval '1 day'
     FROM generate_series(1, $1::int) AS n`,
    [count],
  );
}

/** Stories of two articles each, told within the last hours. */
export async function storeStories(db: Database): Promise<void> {
  await storeBenchFeed(db);
  await db.query(
    `INSERT INTO stories (created_at, updated_at, last_published_at)
     SELECT now(), now() - make_interval(mins => n), now() - make_interval(mins => n) FROM generate_series(1, $1::int) AS n`,
    [STORIES],
  );
  await db.query(
    `INSERT INTO articles (canonical_url, feed_id, item_id, url, title, text, published_at, authors, categories, outlet, trust,
       content_hash, state, discovered_at, analysed_at, language, is_cyber, score, threshold, topics, severity, severity_reasons,
       entities, summary, summary_sentences, embedding, story_id)
     SELECT 'https://bench.example/' || n, f.id, n::text, 'https://bench.example/' || n, 'Incident ' || n || ' at a firm', 'Text ' || n,
       s.last_published_at, '[]', '[]', 'Outlet ' || n % 9, 3, '\\x00', 'clustered', now(), now(), 'en', true, 0.9, 0.5,
       '[{"topic":"breach","score":0.9}]', CASE n % 3 WHEN 0 THEN 'high' ELSE 'low' END, '[]',
       '{"cves":[],"actors":[],"organisations":[],"products":[],"malware":[],"indicators":[]}',
       'What happened, in a sentence of the usual length for a summary of some news.', '[0]', '\\x0000803f', s.id
     FROM stories s CROSS JOIN generate_series(1, 2) AS part CROSS JOIN LATERAL (SELECT s.id * 2 + part AS n) numbered CROSS JOIN feeds f`,
  );
  await db.query(
    'INSERT INTO article_sources SELECT id, feed_id, item_id, discovered_at FROM articles',
  );
}
