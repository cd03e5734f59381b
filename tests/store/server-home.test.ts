import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ENTER, findClosedFolder } from '../../src/store/server-account.ts';
import { prepareServerHome } from '../../src/store/server-home.ts';

const isRoot = process.getuid?.() === 0;
const root = mkdtempSync(join(tmpdir(), 'rasid-home-'));
chmodSync(root, 0o711);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const silent = () => undefined;

function makeFolder(name: string, mode: number): string {
  const folder = join(root, name);
  mkdirSync(folder);
  chmodSync(folder, mode);
  return folder;
}

describe('the home of the server', () => {
  it('is the data folder, made when it is missing', () => {
    const folder = join(root, 'new', 'data');
    expect(prepareServerHome(folder, silent)).toMatchObject({
      folder,
      cluster: join(folder, 'postgres'),
    });
    expect(existsSync(folder)).toBe(true);
  });

  it('that cannot be made is refused with the folder and what to do', () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    expect(() => prepareServerHome(join(file, 'data'), silent)).toThrow(
      expect.objectContaining({
        code: 'data-folder-unusable',
        message: expect.stringMatching(/file\/data.*set RASID_DATA_DIR/),
      }),
    );
  });

  it.runIf(existsSync('/proc/self'))(
    'on a file system that makes no folders is refused too',
    () => {
      expect(() => prepareServerHome('/proc/rasid/data', silent)).toThrow(
        expect.objectContaining({
          code: 'data-folder-unusable',
          message: expect.stringMatching(/\/proc\/rasid\/data.*set RASID_DATA_DIR/),
        }),
      );
    },
  );
});

describe.runIf(!isRoot)('as a user without rights', () => {
  it('a data folder that may only be read is refused with the folder and what to do', () => {
    const folder = makeFolder('read-only', 0o555);
    expect(() => prepareServerHome(folder, silent)).toThrow(
      expect.objectContaining({
        code: 'data-folder-unusable',
        message: expect.stringMatching(/read-only.*EACCES.*set RASID_DATA_DIR/),
      }),
    );
  });
});

describe.runIf(isRoot)('as root', () => {
  it('the server has a user without rights, who may enter a closed data folder but not look around in it', () => {
    const folder = makeFolder('closed', 0o700);
    const home = prepareServerHome(folder, silent);
    expect(home.account?.uid).toBeGreaterThan(0);
    expect(findClosedFolder(folder, home.account, ENTER)).toBeNull();
    expect(statSync(folder).mode & 0o777).toBe(0o710);
  });

  it('the server has the owner of the cluster that is there', () => {
    const folder = makeFolder('owned', 0o755);
    mkdirSync(join(folder, 'postgres'));
    chownSync(join(folder, 'postgres'), 12_345, 12_345);
    expect(prepareServerHome(folder, silent).account).toMatchObject({ uid: 12_345, gid: 12_345 });
  });

  it('a cluster that root has restored is given to the server again', () => {
    const folder = makeFolder('restored', 0o755);
    mkdirSync(join(folder, 'postgres', 'base'), { recursive: true });
    const { account } = prepareServerHome(folder, silent);
    expect(statSync(join(folder, 'postgres', 'base')).uid).toBe(account?.uid);
  });

  it('a data folder behind a closed one gets a home elsewhere, says so once, and keeps it', () => {
    const closed = makeFolder('behind', 0o700);
    const folder = join(closed, 'data');
    const said: string[] = [];
    const home = prepareServerHome(folder, (line) => said.push(line));
    try {
      expect(findClosedFolder(home.folder, home.account, ENTER)).toBeNull();
      expect(said).toEqual([expect.stringContaining(`cannot enter ${closed}`)]);
      expect(prepareServerHome(folder, (line) => said.push(line))).toEqual(home);
      expect(said).toHaveLength(1);
    } finally {
      rmSync(home.folder, { recursive: true });
    }
  });
});

describe.runIf(!isRoot && process.getuid)('as another user', () => {
  it('the server runs as that user', () => {
    expect(prepareServerHome(makeFolder('mine', 0o700), silent).account).toBeNull();
  });
});
