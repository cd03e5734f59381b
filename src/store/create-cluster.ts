import { execFile } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf, StoreError } from '../domain/errors.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { ServerHome } from './server-home.ts';
import { asServerUser } from './server-process.ts';
import { ensurePassword, SERVER_USER, type Transport } from './server-transport.ts';

const DRAFT_PREFIX = 'postgres-new-';

/** A draft of a process that was killed is rubbish after this long; making a cluster takes a second. */
const DRAFT_AGE_MS = 600_000;

/**
 * Makes the cluster where there is none: beside its place, then moved there whole, so that neither a kill nor a second process leaves
 * half of one. Text sorts by code point and lower-cases by Unicode, whatever locales the machine has.
 * @throws StoreError `data-folder-version` for a cluster of another major version, which Postgres cannot open.
 */
export async function createCluster(
  home: ServerHome,
  binaries: PostgresBinaries,
  transport: Transport,
): Promise<void> {
  if (isCluster(home, binaries.major)) return;
  removeOldDrafts(home);
  const draft = mkdtempSync(join(home.folder, DRAFT_PREFIX));
  try {
    if (home.account) chownSync(draft, home.account.uid, home.account.gid);
    await runInitdb(home, binaries, draft, transport);
    moveIntoPlace(draft, home.cluster);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @throws StoreError when what lies there cannot be used. */
function isCluster(home: ServerHome, major: number): boolean {
  const versionFile = join(home.cluster, 'PG_VERSION');
  if (!existsSync(versionFile)) {
    if (!existsSync(home.cluster) || readdirSync(home.cluster).length === 0) return false;
    throw new StoreError(
      'data-folder-unusable',
      `${home.cluster} holds files but no database: move them away, or set RASID_DATA_DIR to another folder`,
    );
  }
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version === String(major)) return true;
  throw new StoreError(
    'data-folder-version',
    `${home.cluster} was made by Postgres ${version} and this Rasid brings Postgres ${major}: with the Rasid that made it run "rasid export DIR", then move ${home.cluster} away and run "rasid import DIR" with this one`,
  );
}

async function runInitdb(
  home: ServerHome,
  binaries: PostgresBinaries,
  draft: string,
  transport: Transport,
): Promise<void> {
  const authentication =
    transport === 'tcp'
      ? ['--auth=scram-sha-256', `--pwfile=${ensurePassword(home)}`]
      : ['--auth=trust'];
  try {
    await promisify(execFile)(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${SERVER_USER}`,
        ...authentication,
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...asServerUser(home), cwd: draft },
    );
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new StoreError(
      'database-start-failed',
      `the database could not be made in ${home.folder}: ${said.split('\n').at(-1) || messageOf(error)}`,
      { cause: error },
    );
  }
}

function moveIntoPlace(draft: string, cluster: string): void {
  try {
    renameSync(draft, cluster);
  } catch (error) {
    // Another process has moved its own there first.
    if (!existsSync(join(cluster, 'PG_VERSION'))) throw error;
  }
}

function removeOldDrafts(home: ServerHome): void {
  for (const name of readdirSync(home.folder)) {
    if (!name.startsWith(DRAFT_PREFIX)) continue;
    const draft = join(home.folder, name);
    const changed = statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > DRAFT_AGE_MS) rmSync(draft, { recursive: true, force: true });
  }
}
