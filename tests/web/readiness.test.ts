import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { saveArticles } from '../../src/store/article-store.ts';
import { addFeed } from '../../src/store/feed-store.ts';
import { saveDigest } from '../../src/store/outbox-store.ts';
import type { Problem } from '../../src/web/readiness.ts';
import { createReadinessWatch } from '../../src/web/watch-readiness.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../helpers/fake-discord/create-fake-discord.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { inventIncidents } from '../helpers/invent-incidents.ts';
import { renderRss } from '../helpers/render-rss.ts';
import {
  makeArticle,
  makeDigest,
  makeFeed,
  makeSource,
  makeSubscription,
  minutesLater,
  NOW,
} from '../store/rows.ts';
import { openWatchedProcess, type WatchedProcess } from './watched-process.ts';

let database: TestDatabase;
let discord: FakeDiscord;
let feeds: FeedServer;
let watched: WatchedProcess;

beforeAll(async () => {
  database = await openTestDatabase();
  discord = await createFakeDiscord();
  feeds = await createFeedServer();
  feeds.setFeed('/wire', { body: renderRss('Wire', inventIncidents(0, 1, NOW)), etag: null });
  watched = await openWatchedProcess({ databaseUrl: database.url, discord });
});

beforeEach(async () => {
  await database.clear();
  watched.now = NOW;
});

afterAll(async () => {
  await watched.close();
  await Promise.all([discord.close(), feeds.close(), database.close()]);
});

describe('a process in which nothing is wrong', () => {
  it('is ready: also one that stands by for another with its bot', async () => {
    const answer = await watched.ask('/ready');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ ready: true, problems: [] });
  });
});

describe('work that waits too long is said with its time:', () => {
  it('feeds that nobody fetches', async () => {
    await addFeed(database.db, makeSource(), null, minutesLater(-74));
    expect(await watched.problems()).toEqual([]);
    watched.now = minutesLater(2);
    expect(await watched.problems()).toEqual([
      '1 feed is due and was not fetched, the oldest since 2026-11-24T06:46:00.000Z',
    ]);
    expect((await watched.ask('/ready')).status).toBe(503);
  });

  it('articles that the model has not read', async () => {
    const feed = await makeFeed(database.db);
    const old = [makeArticle(), makeArticle()];
    await saveArticles(database.db, feed.id, old, minutesLater(-31));
    await database.db.query('UPDATE feeds SET next_check_at = $1', [minutesLater(60)]);
    expect(await watched.problems()).toEqual([
      '2 articles wait for the model, the oldest since 2026-11-24T07:29:00.000Z',
    ]);
    // An edit makes an old article new work, not late work.
    await database.db.query('UPDATE articles SET edited_at = $1', [minutesLater(-1)]);
    expect(await watched.problems()).toEqual([]);
  });

  it('digests that are due, and messages that were not posted', async () => {
    const subscription = await makeSubscription(database.db, {}, minutesLater(-11));
    const digest = { subscription, storyIds: [], messages: [makeDigest()], now: minutesLater(-12) };
    await saveDigest(database.db, { ...digest, dueAt: minutesLater(-12) });
    expect(await watched.problems()).toEqual([
      '1 digest is due and was not composed, the oldest since 2026-11-24T07:49:00.000Z',
      '1 message waits to be posted, the oldest since 2026-11-24T07:48:00.000Z',
    ]);
    // A paused subscription waits for a person, not for Rasid.
    await database.db.query('UPDATE subscriptions SET paused = true');
    await database.db.query('DELETE FROM outbox');
    expect(await watched.problems()).toEqual([]);
  });
});

describe('a process whose Discord connection breaks', () => {
  it('says so until it is back', async () => {
    discord.addGuild();
    await watched.parts.bot?.start();
    expect(await watched.problems()).toEqual([]);
    discord.gateway.drop();
    await expect.poll(watched.problems).toEqual(['Discord is not connected']);
    await expect.poll(watched.problems, { timeout: 20_000 }).toEqual([]);
  });
});

describe('a database whose disk is full', () => {
  it('is named once in the log and in /ready, and nothing that was fetched is lost', async () => {
    const { db } = database;
    for (let i = 0; i < 3; i += 1) {
      feeds.setFeed(`/wire${i}`, { body: renderRss('Wire', inventIncidents(i, 1, NOW)) });
      await addFeed(db, makeSource({ url: feeds.url(`/wire${i}`) }), null, NOW);
    }
    await db.query(`CREATE FUNCTION fill_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'could not extend file "base/5/16411": No space left on device' USING ERRCODE = 'disk_full'; END $$`);
    await db.query(
      'CREATE TRIGGER full_disk BEFORE INSERT ON articles EXECUTE FUNCTION fill_disk()',
    );
    const { poll } = watched.parts.drains;
    watched.lines.length = 0;
    await poll?.run();
    await db.query('UPDATE feeds SET next_check_at = $1', [NOW]);
    await poll?.run();
    const said = `the database's disk is full: could not extend file "base/5/16411": No space left on device`;
    expect(await watched.problems()).toEqual([`the step "poll" fails: ${said}`]);
    const errors = watched.lines.filter(({ level }) => Number(level) >= 40);
    expect(errors).toMatchObject([{ level: 50, step: 'poll', error: said }]);

    await db.query('DROP TRIGGER full_disk ON articles');
    await db.query('UPDATE feeds SET next_check_at = $1', [NOW]);
    await poll?.run();
    expect(await watched.problems()).toEqual([]);
    expect(await db.query('SELECT id FROM articles')).toHaveLength(3);
    expect(watched.lines.map(({ msg }) => msg)).toContain('step works again');
  });
});

describe('a process whose model cannot be loaded', () => {
  it('says why, in the words of the model', async () => {
    const model = mkdtempSync(join(tmpdir(), 'rasid-model-'));
    const shipped = fileURLToPath(new URL('../../models', import.meta.url));
    for (const file of ['heads.json', 'idf.bin', 'ngrams.bin'])
      cpSync(join(shipped, file), join(model, file));
    const broken = await openWatchedProcess({ databaseUrl: database.url, model });
    const feed = await makeFeed(database.db);
    await saveArticles(database.db, feed.id, [makeArticle()], NOW);
    expect(await broken.problems()).toEqual([]);
    await broken.parts.drains.analyse?.run();
    const problems = await broken.problems();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^the model does not work: \S/);
    await broken.close();
    rmSync(model, { recursive: true });
  });
});

describe('a database that is away', () => {
  it('is said, and one that is too busy to answer too', async () => {
    const lost = await openTestDatabase();
    const process = await openWatchedProcess({ databaseUrl: lost.url });
    await lost.db.transaction(async (tx) => {
      await tx.query('LOCK TABLE feeds IN ACCESS EXCLUSIVE MODE');
      expect(await process.problems()).toEqual(['the database does not answer in time']);
    });
    expect(await process.problems()).toEqual([]);
    await process.parts.db.close();
    expect(await process.problems()).toEqual([
      expect.stringMatching(/^the database does not answer: /),
    ]);
    expect((await process.ask('/health')).status).toBe(200);
    await process.close();
    await lost.close();
  });
});

describe('the log', () => {
  it('is told of a problem once when it begins, and once that it is over', async () => {
    const lines: string[] = [];
    let problems: Problem[] = [];
    const note = (level: string) => (_fields: object, text: string) =>
      void lines.push(`${level}: ${text}`);
    const look = createReadinessWatch(async () => problems, {
      info: note('info'),
      warn: note('warn'),
    });
    await look();
    problems = [{ code: 'late-analyse', text: '2 articles wait' }];
    await look();
    problems = [
      { code: 'late-analyse', text: '3 articles wait' },
      { code: 'discord', text: 'Discord is not connected' },
    ];
    await look();
    await look();
    problems = [];
    await look();
    await look();
    expect(lines).toEqual([
      'warn: 2 articles wait',
      'warn: Discord is not connected',
      'info: over: 3 articles wait',
      'info: over: Discord is not connected',
    ]);
  });
});
