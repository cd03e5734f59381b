import { StoreError } from '../domain/errors.ts';
import { createConnectionPool } from './connection-pool.ts';
import type { Database } from './db.ts';
import { createEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { installQueue } from './queue.ts';

export interface OpenOptions {
  /** A Postgres of the operator's own, 15 or newer; null: Rasid's own in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  log(message: string): void;
  /** Connections of this process; 10 unless given. */
  poolSize?: number;
}

/** `UNIQUE NULLS NOT DISTINCT` came with 15. */
const OLDEST_MAJOR = 15;

/**
 * Opens the database, started and brought up to date where needed. `close` stops our own server unless another process uses it.
 * @throws StoreError with one line that says what to do.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { databaseUrl, log } = options;
  const server =
    databaseUrl === null ? createEmbeddedPostgres({ dataDir: options.dataDir, log }) : null;
  const pool = createConnectionPool({
    locate: async () => (server ? server.locate() : { connectionString: databaseUrl ?? '' }),
    poolSize: options.poolSize ?? 10,
    log,
  });
  const db: Database = {
    ...pool,
    async close() {
      await pool.close();
      await server?.close();
    },
  };
  try {
    await checkServer(db);
    await migrate(db);
    await installQueue(db);
    return db;
  } catch (error) {
    // What went wrong first is what the operator has to hear.
    await db.close().catch(() => undefined);
    throw error;
  }
}

async function checkServer(db: Database): Promise<void> {
  const [server] = await db.query<{ version: string; number: number; encoding: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
            current_setting('server_encoding') AS encoding`,
  );
  if (server && server.number < OLDEST_MAJOR * 10_000) {
    throw new StoreError(
      'database-too-old',
      `DATABASE_URL leads to Postgres ${server.version}: Rasid needs ${OLDEST_MAJOR} or newer`,
    );
  }
  if (server && server.encoding !== 'UTF8') {
    throw new StoreError(
      'database-encoding',
      `the database of DATABASE_URL has the encoding ${server.encoding}, which cannot hold Arabic: make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`,
    );
  }
}
