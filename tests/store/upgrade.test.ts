import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeNextDigest } from '../../src/pipeline/compose-digests.ts';
import { findArticleByUrl, lockDiscoveredArticles } from '../../src/store/article-store.ts';
import type { Database } from '../../src/store/db.ts';
import { listFeeds } from '../../src/store/feed-store.ts';
import { MIGRATIONS } from '../../src/store/migrate.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { lockNextMessage } from '../../src/store/outbox-store.ts';
import { getGuildSettings } from '../../src/store/settings-store.ts';
import { listSubscriptions } from '../../src/store/subscription-store.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';

const FOLDER = new URL('../fixtures/databases/', import.meta.url);
const FIXTURES = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'));

/** When the rows of the fixtures were current. */
const NOW = new Date('2026-11-24T08:00:00Z');

describe.each(FIXTURES)('a database of version %s', (name) => {
  let fresh: TestDatabase;
  let old: TestDatabase;
  let db: Database;

  beforeAll(async () => {
    [fresh, old] = await Promise.all([openTestDatabase(), openTestDatabase()]);
    await old.db.query(
      'DROP SCHEMA pgboss CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public',
    );
    await old.db.query(readFileSync(new URL(name, FOLDER), 'utf8'));
    db = await openDatabase({ databaseUrl: old.url, dataDir: '', log: () => undefined });
  });
  afterAll(async () => {
    await db.close();
    await Promise.all([fresh.close(), old.close()]);
  });

  it('is brought up to date when it is opened', async () => {
    const rows = await db.query<{ version: number }>(
      'SELECT version FROM rasid_migrations ORDER BY version',
    );
    expect(rows.map((row) => row.version)).toEqual(MIGRATIONS.map(({ version }) => version));
  });

  it('has then the same tables, columns, checks and indexes as a new one', async () => {
    expect(await describeSchema(db)).toEqual(await describeSchema(fresh.db));
  });

  it('keeps its articles, and what was still to be read', async () => {
    const article = await findArticleByUrl(db, 'https://wakala.example/b');
    expect(article).toMatchObject({
      ...{ title: 'سرقة بيانات مصرف', feedName: 'وكالة', state: 'clustered', storyId: '1' },
      analysis: { severity: { level: 'high' }, cyber: { isCyber: true, score: 0.95 } },
    });
    const waiting = await db.transaction((tx) => lockDiscoveredArticles(tx, 9));
    expect(waiting.map((one) => one.title)).toEqual(['Not read yet']);
  });

  it('keeps what people entered', async () => {
    expect(await getGuildSettings(db, '100')).toMatchObject({
      ...{ language: 'ar', timezone: 'Asia/Amman', threshold: 0.4 },
      quietHours: { startMinutes: 1320, endMinutes: 360 },
    });
    expect(await listSubscriptions(db, '100')).toMatchObject([
      { channelId: '200', schedule: 'hourly', roleId: '400', paused: false },
      {
        channelId: '201',
        keyword: 'مصرف OR bank',
        sources: ['وكالة'],
        pauseReason: 'channel-gone',
      },
    ]);
    expect((await listFeeds(db, '100')).map((feed) => [feed.url, feed.etag])).toEqual([
      ['https://paper.example/rss2', '"v1"'],
      ['https://wakala.example/feed', null],
    ]);
  });

  it('goes on where it was: the message on its way first, then a digest of what was not posted yet', async () => {
    const message = await db.transaction((tx) => lockNextMessage(tx, NOW));
    expect(message).toMatchObject({ nonce: '2-ab', attempts: 1 });
    await db.query(
      'UPDATE guild_settings SET quiet_start_minutes = NULL, quiet_end_minutes = NULL',
    );
    const deps = { db, queue: { wake: async () => undefined }, threshold: 0.5 };
    while (await composeNextDigest(deps, () => NOW));
    const digests = await db.query<{ digest: object }>('SELECT digest FROM outbox WHERE id > 2');
    expect(digests).toHaveLength(1);
    expect(JSON.stringify(digests)).toContain('Ransomware at a port');
    expect(JSON.stringify(digests)).not.toContain('robbed');
  });
});

async function describeSchema(db: Database): Promise<unknown> {
  const columns = await db.query(
    `SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
     WHERE table_schema = 'public' ORDER BY table_name, column_name`,
  );
  const constraints = await db.query(
    `SELECT conrelid::regclass::text AS on, pg_get_constraintdef(oid) AS rule FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  const indexes = await db.query(
    `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexdef`,
  );
  return { columns, constraints, indexes };
}
