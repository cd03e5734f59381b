import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../domain/errors.ts';
import { makeFolder } from './make-folder.ts';
import {
  chooseServerAccount,
  ENTER,
  findClosedFolder,
  giveFolderTo,
  type ServerAccount,
} from './server-account.ts';
import { errorCodeOf } from './store-errors.ts';

/** Where the server of one data folder lives, and as whom. */
export interface ServerHome {
  /** Holds the cluster, the log, and a copy of the binaries where one is needed. */
  folder: string;
  /** The cluster itself (PGDATA), with the socket in it. */
  cluster: string;
  /** Null: as the user of this process. */
  account: ServerAccount | null;
}

/** Where clusters go whose data folder lies behind a folder that only root may enter, such as /root. */
const SYSTEM_STATE = '/var/lib/rasid';

/** The file in the data folder that says where its cluster went. */
const LOCATION_FILE = 'postgres.location';

/**
 * Finds or makes the folder of the server. Usually that is the data folder itself. As root, where the server's user cannot enter the
 * data folder, it is one under /var/lib/rasid, and the file `postgres.location` in the data folder says which.
 * @throws StoreError `data-folder-unusable`, naming the folder and what to do.
 */
export function prepareServerHome(dataDir: string, log: (message: string) => void): ServerHome {
  try {
    makeFolder(dataDir);
    const home = toHome(readLocation(dataDir) ?? dataDir);
    letServerEnter(home);
    const closed = findClosedFolder(home.folder, home.account, ENTER);
    const usable = closed === null ? home : moveHome(dataDir, home, closed, log);
    takeCluster(usable);
    accessSync(usable.folder, constants.W_OK);
    return usable;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      'data-folder-unusable',
      `the data folder ${dataDir} cannot be used (${errorCodeOf(error)}): give it to the user that runs Rasid, or set RASID_DATA_DIR`,
      { cause: error },
    );
  }
}

function toHome(folder: string): ServerHome {
  const cluster = join(folder, 'postgres');
  return { folder, cluster, account: chooseServerAccount(cluster) };
}

/** The data folder is Rasid's own, so where it is closed it is opened, to the server's group and for entering only. */
function letServerEnter({ folder, account }: ServerHome): void {
  if (account === null || findClosedFolder(folder, account, ENTER) !== folder) return;
  const { uid, mode } = statSync(folder);
  chownSync(folder, uid, account.gid);
  chmodSync(folder, (mode & 0o777) | 0o010);
}

function readLocation(dataDir: string): string | null {
  try {
    return readFileSync(join(dataDir, LOCATION_FILE), 'utf8').trim();
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Makes a home that the server's user can enter and records it; of two processes that do so at once, both use the first one's. */
function moveHome(
  dataDir: string,
  home: ServerHome,
  closed: string,
  log: (message: string) => void,
): ServerHome {
  const user = home.account?.name;
  try {
    makeFolder(SYSTEM_STATE, 0o711);
    const folder = mkdtempSync(join(SYSTEM_STATE, 'data-'));
    chmodSync(folder, 0o711);
    if (findClosedFolder(folder, home.account, ENTER) !== null) throw new Error('closed as well');
    const location = recordLocation(dataDir, folder);
    if (location !== folder) rmSync(folder, { recursive: true });
    log(`the database lies in ${location}: Postgres runs as ${user}, who cannot enter ${closed}`);
    return toHome(location);
  } catch (error) {
    throw new StoreError(
      'data-folder-unusable',
      `Postgres does not run as root, and as ${user} it cannot enter ${closed}: set RASID_DATA_DIR to a folder outside it`,
      { cause: error },
    );
  }
}

/** @returns the location that counts: this one, or the one that another process recorded before. */
function recordLocation(dataDir: string, folder: string): string {
  const file = join(dataDir, LOCATION_FILE);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${folder}\n`);
  try {
    linkSync(draft, file);
    return folder;
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error;
    return readLocation(dataDir) ?? folder;
  } finally {
    rmSync(draft);
  }
}

/** Makes sure that a cluster which is there belongs to the server's user. */
function takeCluster({ cluster, account }: ServerHome): void {
  const owner = statSync(cluster, { throwIfNoEntry: false })?.uid;
  if (owner === undefined) return;
  // A folder that was restored, or copied, by root.
  if (account && owner !== account.uid) giveFolderTo(cluster, account);
  const user = process.getuid?.();
  if (account === null && user !== undefined && owner !== user) {
    throw new StoreError(
      'data-folder-unusable',
      `${cluster} belongs to the user with uid ${owner}: start Rasid as that user, or give the folder to uid ${user}`,
    );
  }
}
