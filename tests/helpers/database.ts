/**
 * A database of its own for a test file, copied from the migrated template: real Postgres, tables and queues in place, no rows.
 *
 *   const database = useTestDatabase();            // at the top of a describe or of the file
 *   it('…', async () => { await syncCatalogue(database.db, […], now); });
 *
 * All tests under it share its rows; `beforeEach(() => database.clear())` begins each with none, and is much faster than a database for
 * each. For one beside it: `await openTestDatabase()`, and `close()` at the end. `url` is for a program that opens the database itself
 * (DATABASE_URL).
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Database } from '../../src/store/db.ts';
import { openDatabase } from '../../src/store/open-database.ts';
// For the type of inject('postgres').
import type {} from './start-postgres.ts';

export interface TestDatabase {
  db: Database;
  /** For a second connection or process, as DATABASE_URL. */
  url: string;
  /** Deletes every row. */
  clear(): Promise<void>;
  /** Closes `db` and drops the database, whoever is connected to it. */
  close(): Promise<void>;
}

export async function openTestDatabase(options: { poolSize?: number } = {}): Promise<TestDatabase> {
  const { serverUrl, template } = inject('postgres');
  const name = `rasid_test_${randomBytes(6).toString('hex')}`;
  await runOnServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const db = await openDatabase({
    databaseUrl: url.href,
    dataDir: '',
    log: () => undefined,
    poolSize: options.poolSize ?? 5,
  });
  return {
    db,
    url: url.href,
    async clear() {
      // What belongs to these goes with them.
      for (const table of [
        'subscriptions',
        'articles',
        'stories',
        'feeds',
        'guild_settings',
        'pgboss.job',
        'refused_requests',
      ]) {
        await db.query(`DELETE FROM ${table}`);
      }
    },
    async close() {
      await db.close();
      await runOnServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** Opens a test database before all tests of the file or `describe`, and drops it after them. */
export function useTestDatabase(options: { poolSize?: number } = {}): TestDatabase {
  let opened: TestDatabase | null = null;
  beforeAll(async () => {
    opened = await openTestDatabase(options);
  });
  afterAll(async () => {
    await opened?.close();
  });
  const current = () => {
    if (!opened) throw new Error('the test database is open in tests and hooks only');
    return opened;
  };
  return {
    get db() {
      return current().db;
    },
    get url() {
      return current().url;
    },
    clear: () => current().clear(),
    close: () => current().close(),
  };
}

async function runOnServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** The same database, which notes what it is asked. */
export function recording(db: Database, asked: string[]): Database {
  return {
    ...db,
    query: (sql, ...rest) => {
      asked.push(sql);
      return db.query(sql, ...rest);
    },
  };
}
