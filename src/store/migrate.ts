import { StoreError } from '../domain/errors.ts';
import type { Database, Queryable } from './db.ts';
import { initial } from './migrations/0001-initial.ts';
import { searchAndSources } from './migrations/0002-search-and-sources.ts';
import { channelUpkeep } from './migrations/0003-channel-upkeep.ts';
import { retention } from './migrations/0004-retention.ts';
import { storyCorrections } from './migrations/0005-story-corrections.ts';
import { overload } from './migrations/0006-overload.ts';
import { refusedRequests } from './migrations/0007-refused-requests.ts';

export interface Migration {
  /** 1, 2, 3, … without gaps. */
  version: number;
  name: string;
  sql: string;
}

/** Every change of the tables, oldest first. A published one is never edited: a further one corrects it. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  searchAndSources,
  channelUpkeep,
  retention,
  storyCorrections,
  overload,
  refusedRequests,
];

/** Any number that nothing else in this database locks; "rasid" in ASCII. */
const SETUP_LOCK = '0x7261736964';

/** Until the transaction ends no other process makes or changes tables: several may start at once. */
export async function lockSetup(tx: Queryable): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(${Number(SETUP_LOCK)})`);
}

/**
 * Brings the tables up to date. Each migration and its record are one transaction, so a failed one leaves the state before it; an
 * advisory lock lets several processes start at once.
 * @returns the versions that were applied.
 * @throws StoreError `database-newer` when a later Rasid has used this database, `migration-failed` naming the migration.
 */
export async function migrate(
  db: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number[]> {
  const applied: number[] = [];
  for (const migration of migrations) {
    const fresh = await db.transaction((tx) => applyOnce(tx, migration, migrations.length));
    if (fresh) applied.push(migration.version);
  }
  return applied;
}

/** @returns false when the migration had been applied before. */
async function applyOnce(tx: Queryable, migration: Migration, newest: number): Promise<boolean> {
  await lockSetup(tx);
  const version = await currentVersion(tx);
  if (version > newest) {
    throw new StoreError(
      'database-newer',
      `the database is at version ${version} and this Rasid knows ${newest}: a later Rasid has used it; start that one, or restore a backup`,
    );
  }
  if (version >= migration.version) return false;
  try {
    await tx.query('SET LOCAL statement_timeout = 0');
    await tx.query(migration.sql);
    await tx.query('INSERT INTO rasid_migrations (version, name) VALUES ($1, $2)', [
      migration.version,
      migration.name,
    ]);
  } catch (error) {
    if (error instanceof StoreError && error.retryable) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(
      'migration-failed',
      `migration ${migration.version} (${migration.name}) failed and was undone: ${reason}`,
      { cause: error },
    );
  }
  return true;
}

async function currentVersion(tx: Queryable): Promise<number> {
  await tx.query(
    `CREATE TABLE IF NOT EXISTS rasid_migrations (
       version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
     )`,
  );
  const [row] = await tx.query<{ version: number }>(
    'SELECT coalesce(max(version), 0) AS version FROM rasid_migrations',
  );
  return row?.version ?? 0;
}
