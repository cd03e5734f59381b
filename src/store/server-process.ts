import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';
import type { ServerHome } from './server-home.ts';
import { listenSettings, type Transport } from './server-transport.ts';

/** A server that was started here; it may go on when this process ends. */
export interface ServerProcess {
  hasEnded(): boolean;
  /** Why it ended or could not be started; empty when it did not say, as when it was killed. */
  complaint(): string;
}

/** A log that has grown beyond this is begun again at the next start. */
const MAX_LOG_BYTES = 4 * 1024 * 1024;

const STOP_TIMEOUT_MS = 30_000;
const LOOK_AGAIN_MS = 20;

/**
 * Small, and as durable as Postgres is by default (fsync stays on). Measured on this setting: some 37 MB for all processes together.
 * Workers for parallel queries and I/O would cost memory and win nothing at this size.
 */
const SETTINGS: Record<string, string> = {
  cluster_name: 'rasid',
  shared_buffers: '16MB',
  max_connections: '100',
  max_wal_size: '256MB',
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
  // After a crash: one call for the whole file system instead of one for each of a thousand files.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
};

/** How a program of the server is run: as its user, and with nothing of our environment, which holds secrets. */
export function asServerUser(home: ServerHome) {
  return {
    ...(home.account ? { uid: home.account.uid, gid: home.account.gid } : {}),
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
  };
}

/** Starts the server in a process group of its own: Ctrl-C in a terminal reaches the bot, which decides. */
export async function spawnServer(
  home: ServerHome,
  binaries: PostgresBinaries,
  transport: Transport,
): Promise<ServerProcess> {
  const settings = { ...SETTINGS, ...(await listenSettings(home, transport)) };
  const log = openLog(join(home.folder, 'postgres.log'));
  const server = spawn(
    binaries.postgres,
    [
      ...['-D', home.cluster],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      ...asServerUser(home),
      cwd: home.cluster,
      detached: true,
      stdio: ['ignore', log.descriptor, log.descriptor],
    },
  );
  closeSync(log.descriptor);
  let failure: Error | null = null;
  server.once('error', (error) => {
    failure = error;
  });
  server.unref();
  return {
    hasEnded: () => failure !== null || server.exitCode !== null || server.signalCode !== null,
    complaint: () => failure?.message ?? lastFatalLine(log.path, log.start),
  };
}

function openLog(path: string) {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_LOG_BYTES) truncateSync(path);
  return { path, start: size > MAX_LOG_BYTES ? 0 : size, descriptor: openSync(path, 'a', 0o600) };
}

/** What a server tells clients that come too early or stay too long is no reason of its own to end. */
const SAID_TO_CLIENTS = /the database system is|terminating connection|canceling/;

function lastFatalLine(path: string, start: number): string {
  const said = readFileSync(path).subarray(start).toString();
  const lines = said
    .split('\n')
    .filter((line) => /FATAL|PANIC|error while loading|: not found/.test(line))
    .filter((line) => !SAID_TO_CLIENTS.test(line));
  return lines.at(-1)?.replace(/^.*?(FATAL|PANIC):\s*/, '') ?? '';
}

/** Stops the server as fast as it can be stopped in order: transactions are rolled back, and nothing is left to recover. */
export async function stopServer(
  home: ServerHome,
  postmaster: Postmaster,
  pgCtl: () => string,
): Promise<void> {
  if (process.platform === 'win32') {
    await promisify(execFile)(pgCtl(), ['stop', '-D', home.cluster, '-m', 'fast']);
    return;
  }
  try {
    process.kill(postmaster.pid, 'SIGINT');
  } catch {
    return;
  }
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (findPostmaster(home.cluster)?.pid === postmaster.pid && Date.now() < deadline) {
    await sleep(LOOK_AGAIN_MS);
  }
}
