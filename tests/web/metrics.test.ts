import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addFeed } from '../../src/store/feed-store.ts';
import { createSubscription } from '../../src/store/subscription-store.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { openTestDatabase, recording, type TestDatabase } from '../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../helpers/fake-discord/create-fake-discord.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { inventIncidents } from '../helpers/invent-incidents.ts';
import { renderRss } from '../helpers/render-rss.ts';
import { makeAnalysedArticles, makeNewSubscription, makeSource, NOW } from '../store/rows.ts';
import { namedMetrics } from './ops-files.ts';
import { openWatchedProcess, readSamples, type WatchedProcess } from './watched-process.ts';

let database: TestDatabase;
let discord: FakeDiscord;
let feeds: FeedServer;
let watched: WatchedProcess;
let samples: Map<string, number>;
const INCIDENTS = 3;

/** Three incidents on their way from a feed to a channel, and feeds of every other kind. */
beforeAll(async () => {
  database = await openTestDatabase();
  discord = await createFakeDiscord();
  const guildId = discord.addGuild();
  const channelId = discord.addChannel(guildId, 'news');
  feeds = await createFeedServer();
  const incidents = inventIncidents(0, INCIDENTS, NOW);
  feeds.setFeed('/wire', { body: renderRss('Wire', incidents) });
  feeds.setFeed('/gone', { status: 410 });
  feeds.setFeed('/refused', { status: 403 });
  feeds.setFeed('/busy', { status: 429 });
  feeds.setFeed('/broken', { body: 'no feed at all' });
  watched = await openWatchedProcess({ databaseUrl: database.url, discord });
  await watched.parts.bot?.start();
  for (const path of ['wire', 'gone', 'refused', 'busy', 'broken', 'missing'])
    await addFeed(database.db, makeSource({ url: feeds.url(`/${path}`), name: path }), null, NOW);
  const wanted = { guildId, channelId, topics: [], sources: [], language: 'en' as const };
  await createSubscription(database.db, makeNewSubscription(wanted), {
    nextDueAt: new Date(NOW.getTime() - 15 * 60_000),
    coveredUntil: new Date(NOW.getTime() - 24 * 3_600_000),
    now: new Date(NOW.getTime() - 48 * 3_600_000),
  });
  const { poll, analyse, cluster, compose, deliver } = watched.parts.drains;
  for (const step of [poll, analyse, cluster, compose, deliver]) await step?.run();
  await discord.sendCommand('help', {}, { guildId, channelId });
  samples = await watched.scrape();
});

afterAll(async () => {
  await watched.close();
  await Promise.all([discord.close(), feeds.close(), database.close()]);
});

const sample = (name: string) => samples.get(name);

describe('the metrics of a process', () => {
  it('count fetches by what became of them', () => {
    const outcomes = ['fetched', 'gone', 'refused', 'busy', 'unreadable', 'failed', 'not-modified'];
    expect(outcomes.map((o) => [o, sample(`rasid_fetches_total{outcome="${o}"}`)])).toEqual([
      ['fetched', 1],
      ['gone', 1],
      ['refused', 1],
      ['busy', 1],
      ['unreadable', 1],
      ['failed', 1],
      ['not-modified', 0],
    ]);
  });

  it('count feeds by health', () => {
    const states = ['new', 'fresh', 'slow', 'failing', 'refused', 'gone'];
    expect(states.map((state) => sample(`rasid_feeds{status="${state}"}`))).toEqual([
      0, 1, 3, 0, 1, 1,
    ]);
  });

  it('count articles on their way, with the scores and the time of the model', () => {
    expect(sample('rasid_articles_stored_total{change="new"}')).toBe(INCIDENTS);
    const read = ['cyber', 'other', 'set-aside'].map(
      (result) => sample(`rasid_articles_analysed_total{result="${result}"}`) ?? 0,
    );
    expect(read).toEqual([INCIDENTS, 0, 0]);
    const clustered = ['joined', 'begun'].map(
      (decision) => sample(`rasid_articles_clustered_total{decision="${decision}"}`) ?? 0,
    );
    expect((clustered[0] ?? 0) + (clustered[1] ?? 0)).toBe(INCIDENTS);
    expect(sample('rasid_article_score_count')).toBe(INCIDENTS);
    expect(sample('rasid_article_score_bucket{le="+Inf"}')).toBe(INCIDENTS);
    expect(sample('rasid_analysis_seconds_count')).toBe(1);
    expect(sample('rasid_analysis_seconds_sum')).toBeGreaterThan(0);
  });

  it('count digests and messages, and those that were late', () => {
    const digests = ['composed', 'sent', 'late'].map((state) =>
      sample(`rasid_digests_total{state="${state}"}`),
    );
    expect(digests).toEqual([1, 1, 1]);
    const messages = ['sent', 'postponed', 'failed'].map((outcome) =>
      sample(`rasid_messages_total{outcome="${outcome}"}`),
    );
    expect(messages).toEqual([1, 0, 0]);
  });

  it('count what Discord answers by route and status, without ids and tokens', () => {
    const route = 'method="POST",route="/channels/:id/messages",status="200"';
    expect(sample(`rasid_discord_requests_total{${route}}`)).toBe(1);
    expect(sample('rasid_discord_up')).toBe(1);
    expect(sample('rasid_discord_invalid_requests_left')).toBe(10_000);
    const routes = [...samples.keys()].filter((name) => name.startsWith('rasid_discord_requests'));
    expect(routes.some((name) => name.includes('/webhooks/:id/:token'))).toBe(true);
    expect(routes.filter((name) => /\d{6}|token[^"/]|\?/.test(name))).toEqual([]);
  });

  it('tell of memory and the event loop', () => {
    expect(sample('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(sample('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(sample('rasid_database_bytes')).toBeGreaterThan(1e6);
  });

  it('are all that the dashboard and the alert rules name', async () => {
    const text = await (await watched.ask('/metrics')).text();
    const exported = new Set(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
        type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    );
    const { dashboard, alerts, page } = namedMetrics();
    expect(dashboard.size).toBeGreaterThan(15);
    expect(alerts.size).toBeGreaterThan(8);
    const named = [...dashboard, ...alerts, ...page];
    expect(named.filter((name) => !exported.has(name))).toEqual([]);
    // And none of Rasid's own is missing from the dashboard, or without a word of explanation.
    const own = [...text.matchAll(/^# TYPE (rasid_\S+)/gm)].map(([, name = '']) => name);
    const shown = new Set([...dashboard].map((name) => name.replace(/_(bucket|sum|count)$/, '')));
    expect(own.filter((name) => !shown.has(name))).toEqual([]);
    expect(own.filter((name) => !page.has(name))).toEqual([]);
  });
});

describe('the log', () => {
  const find = (fields: Record<string, unknown>) =>
    watched.lines.filter((line) => Object.entries(fields).every(([key, v]) => line[key] === v));

  it('leads from the address of an article to its message in the channel', async () => {
    const [url] = await database.db.query<{ url: string }>('SELECT url FROM articles LIMIT 1');
    const [read] = find({ msg: 'article analysed', url: url?.url });
    const article = read?.article;
    const about = watched.lines.filter((line) => [line.article].flat().includes(article));
    expect(about.map(({ msg, level }) => `${msg} ${level}`)).toEqual([
      'article stored 20',
      'articles stored 30',
      'article analysed 20',
      'batch analysed 30',
      'article put into a story 20',
      'articles put into stories 30',
      'digest composed 30',
      'digest delivered 30',
    ]);
    const delivered = about.at(-1);
    const posted = discord.messages(String(delivered?.channel)).at(-1)?.id;
    expect(delivered?.posted).toBe(posted);
    expect(posted).toMatch(/^\d+$/);
  });

  it('warns of each feed that has come to need a person, with its answer', () => {
    const warned = find({ level: 40, msg: 'feed not read' });
    expect(warned.map(({ feed, error }) => `${feed}: ${error}`).sort()).toEqual([
      'gone: the publisher has closed this feed for good (410)',
      'refused: the server refuses us (403)',
    ]);
  });
});

describe('a scrape', () => {
  it('tells how much waits for each step, and for how long the oldest has', async () => {
    const { db } = database;
    await makeAnalysedArticles(db, [{}, {}]);
    await db.query(
      `UPDATE articles SET discovered_at = $1, edited_at = NULL, state = 'discovered' WHERE state = 'analysed'`,
      [new Date(watched.now.getTime() + 6_000 - 120_000)],
    );
    const now = await watched.scrape();
    expect(now.get('rasid_queue_depth{step="analyse"}')).toBe(2);
    expect(now.get('rasid_queue_oldest_seconds{step="analyse"}')).toBe(120);
    expect(now.get('rasid_queue_depth{step="deliver"}')).toBe(0);
    expect(now.get('rasid_queue_oldest_seconds{step="deliver"}')).toBe(0);
  });

  it('asks the database three questions, however many scrapes come within five seconds', async () => {
    const asked: string[] = [];
    const registry = createMetrics(recording(database.db, asked), { clock: () => NOW });
    const texts = await Promise.all(Array.from({ length: 20 }, () => registry.metrics()));
    await registry.metrics();
    expect(asked).toHaveLength(3);
    for (const text of texts) expect(text).toContain('rasid_feeds{status="fresh"} 1');
  });

  it('reads what waits from indexes as large as what waits, not from the tables', async () => {
    const asked: string[] = [];
    await createMetrics(recording(database.db, asked), { clock: () => NOW }).metrics();
    const sql = asked.find((text) => text.includes("state = 'discovered'")) ?? '';
    const plan = await database.db.transaction(async (tx) => {
      // A table of a few rows is read whole unless that is forbidden; what then still is, has no index.
      await tx.query('SET LOCAL enable_seqscan = off');
      return tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, [NOW]);
    });
    const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
    for (const index of [
      'feeds_due',
      'articles_discovered',
      'articles_analysed',
      'subscriptions_due',
      'outbox_pending',
    ])
      expect(lines).toContain(index);
    expect(lines).not.toContain('Seq Scan');
  });

  it('is answered while the database does not answer, and says so', async () => {
    const holder = await openTestDatabase();
    const registry = createMetrics(holder.db);
    await holder.db.transaction(async (tx) => {
      await tx.query('LOCK TABLE feeds IN ACCESS EXCLUSIVE MODE');
      const text = await registry.metrics();
      expect(readSamples(text).get('rasid_database_up')).toBe(0);
      expect(text).not.toMatch(/^rasid_(feeds|queue_depth|stored_rows)\{/m);
      expect(text).toMatch(/^process_resident_memory_bytes /m);
    });
    await holder.close();
  });

  it('says that the database is away, and leaves out what it cannot know', async () => {
    const lost = await openTestDatabase();
    await lost.close();
    const now = readSamples(await createMetrics(lost.db).metrics());
    expect(now.get('rasid_database_up')).toBe(0);
    expect(
      [...now.keys()].filter((name) => /^rasid_(feeds|queue|stored|database_b)/.test(name)),
    ).toEqual([]);
  });
});
