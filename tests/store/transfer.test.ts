import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runExport, runImport } from '../../src/commands/transfer.ts';
import { defaultGuildSettings } from '../../src/domain/subscription.ts';
import { composeNextDigest } from '../../src/pipeline/compose-digests.ts';
import { markClustered } from '../../src/store/article-store.ts';
import type { Database } from '../../src/store/db.ts';
import { recordFetch } from '../../src/store/feed-store.ts';
import { lockNextMessage, recordAttempt, saveDigest } from '../../src/store/outbox-store.ts';
import { saveGuildSettings } from '../../src/store/settings-store.ts';
import { addToStory, createStory } from '../../src/store/story-store.ts';
import { listSubscriptions } from '../../src/store/subscription-store.ts';
import { LABELLED } from '../../src/store/transfer-export.ts';
import { LEFT_OUT, TRANSFER_TABLES } from '../../src/store/transfer-tables.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import {
  makeAnalysedArticles,
  makeDigest,
  makeFeed,
  makeSubscription,
  minutesLater,
  NOW,
} from './rows.ts';

let origin: TestDatabase;
let target: TestDatabase;
let folder: string;

beforeAll(async () => {
  [origin, target] = await Promise.all([openTestDatabase(), openTestDatabase()]);
  folder = await mkdtemp(join(tmpdir(), 'rasid-export-'));
  await fill(origin.db);
  await runExport({ ...at(origin), folder: join(folder, 'whole') });
});
beforeEach(() => target.clear());
afterAll(async () => {
  await Promise.all([origin.close(), target.close()]);
  await rm(folder, { recursive: true });
});

const at = (database: TestDatabase) => ({
  config: { databaseUrl: database.url, dataDir: '' },
  log: () => undefined,
});
const importInto = (database: TestDatabase, name = 'whole') =>
  runImport({ ...at(database), folder: join(folder, name) });

/** Two stories, one of them posted and one still to come; a title with every end of a line; a message on its way. */
async function fill(db: Database): Promise<void> {
  const feed = await makeFeed(db, { url: 'https://paper.example/rss' });
  await recordFetch(
    db,
    feed.id,
    {
      ...{ status: 'failing', httpStatus: 500, error: 'HTTP 500', lastModified: null },
      ...{ etag: '"v7"', nextCheckAt: minutesLater(60), movedTo: null, succeeded: false },
    },
    NOW,
  );
  await saveGuildSettings(
    db,
    { ...defaultGuildSettings('guild'), language: 'ar', timezone: 'Asia/Amman', threshold: 0.4 },
    NOW,
  );
  const daily = await makeSubscription(db, { sources: [], language: 'both', topics: [] });
  const [old = '', fresh = '', told = ''] = await makeAnalysedArticles(db, [
    { article: { title: 'Old news', canonicalUrl: 'https://news.example/old' } },
    { article: { title: 'اختراق\u2028جديد', canonicalUrl: 'https://news.example/fresh' } },
    {
      article: { canonicalUrl: 'https://news.example/told' },
      words: { arabic: 'بنك', english: '' },
    },
  ]);
  await db.transaction(async (tx) => {
    const first = await createStory(tx, old, minutesLater(1));
    const second = await createStory(tx, fresh, minutesLater(2));
    await addToStory(tx, second, told, minutesLater(3));
    await markClustered(tx, [old, fresh, told]);
    await saveDigest(tx, {
      ...{
        subscription: daily,
        dueAt: minutesLater(-60),
        storyIds: [first],
        now: NOW,
        roleId: null,
        silent: false,
      },
      messages: [makeDigest()],
    });
    const message = await lockNextMessage(tx, NOW);
    await recordAttempt(tx, message?.id ?? '', NOW);
    await tx.query(
      `INSERT INTO story_corrections (article_id, other_id, verdict, made_at) VALUES ($1, $2, 'apart', $3)`,
      [old, told, NOW],
    );
    await tx.query(
      `INSERT INTO stories (created_at, updated_at, last_published_at, merged_into) VALUES ($1, $1, $1, $2)`,
      [minutesLater(-1), first],
    );
    for (const [story, user, vote] of [
      [first, 'a', 'not-cyber'],
      [first, 'b', 'not-cyber'],
      [first, 'c', 'relevant'],
      [second, 'a', 'not-cyber'],
      [second, 'b', 'relevant'],
    ]) {
      await tx.query(
        `INSERT INTO votes (guild_id, story_id, user_id, vote, voted_at, account_created_at)
         VALUES ('guild', $1, $2, $3, $4, $4)`,
        [story, user, vote, NOW],
      );
    }
  });
}

/** What the next digest of every subscription says, once it is due. */
async function composeAll(db: Database): Promise<unknown[]> {
  const deps = { db, queue: { wake: async () => undefined }, threshold: 0.5 };
  while (await composeNextDigest(deps, () => minutesLater(30)));
  return db.query('SELECT digest, channel_id, guild_id, position FROM outbox ORDER BY id');
}

async function contents(db: Database): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const { name } of TRANSFER_TABLES) {
    rows[name] = await db.query(`SELECT * FROM ${name} t ORDER BY to_jsonb(t)::text`);
  }
  return rows;
}

describe('an export', () => {
  it('decides about every table that there is', async () => {
    const tables = await origin.db.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const decided = [...TRANSFER_TABLES.map(({ name }) => name), ...Object.keys(LEFT_OUT)];
    expect(tables.map(({ name }) => name).sort()).toEqual(decided.sort());
  });

  it('is one file for each table, each saying what it is, for no one else to read', async () => {
    const names = await readdir(join(folder, 'whole'));
    const tables = [...TRANSFER_TABLES.map(({ name }) => name), LABELLED];
    expect(names.sort()).toEqual(tables.map((name) => `${name}.jsonl`).sort());
    const lines = await readExport('articles');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ format: 1, table: 'articles', rows: 3 });
    expect(lines).toHaveLength(4);
  });

  it('gives what readers called "not cyber" as rows for training', async () => {
    const [row, ...others] = (await readExport(LABELLED)).map((line) => JSON.parse(line));
    expect(row).toMatchObject({ label: 'not_cyber', lang: 'en', title: 'Old news', votes: 2 });
    expect(others).toEqual([]);
  });

  it('is not written over another', async () => {
    const again = runExport({ ...at(origin), folder: join(folder, 'whole') });
    await expect(again).rejects.toThrow(/holds an export already/);
  });
});

describe('a folder for an export that cannot be made', () => {
  it.runIf(existsSync('/proc/self'))('is refused in one line, at once', async () => {
    await expect(runExport({ ...at(origin), folder: '/proc/rasid/export' })).rejects.toMatchObject({
      code: 'unwritable-file',
      message: expect.stringMatching(/^\/proc\/rasid\/export cannot be written: ENOENT/),
    });
  });
});

describe('an import', () => {
  it('into an empty database gives the same rows, to the last digit', async () => {
    expect(await importInto(target)).toBe(0);
    expect(await contents(target.db)).toEqual(await contents(origin.db));
  });

  it('gives the same next digests, and posts nothing a second time', async () => {
    await importInto(target);
    const [copy, original] = [await openCopy(), origin];
    await importInto(copy);
    const digests = await composeAll(copy.db);
    expect(JSON.stringify(digests)).toContain('اختراق');
    expect(JSON.stringify(digests)).not.toContain('Old news');
    await importInto(target);
    expect(await composeAll(target.db)).toEqual(digests);
    expect(digests).toHaveLength(2);
    await copy.close();
    expect(await listSubscriptions(original.db, 'guild')).toHaveLength(1);
  });

  it('goes on counting after the ids that came with it', async () => {
    await importInto(target);
    await makeSubscription(target.db);
    await makeAnalysedArticles(target.db, [{}]);
    expect(await listSubscriptions(target.db, 'guild')).toHaveLength(2);
  });

  it('can be repeated, and changes nothing', async () => {
    await importInto(target);
    const before = await contents(target.db);
    await importInto(target);
    expect(await contents(target.db)).toEqual(before);
  });

  it('joins what is there already, under other ids', async () => {
    const db = target.db;
    const [other = '', fresh = ''] = await makeAnalysedArticles(db, [
      { article: { canonicalUrl: 'https://news.example/other' } },
      { article: { canonicalUrl: 'https://news.example/fresh', title: 'As read here' } },
    ]);
    await db.transaction(async (tx) => {
      await createStory(tx, other, NOW);
      await createStory(tx, fresh, NOW);
    });
    await importInto(target);
    const rows = await db.query<{ url: string; story: string; title: string }>(
      'SELECT canonical_url AS url, story_id AS story, title FROM articles ORDER BY canonical_url',
    );
    const [inFresh, , , inTold] = rows;
    expect(rows.map((row) => row.url.split('/').at(-1))).toEqual(['fresh', 'old', 'other', 'told']);
    expect(inFresh?.title).toBe('As read here');
    expect(inTold?.story).toBe(inFresh?.story);
    expect(new Set(rows.map((row) => row.story)).size).toBe(3);
  });

  it('does not turn back what has gone on since', async () => {
    await importInto(target);
    await target.db.query('UPDATE subscriptions SET covered_until = $1, paused = true', [
      minutesLater(600),
    ]);
    await importInto(target);
    const [subscription] = await listSubscriptions(target.db, 'guild');
    expect(subscription).toMatchObject({ coveredUntil: minutesLater(600), paused: true });
  });

  it.each([
    ['a line that is no JSON', '{"id": 9', /articles\.jsonl line 5: .*JSON/],
    ['a value that does not fit', '{"id": 9, "feed_id": "x"}', /articles\.jsonl line 5: .*bigint/],
    ['a reference to nothing', '{"id": 9, "feed_id": 77}', /articles\.jsonl line 5: .*null/],
    ['a list', '[]', /line 5: this is not a JSON object/],
  ])('with %s says where, and imports nothing', async (name, line, message) => {
    await copyExport(name);
    await appendFile(join(folder, name, 'articles.jsonl'), `${line}\n`);
    await expect(importInto(target, name)).rejects.toThrow(message);
    expect(Object.values(await contents(target.db)).flat()).toEqual([]);
  });

  it('of a file that was cut off says so', async () => {
    await copyExport('cut');
    const lines = await readExport('stories');
    await writeFile(join(folder, 'cut', 'stories.jsonl'), lines.slice(0, -1).join('\n'));
    await expect(importInto(target, 'cut')).rejects.toThrow(
      'stories.jsonl line 3: 3 rows were written and 2 are there; nothing was imported',
    );
  });

  it('of what a later Rasid wrote is refused', async () => {
    await copyExport('later');
    const lines = await readExport('feeds');
    const header = { ...JSON.parse(lines[0] ?? ''), columns: ['id', 'mood'] };
    const text = [JSON.stringify(header), ...lines.slice(1)].join('\n');
    await writeFile(join(folder, 'later', 'feeds.jsonl'), text);
    await expect(importInto(target, 'later')).rejects.toThrow(/a later Rasid.*\(mood\)/);
  });

  it('of a folder without an export is refused in one line', async () => {
    await expect(importInto(target, 'nothing')).rejects.toThrow(/there is no export in/);
  });
});

async function openCopy(): Promise<TestDatabase> {
  return openTestDatabase();
}

async function readExport(table: string): Promise<string[]> {
  const text = await readFile(join(folder, 'whole', `${table}.jsonl`), 'utf8');
  return text.split('\n').slice(0, -1);
}

async function copyExport(name: string): Promise<void> {
  await runExport({ ...at(origin), folder: join(folder, name) });
}
