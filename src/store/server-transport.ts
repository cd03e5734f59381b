import { createHash, randomBytes } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../domain/errors.ts';
import type { ServerAddress } from './connection-pool.ts';
import type { Postmaster } from './postmaster.ts';
import type { ServerHome } from './server-home.ts';
import { errorCodeOf } from './store-errors.ts';

/** How processes reach our own server: a unix socket in a folder that only its user may enter, or loopback TCP with a password. */
export type Transport = 'socket' | 'tcp';

/** The only role and database of our own server. */
export const SERVER_USER = 'rasid';
const SERVER_DATABASE = 'postgres';

/** Only names the socket's file. */
const SOCKET_PORT = 5432;

/** Room for a socket's path in `sockaddr_un`, without the closing zero: 107 bytes on Linux, 103 elsewhere. */
const MAX_SOCKET_PATH = process.platform === 'linux' ? 107 : 103;

function passwordFile(home: ServerHome): string {
  return join(home.folder, 'postgres.password');
}

/** The password of a server that is reached by TCP; null before it has one, and for a socket. */
export function readSecret(home: ServerHome): string | null {
  try {
    return readFileSync(passwordFile(home), 'utf8').trim();
  } catch {
    return null;
  }
}

export function serverAddress(
  postmaster: Postmaster,
  transport: Transport,
  password: string | null,
): ServerAddress {
  const common = { user: SERVER_USER, database: SERVER_DATABASE, port: postmaster.port };
  if (transport === 'socket') return { ...common, host: postmaster.socketFolder };
  return { ...common, host: '127.0.0.1', ...(password === null ? {} : { password }) };
}

/** The server's settings that decide where it listens. */
export async function listenSettings(
  home: ServerHome,
  transport: Transport,
): Promise<Record<string, string>> {
  if (transport === 'tcp') {
    return {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port: String(await findFreePort()),
    };
  }
  return {
    listen_addresses: '',
    unix_socket_directories: socketFolder(home),
    unix_socket_permissions: '0700',
    port: String(SOCKET_PORT),
  };
}

/**
 * The cluster's own folder; where its path is too long for a socket, a private one in the folder for temporary files. Others find it
 * by `postmaster.pid`.
 */
function socketFolder(home: ServerHome): string {
  const path = join(home.cluster, `.s.PGSQL.${SOCKET_PORT}`);
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH) return home.cluster;
  const digest = createHash('sha256').update(home.cluster).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `rasid-${digest}`);
  try {
    mkdirSync(folder, { mode: 0o700 });
    if (home.account) chownSync(folder, home.account.uid, home.account.gid);
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error;
  }
  // Anybody may make folders there: one that is not ours, or open to others, would hand them the database.
  const { uid, mode } = lstatSync(folder);
  if (uid !== (home.account?.uid ?? process.getuid?.()) || (mode & 0o170077) !== DIRECTORY) {
    throw new StoreError(
      'data-folder-unusable',
      `${home.folder} is too long a path for a socket and ${folder} belongs to somebody else: set RASID_DATA_DIR to a shorter path`,
    );
  }
  return folder;
}

/** The file type of a folder in a mode (S_IFDIR). */
const DIRECTORY = 0o040000;

/** The file with the password of a server that is reached by TCP, made when there is none. */
export function ensurePassword(home: ServerHome): string {
  const file = passwordFile(home);
  try {
    writeFileSync(file, randomBytes(24).toString('base64url'), { flag: 'wx', mode: 0o600 });
    // The server's user has to read it when it makes the cluster.
    if (home.account) chownSync(file, home.account.uid, home.account.gid);
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error;
  }
  return file;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
