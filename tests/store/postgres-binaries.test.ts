import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { preparePostgresBinaries } from '../../src/store/postgres-binaries.ts';
import { ENTER, findClosedFolder, READ } from '../../src/store/server-account.ts';
import { prepareServerHome } from '../../src/store/server-home.ts';

const isRoot = process.getuid?.() === 0;
const root = mkdtempSync(join(tmpdir(), 'rasid-binaries-'));
chmodSync(root, 0o711);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const home = prepareServerHome(join(root, 'data'), () => undefined);

/** A package as npm leaves it when its script does not run: without symbolic links. Its programs are scripts that name themselves. */
function makePackage(name: string, version = '18.4.0') {
  const folder = join(root, name);
  for (const part of ['bin', 'lib', 'share'])
    mkdirSync(join(folder, 'native', part), { recursive: true });
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    writeFileSync(
      join(folder, 'native', 'bin', program),
      `#!/bin/sh\necho "${program} of ${version}"\n`,
    );
  }
  writeFileSync(join(folder, 'native', 'lib', 'libpq.so.5.18'), 'library');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  return { folder, version };
}

/** What the library is found to hold by the name that the programs ask for. */
const libraryBeside = (program: string) =>
  readFileSync(join(dirname(dirname(program)), 'lib', 'libpq.so.5'), 'utf8');

const versionOf = (program: string) => execFileSync(program, ['--version'], { encoding: 'utf8' });

describe('the programs of Postgres', () => {
  it('are those that npm has installed, of the major version that it names', () => {
    const shipped = preparePostgresBinaries(home);
    expect(versionOf(shipped.postgres)).toContain(`PostgreSQL) ${shipped.major}.`);
    expect(versionOf(shipped.initdb)).toContain(`PostgreSQL) ${shipped.major}.`);
  });

  it('get the symbolic links and the right to run that npm has not kept, and keep them', () => {
    const installed = makePackage('bare');
    const prepared = preparePostgresBinaries(home, installed);
    expect(prepared.postgres).toBe(join(installed.folder, 'native', 'bin', 'postgres'));
    expect(libraryBeside(prepared.postgres)).toBe('library');
    expect(versionOf(prepared.postgres)).toBe('postgres of 18.4.0\n');
    expect(preparePostgresBinaries(home, installed)).toEqual(prepared);
  });
});

describe.runIf(isRoot)('as root, from a package that the server cannot read', () => {
  it('are copied beside the database, once for each version', () => {
    const installed = makePackage('private');
    chmodSync(installed.folder, 0o700);
    const prepared = preparePostgresBinaries(home, installed);
    const copy = join(home.folder, 'postgres-binaries-18.4.0', 'native');
    expect(prepared.postgres).toBe(join(copy, 'bin', 'postgres'));
    expect(findClosedFolder(prepared.postgres, home.account, READ | ENTER)).toBeNull();
    expect(libraryBeside(prepared.postgres)).toBe('library');
    expect(versionOf(prepared.postgres)).toBe('postgres of 18.4.0\n');
    const made = statSync(copy).ino;
    preparePostgresBinaries(home, installed);
    expect(statSync(copy).ino).toBe(made);
    const newer = makePackage('newer', '18.5.0');
    chmodSync(newer.folder, 0o700);
    expect(versionOf(preparePostgresBinaries(home, newer).postgres)).toBe('postgres of 18.5.0\n');
    expect(readdirSync(home.folder).filter((name) => name.startsWith('postgres-'))).toEqual([
      'postgres-binaries-18.5.0',
    ]);
  });
});
