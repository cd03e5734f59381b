import { beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../../src/store/migrate.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { useTestDatabase } from '../helpers/database.ts';

const next = MIGRATIONS.length + 1;
const database = useTestDatabase();

beforeEach(async () => {
  await database.db.query('DROP TABLE IF EXISTS added, half');
  await database.db.query('DELETE FROM rasid_migrations WHERE version >= $1', [next]);
});

const added = {
  version: next,
  name: 'added',
  sql: 'CREATE TABLE added (id int); CREATE INDEX ON added (id);',
};

describe('migrations', () => {
  it('are numbered without gaps', () => {
    expect(MIGRATIONS.map((migration) => migration.version)).toEqual(
      MIGRATIONS.map((_, index) => index + 1),
    );
  });

  it('are applied once, also when several processes start at the same time', async () => {
    const { db } = database;
    const runs = await Promise.all([1, 2, 3].map(() => migrate(db, [...MIGRATIONS, added])));
    expect(runs.flat()).toEqual([next]);
    expect(await migrate(db, [...MIGRATIONS, added])).toEqual([]);
    expect(await db.query('SELECT FROM added')).toEqual([]);
  });

  it('that fail leave the database as it was, and are named', async () => {
    const { db } = database;
    const broken = {
      version: next,
      name: 'broken',
      sql: 'CREATE TABLE half (id int); SELECT nonsense;',
    };
    await expect(migrate(db, [...MIGRATIONS, broken])).rejects.toMatchObject({
      code: 'migration-failed',
      message: expect.stringMatching(/broken.*undone.*nonsense/),
    });
    expect(await db.query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    expect(await migrate(db, [...MIGRATIONS, added])).toEqual([next]);
  });

  it('of a later Rasid are refused with one line', async () => {
    await database.db.query('INSERT INTO rasid_migrations (version, name) VALUES ($1, $2)', [
      next,
      'later',
    ]);
    const opened = openDatabase({ databaseUrl: database.url, dataDir: '', log: () => undefined });
    await expect(opened).rejects.toMatchObject({
      code: 'database-newer',
      message: expect.stringMatching(/a later Rasid has used it/),
    });
  });
});
