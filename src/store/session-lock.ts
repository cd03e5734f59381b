import type pg from 'pg';
import type { HeldLock } from './db.ts';
import { toStoreError } from './store-errors.ts';

/**
 * A lock lives as long as its connection. Without these the server would notice only after two hours that the machine of its holder
 * is gone, and nobody could take over.
 */
const KEEP_ALIVE =
  'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3';

/**
 * Takes an advisory lock on a connection of its own.
 * @param wait true: until it is free; false: gives null when another holds it.
 * @returns null also when `signal` was aborted meanwhile.
 * @throws StoreError `database-unavailable` (retryable)
 */
export async function takeLock(
  connect: () => Promise<pg.Client>,
  options: { key: number; wait: boolean; signal: AbortSignal },
): Promise<HeldLock | null> {
  const client = await connect();
  const lost = new Promise<void>((resolve) => {
    client.once('end', () => resolve());
  });
  client.on('error', () => undefined);
  const end = () => client.end().catch(() => undefined);
  options.signal.addEventListener('abort', end, { once: true });
  try {
    await client.connect();
    await client.query(`${KEEP_ALIVE}; SET statement_timeout = 0`);
    const held = await lock(client, options);
    if (held && !options.signal.aborted) return { lost, release: end };
    await end();
    return null;
  } catch (error) {
    await end();
    if (options.signal.aborted) return null;
    throw toStoreError(error);
  }
}

async function lock(
  client: pg.Client,
  { key, wait }: { key: number; wait: boolean },
): Promise<boolean> {
  if (wait) {
    await client.query('SELECT pg_advisory_lock($1)', [key]);
    return true;
  }
  const { rows } = await client.query<{ held: boolean }>(
    'SELECT pg_try_advisory_lock($1) AS held',
    [key],
  );
  return rows[0]?.held ?? false;
}
