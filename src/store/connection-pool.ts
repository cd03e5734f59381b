import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { messageOf, StoreError } from '../domain/errors.ts';
import type { Database, Listener, Queryable } from './db.ts';
import { createListener } from './listener.ts';
import { takeLock } from './session-lock.ts';
import { isUnavailable, toStoreError } from './store-errors.ts';

/** Where the server is: a connection string, or a host (a folder: unix socket) with a port. */
export type ServerAddress = Pick<
  pg.ClientConfig,
  'connectionString' | 'host' | 'port' | 'user' | 'password' | 'database'
>;

export interface PoolOptions {
  /** Says where the server is; our own server is started by this when it does not run. @throws StoreError */
  locate(): Promise<ServerAddress>;
  poolSize: number;
  log(message: string): void;
}

/** Longer than any statement of Rasid takes; a hung one is cut off so that its rows are free again. */
const STATEMENT_TIMEOUT_MS = 120_000;

/** How long a caller waits for a free connection, or for the server to be back, before it is told to try later. */
const CONNECT_TIMEOUT_MS = 30_000;

/** Connections that Rasid's processes open are known by this name in `pg_stat_activity`. */
const APPLICATION_NAME = 'rasid';

/** The settings that every connection of Rasid shares. */
export function connectionSettings(address: ServerAddress): pg.ClientConfig {
  return {
    ...address,
    application_name: APPLICATION_NAME,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  };
}

/**
 * A pool that outlives its server: when the server is gone, the next caller has it located (for our own server: started) again,
 * and what was under way fails with a retryable StoreError. Values: int8 is a string, timestamptz a Date, jsonb its value.
 */
export function createConnectionPool(options: PoolOptions): Database {
  const pools = createPoolHolder(options);
  const listeners = new Set<Listener>();

  const connect = async (): Promise<pg.PoolClient> => {
    const pool = await pools.current();
    try {
      return await pool.connect();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      // Nothing was sent yet, so trying once more on a server that was found or started again repeats nothing.
      return (await pools.locateAgain()).connect();
    }
  };

  return {
    query: (sql, parameters, preparedName) =>
      withClient(connect, (client) => runQuery(client, sql, parameters, preparedName)),
    transaction: (work) => withClient(connect, (client) => runTransaction(client, work)),
    listen(channel, onMessage) {
      const listener = createListener({
        channel,
        onMessage,
        log: options.log,
        connect: async () => new pg.Client(connectionSettings(await options.locate())),
      });
      listeners.add(listener);
      return listener;
    },
    lock: (lock) =>
      takeLock(async () => new pg.Client(connectionSettings(await options.locate())), lock),
    async close() {
      await Promise.all([...listeners].map((listener) => listener.close()));
      await pools.close();
    },
  };
}

/** Holds the pool for the server's address of the day; it changes only where the server had to take another port. */
function createPoolHolder(options: PoolOptions) {
  let held: { address: ServerAddress; pool: pg.Pool } | null = null;
  let locating: Promise<pg.Pool> | null = null;
  let closed = false;

  const locate = async (): Promise<pg.Pool> => {
    if (closed) throw new StoreError('database-closed', 'the database was closed');
    const address = await options.locate();
    if (held && isDeepStrictEqual(held.address, address)) return held.pool;
    held?.pool.end().catch((error) => options.log(`closing lost connections: ${messageOf(error)}`));
    const pool = new pg.Pool({
      ...connectionSettings(address),
      max: options.poolSize,
      // One connection stays open while the process lives: it shows other processes that the server is still in use.
      min: 1,
      idleTimeoutMillis: 30_000,
    });
    // An idle connection that breaks is dropped by the pool; without a listener Node would end the process.
    pool.on('error', (error) => options.log(`database connection lost: ${error.message}`));
    held = { address, pool };
    return pool;
  };

  /** One search at a time, whoever asks. */
  const locateAgain = (): Promise<pg.Pool> => {
    locating ??= locate().finally(() => {
      locating = null;
    });
    return locating;
  };

  return {
    current: () => (held && !closed ? Promise.resolve(held.pool) : locateAgain()),
    locateAgain,
    async close() {
      if (closed) return;
      closed = true;
      await locating?.catch(() => undefined);
      await held?.pool.end();
    },
  };
}

async function withClient<T>(
  connect: () => Promise<pg.PoolClient>,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  let client: pg.PoolClient;
  try {
    client = await connect();
  } catch (error) {
    throw toStoreError(error);
  }
  // A connection that breaks between two statements of a transaction says so here; the next statement fails by itself.
  const ignoreLoss = () => undefined;
  client.on('error', ignoreLoss);
  let broken = true;
  try {
    const result = await work(client);
    broken = false;
    return result;
  } catch (error) {
    // A script that failed half-way may have left its BEGIN open, and the connection's own word for that comes after the error.
    broken = isUnavailable(error) || !(await rollBack(client));
    throw error;
  } finally {
    client.off('error', ignoreLoss);
    client.release(broken);
  }
}

/** @returns false where the connection is of no use any more. Outside a transaction it does nothing. */
async function rollBack(client: pg.ClientBase): Promise<boolean> {
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
}

async function runQuery<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  sql: string,
  parameters?: unknown[],
  preparedName?: string,
): Promise<Row[]> {
  try {
    const result: pg.QueryResult<Row> | pg.QueryResult<Row>[] = await client.query<Row>({
      text: sql,
      ...(parameters && { values: parameters }),
      ...(preparedName && { name: preparedName }),
    });
    // A script of several statements has several results; the last one speaks for it.
    return (Array.isArray(result) ? result.at(-1)?.rows : result.rows) ?? [];
  } catch (error) {
    throw toStoreError(error);
  }
}

async function runTransaction<T>(
  client: pg.ClientBase,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  await runQuery(client, 'BEGIN');
  try {
    const result = await work({
      query: (sql, parameters, preparedName) => runQuery(client, sql, parameters, preparedName),
    });
    await commit(client);
    return result;
  } catch (error) {
    // When the connection is lost, the server rolls back by itself.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function commit(client: pg.ClientBase): Promise<void> {
  const { command } = await client.query('COMMIT').catch((error) => {
    throw toStoreError(error);
  });
  // Postgres answers ROLLBACK, without an error, when a statement of the transaction had failed and its error was swallowed.
  if (command !== 'COMMIT') {
    throw new StoreError(
      'database-refused',
      'the transaction was rolled back: a statement in it had failed',
    );
  }
}
