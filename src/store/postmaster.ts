import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodeOf } from './store-errors.ts';

/** A running server, as its own `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number;
  port: number;
  /** The folder of its unix socket; empty when it has none. */
  socketFolder: string;
}

/**
 * Reads who runs the cluster. The file alone proves nothing: after a crash or a restart of the machine its number may be nobody's, or
 * another program's.
 * @returns null when no server runs, or its file is not complete yet.
 */
export function findPostmaster(cluster: string): Postmaster | null {
  const lines = readPidFile(cluster);
  // pid, data folder, start time, port, socket folder, address, …
  const [pid, , , port, socketFolder] = lines;
  if (!pid || !port || socketFolder === undefined) return null;
  if (!isPostmasterOf(Number(pid), cluster)) return null;
  return { pid: Number(pid), port: Number(port), socketFolder };
}

/**
 * Removes a pid file whose number has gone to another program, as easily happens in a container: if that runs as the same user,
 * Postgres would refuse to start for ever. A number that is nobody's is left to Postgres, which knows what to do.
 */
export function clearStalePidFile(cluster: string): void {
  const [pid, , , port, socketFolder] = readPidFile(cluster);
  if (!pid || !isAlive(Number(pid)) || isPostmasterOf(Number(pid), cluster)) return;
  if (socketFolder) {
    const socket = join(socketFolder, `.s.PGSQL.${port}`);
    rmSync(socket, { force: true });
    rmSync(`${socket}.lock`, { force: true });
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/**
 * Ends what a killed server has left behind: its processes notice by themselves that it is gone, but one that recovers from an earlier
 * crash only after seconds, and no new server starts before. Elsewhere than on Linux they are waited for.
 */
export function endOrphans(cluster: string): void {
  if (process.platform !== 'linux') return;
  const workers = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && worksIn(pid, cluster))
    .map((pid) => ({ pid, ...readProcess(pid) }));
  const known = new Set(workers.map((worker) => worker.pid));
  for (const { pid, parent, title } of workers) {
    // A server's children name themselves so; one whose parent works here too still has its server.
    if (title.startsWith('postgres: ') && !known.has(parent)) kill(pid);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}

function readProcess(pid: number): { parent: number; title: string } {
  try {
    // "pid (name) state parent …": the name may hold anything, the last parenthesis ends it.
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    const title = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return { parent: Number(status.split(' ')[1]), title };
  } catch {
    return { parent: 0, title: '' };
  }
}

function readPidFile(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Whether this process is alive and serves this cluster. */
function isPostmasterOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') return worksIn(pid, cluster);
  if (process.platform === 'win32') return true;
  return commandOf(pid).includes(cluster);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // Nobody's, or another user's: the server of this cluster runs as our user, or we are root.
    return false;
  }
}

/** A server works in the folder of its cluster. */
function worksIn(pid: number, cluster: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
