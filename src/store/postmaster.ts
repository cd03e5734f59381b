import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
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
 * Removes the file of a server that is gone. Postgres does so by itself, except when the number has gone to another program of the
 * same user, as it easily does in a container: then it would refuse to start for ever.
 */
export function clearStalePidFile(cluster: string): void {
  const [pid, , , port, socketFolder] = readPidFile(cluster);
  if (!pid || isPostmasterOf(Number(pid), cluster)) return;
  if (socketFolder) {
    const socket = join(socketFolder, `.s.PGSQL.${port}`);
    rmSync(socket, { force: true });
    rmSync(`${socket}.lock`, { force: true });
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
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
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch {
    // Nobody's, or another user's: the server of this cluster runs as our user, or we are root.
    return false;
  }
  if (process.platform === 'linux') return worksIn(pid, cluster);
  if (process.platform === 'win32') return true;
  return commandOf(pid).includes(cluster);
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
