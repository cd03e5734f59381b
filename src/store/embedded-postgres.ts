import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StoreError } from '../domain/errors.ts';
import { connectionSettings, type ServerAddress } from './connection-pool.ts';
import { createCluster } from './create-cluster.ts';
import { preparePostgresBinaries } from './postgres-binaries.ts';
import { clearStalePidFile, endOrphans, findPostmaster } from './postmaster.ts';
import { prepareServerHome } from './server-home.ts';
import { type ServerProcess, spawnServer, stopServer } from './server-process.ts';
import { readSecret, serverAddress, type Transport } from './server-transport.ts';
import { errorCodeOf, isUnavailable, toStoreError } from './store-errors.ts';

export interface EmbeddedPostgres {
  /** Where the server is; it is found running, or started. @throws StoreError */
  locate(): Promise<ServerAddress>;
  /** Stops the server unless another process uses it. Call it when the own connections are closed. */
  close(): Promise<void>;
}

/** Recovery after a power cut may take a while; what has not come up after this is given up until it is asked for again. */
const START_TIMEOUT_MS = 120_000;
const LOOK_AGAIN_MS = 20;

/** After a failed start the next one is not tried before this has passed, doubling up to a limit. */
const FIRST_BACK_OFF_MS = 500;
const MAX_BACK_OFF_MS = 5_000;

/** The name of the connection that asks who else is connected; those of several processes do not count each other. */
const CLOSING_NAME = 'rasid-closing';

/**
 * Rasid's own Postgres in `dataDir`. The server outlives this process, so that a killed bot finds it again as it was. Nothing needs a
 * lock between processes that start at once: a new cluster is moved into place whole, and of two servers Postgres lets one live.
 */
export function createEmbeddedPostgres(options: {
  dataDir: string;
  log(message: string): void;
  /** Tests choose; a unix socket, except on Windows. */
  transport?: Transport;
}): EmbeddedPostgres {
  const { log } = options;
  const transport = options.transport ?? (process.platform === 'win32' ? 'tcp' : 'socket');
  let starting: Promise<ServerAddress> | null = null;
  let failure: { error: StoreError; until: number; backOff: number } | null = null;

  const start = async (): Promise<ServerAddress> => {
    if (failure && Date.now() < failure.until) throw failure.error;
    try {
      const address = await startServer(options.dataDir, transport, log);
      failure = null;
      return address;
    } catch (error) {
      const backOff = Math.min((failure?.backOff ?? FIRST_BACK_OFF_MS / 2) * 2, MAX_BACK_OFF_MS);
      const storeError = toStoreError(error);
      failure = { error: storeError, until: Date.now() + backOff, backOff };
      throw storeError;
    }
  };

  return {
    locate() {
      starting ??= start().finally(() => {
        starting = null;
      });
      return starting;
    },
    async close() {
      await starting?.catch(() => undefined);
      const home = prepareServerHome(options.dataDir, log);
      const postmaster = findPostmaster(home.cluster);
      if (!postmaster) return;
      const address = serverAddress(postmaster, transport, readSecret(home));
      if (await isUsedByOthers(address)) return;
      await stopServer(home, postmaster, () => preparePostgresBinaries(home).pgCtl);
    },
  };
}

/** Finds the running server or starts one, and returns when it answers. */
async function startServer(
  dataDir: string,
  transport: Transport,
  log: (message: string) => void,
): Promise<ServerAddress> {
  const home = prepareServerHome(dataDir, log);
  const binaries = preparePostgresBinaries(home);
  await createCluster(home, binaries, transport);
  const deadline = Date.now() + START_TIMEOUT_MS;
  let server: ServerProcess | null = null;
  while (Date.now() < deadline) {
    const postmaster = findPostmaster(home.cluster);
    const address = postmaster && serverAddress(postmaster, transport, readSecret(home));
    if (address && (await answers(address))) return address;
    if (!postmaster && (server === null || (await mayStartAgain(server, home.cluster)))) {
      clearStalePidFile(home.cluster);
      server = await spawnServer(home, binaries, transport);
    }
    await sleep(LOOK_AGAIN_MS);
  }
  throw startFailure(server?.complaint() || 'it does not answer');
}

/** What a server says when another process was faster, the backends of a killed one are not gone yet, or its port was taken. */
const PASSING = /lock file|shared memory block|already in use|still running/i;

/** @returns false while it is starting. @throws StoreError when it ended for a reason that does not pass. */
async function mayStartAgain(server: ServerProcess, cluster: string): Promise<boolean> {
  if (!server.hasEnded()) return false;
  const complaint = server.complaint();
  if (complaint && !PASSING.test(complaint)) throw startFailure(complaint);
  endOrphans(cluster);
  await sleep(5 * LOOK_AGAIN_MS);
  return true;
}

function startFailure(reason: string): StoreError {
  return new StoreError('database-start-failed', `Postgres did not start: ${reason}`, {
    retryable: true,
  });
}

/** Whether the server takes connections; false while it starts, recovers or stops. @throws StoreError when it refuses this user. */
async function answers(address: ServerAddress): Promise<boolean> {
  const client = new pg.Client(connectionSettings(address));
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (isUnavailable(error) || errorCodeOf(error) === '') return false;
    throw toStoreError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isUsedByOthers(address: ServerAddress): Promise<boolean> {
  const client = new pg.Client({ ...connectionSettings(address), application_name: CLOSING_NAME });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ others: number }>(
      `SELECT count(*)::int AS others FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND application_name <> $1`,
      [CLOSING_NAME],
    );
    return (rows[0]?.others ?? 0) > 0;
  } catch {
    // A server that does not answer is on its way down or up for somebody else.
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}
