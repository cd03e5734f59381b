import { chownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCodeOf } from './store-errors.ts';

/** The user that the server's processes run as. */
export interface ServerAccount {
  uid: number;
  gid: number;
  name: string;
}

/** Users that have no rights worth taking, the best known first. */
const UNPRIVILEGED = ['postgres', 'nobody'];

/**
 * Postgres refuses to run as root. Then it runs as the owner of the folder that it has, or as a user without rights.
 * @returns null when this process is not root (or on Windows): the server runs as the same user.
 */
export function chooseServerAccount(existingFolder: string): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readAccounts();
  const owner = ownerOf(existingFolder);
  if (owner && owner.uid !== 0) {
    return (
      accounts.find((account) => account.uid === owner.uid) ?? {
        ...owner,
        name: `uid ${owner.uid}`,
      }
    );
  }
  for (const name of UNPRIVILEGED) {
    const account = accounts.find((candidate) => candidate.name === name);
    if (account) return account;
  }
  return { uid: 65_534, gid: 65_534, name: 'uid 65534' };
}

function readAccounts(): ServerAccount[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }));
  } catch {
    return [];
  }
}

function ownerOf(path: string): { uid: number; gid: number } | null {
  try {
    const { uid, gid } = statSync(path);
    return { uid, gid };
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** What is wanted of a folder or file: permission bits as in its mode. */
export const READ = 4;
export const ENTER = 1;

/**
 * Looks whether the account has `wanted` on `path` and may enter every folder above it.
 * @returns the nearest one that is closed to it; null when there is none.
 */
export function findClosedFolder(
  path: string,
  account: ServerAccount | null,
  wanted: number,
): string | null {
  if (account === null) return null;
  if (!allows(path, account, wanted)) return path;
  const above = dirname(path);
  return above === path ? null : findClosedFolder(above, account, ENTER);
}

function allows(path: string, account: ServerAccount, wanted: number): boolean {
  const { mode, uid, gid } = statSync(path);
  if (uid === account.uid) return ((mode >> 6) & wanted) === wanted;
  if (gid === account.gid) return ((mode >> 3) & wanted) === wanted;
  return (mode & wanted) === wanted;
}

/** Gives a folder and everything in it to the account, as after a restore from a backup as root. */
export function giveFolderTo(path: string, account: ServerAccount): void {
  chownSync(path, account.uid, account.gid);
  for (const name of readdirSync(path)) {
    const entry = join(path, name);
    // Links are left alone: what they point to may lie anywhere.
    const kind = lstatSync(entry);
    if (kind.isDirectory()) giveFolderTo(entry, account);
    else if (!kind.isSymbolicLink()) chownSync(entry, account.uid, account.gid);
  }
}
