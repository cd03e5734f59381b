import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/open-database.ts';
import { useTestDatabase } from '../helpers/database.ts';

const database = useTestDatabase({ poolSize: 2 });
const open = (databaseUrl: string) =>
  openDatabase({ databaseUrl, dataDir: '', log: () => undefined });

describe('a database of the operator', () => {
  it('that does not answer is named in one line that says so', async () => {
    await expect(open('postgresql://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'database-unavailable',
      retryable: true,
      message: expect.stringMatching(/^the database is not reachable: .*ECONNREFUSED[^\n]*$/),
    });
  });

  it('that does not exist is refused, and trying again is said not to help', async () => {
    const url = new URL(database.url);
    url.pathname = '/not_there';
    await expect(open(url.href)).rejects.toMatchObject({
      code: 'database-refused',
      retryable: false,
      message: expect.stringMatching(/not_there.*does not exist/),
    });
  });

  it('that cannot hold Arabic is refused', async () => {
    const name = `latin_${process.pid}`;
    await database.db.query(
      `CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
    );
    const url = new URL(database.url);
    url.pathname = `/${name}`;
    try {
      await expect(open(url.href)).rejects.toMatchObject({ code: 'database-encoding' });
    } finally {
      await database.db.query(`DROP DATABASE ${name}`);
    }
  });
});

describe('a transaction', () => {
  it('is committed whole or not at all', async () => {
    const { db } = database;
    await db.query('CREATE TABLE things (id int PRIMARY KEY)');
    const failed = db.transaction(async (tx) => {
      await tx.query('INSERT INTO things VALUES (1)');
      await tx.query('INSERT INTO things VALUES (1)');
    });
    await expect(failed).rejects.toMatchObject({ code: 'duplicate', retryable: false });
    expect(await db.query('SELECT FROM things')).toEqual([]);
    expect(
      await db.transaction((tx) => tx.query('INSERT INTO things VALUES (2) RETURNING id')),
    ).toEqual([{ id: 2 }]);
  });

  it('whose failed statement was ignored says that nothing was kept', async () => {
    const { db } = database;
    const ignored = db.transaction(async (tx) => {
      await tx.query('SELECT nonsense').catch(() => undefined);
    });
    await expect(ignored).rejects.toMatchObject({ code: 'database-refused' });
  });

  it('whose connection is cut fails in a way that may be retried, and the pool goes on', async () => {
    const { db } = database;
    const cut = db.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await db.query('SELECT pg_terminate_backend($1)', [row?.pid]);
      await tx.query('SELECT 1');
    });
    await expect(cut).rejects.toMatchObject({ code: 'database-unavailable', retryable: true });
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('never inherits one that a failed script left open', async () => {
    const { db } = database;
    await expect(db.query('BEGIN; SELECT nonsense; COMMIT')).rejects.toMatchObject({
      code: 'database-refused',
    });
    const states = await Promise.all([1, 2].map(() => db.query('SELECT 1 AS one')));
    expect(states).toEqual([[{ one: 1 }], [{ one: 1 }]]);
  });

  it('is told by a deadlock that trying again helps', async () => {
    const { db } = database;
    await db.query('CREATE TABLE pair (id int PRIMARY KEY); INSERT INTO pair VALUES (1), (2)');
    const arrivals: (() => void)[] = [];
    /** Resolves when both have their first lock. */
    const bothHold = () =>
      new Promise<void>((resolve) => {
        arrivals.push(resolve);
        if (arrivals.length === 2) for (const arrive of arrivals) arrive();
      });
    const lock = (first: number, second: number) =>
      db.transaction(async (tx) => {
        await tx.query('SELECT FROM pair WHERE id = $1 FOR UPDATE', [first]);
        await bothHold();
        await tx.query('SELECT FROM pair WHERE id = $1 FOR UPDATE', [second]);
      });
    const results = await Promise.allSettled([lock(1, 2), lock(2, 1)]);
    const failures = results.filter((result) => result.status === 'rejected');
    expect(failures).toMatchObject([{ reason: { code: 'database-busy', retryable: true } }]);
  });
});

describe('values', () => {
  it('come as the program expects them', async () => {
    const [row] = await database.db.query(
      `SELECT 9007199254740993::bigint AS id, '2026-11-24T08:00:00Z'::timestamptz AS at, '{"a":[1]}'::jsonb AS data,
              '\\x01ff'::bytea AS bytes`,
    );
    expect(row).toEqual({
      id: '9007199254740993',
      at: new Date('2026-11-24T08:00:00Z'),
      data: { a: [1] },
      bytes: Buffer.from([1, 255]),
    });
  });
});
