import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/domain/errors.ts';
import type { Database } from '../../src/store/db.ts';
import { createEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { findPostmaster } from '../../src/store/postmaster.ts';
import { ENTER, findClosedFolder, READ } from '../../src/store/server-account.ts';
import { openInChild } from './open-in-child.ts';

const NOBODY = { uid: 65_534, gid: 65_534, name: 'nobody' };
const isRoot = process.getuid?.() === 0;
const repository = fileURLToPath(new URL('../..', import.meta.url));

const root = mkdtempSync(join(tmpdir(), 'rasid-embedded-'));
const dataDir = join(root, 'data');
const cluster = join(dataDir, 'postgres');

const open = (folder = dataDir) =>
  openDatabase({ databaseUrl: null, dataDir: folder, log: () => undefined, poolSize: 3 });

/** The process that serves a cluster. */
function serverPid(of = cluster): number {
  return findPostmaster(of)?.pid ?? 0;
}

async function startedAt(db: Database): Promise<string | undefined> {
  const [row] = await db.query<{ started: string }>(
    'SELECT pg_postmaster_start_time()::text AS started',
  );
  return row?.started;
}

beforeAll(async () => {
  // As a data folder's parent is on most machines; mkdtemp makes it for root alone.
  chmodSync(root, 0o711);
  const db = await open();
  await db.query('CREATE TABLE kept (id int)');
  await db.close();
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the server of Rasid', () => {
  it('stops with the last process that uses it', async () => {
    const one = await open();
    const other = await openInChild(dataDir);
    expect(other.opened.started).toBe(await startedAt(one));
    await one.close();
    expect(serverPid()).toBeGreaterThan(0);
    await other.close();
    expect(serverPid()).toBe(0);
    expect(existsSync(join(cluster, 'postmaster.pid'))).toBe(false);
  });

  it('that a killed bot has left running is found and used again', async () => {
    const bot = await openInChild(dataDir);
    await bot.kill();
    const db = await open();
    expect(await startedAt(db)).toBe(bot.opened.started);
    await db.close();
    expect(serverPid()).toBe(0);
  });

  it('runs without the rights of root, in a folder that only it may enter', async () => {
    const db = await open();
    // Postgres starts only as the owner of its folder.
    const { uid, mode } = statSync(cluster);
    await db.close();
    expect(uid).not.toBe(0);
    expect(mode & 0o077).toBe(0);
  });

  it('is started again when it is killed in use, with all that was committed', async () => {
    const db = await open();
    await db.query('INSERT INTO kept VALUES (1)');
    const lost = db.transaction(async (tx) => {
      await tx.query('INSERT INTO kept VALUES (2)');
      process.kill(serverPid(), 'SIGKILL');
      for (;;) await tx.query('SELECT pg_sleep(0.01)');
    });
    await expect(lost).rejects.toMatchObject({ code: 'database-unavailable', retryable: true });
    expect(await queryUntilAnswered(db)).toEqual([{ id: 1 }]);
    await db.query('DELETE FROM kept');
    await db.close();
  });

  it('goes on when it was killed while nobody was connected', async () => {
    const bot = await openInChild(dataDir);
    process.kill(serverPid(), 'SIGKILL');
    await bot.kill();
    const db = await open();
    expect(await db.query('SELECT FROM kept')).toEqual([]);
    await db.close();
  });

  it('starts although its pid file names another living program', async () => {
    const owner = statSync(cluster);
    const other = spawn('sleep', ['60'], isRoot ? { uid: owner.uid, gid: owner.gid } : {});
    const lines = [other.pid, cluster, 1_700_000_000, 5432, cluster, '', '', 'ready'];
    for (const file of ['postmaster.pid', '.s.PGSQL.5432.lock']) {
      writeFileSync(join(cluster, file), `${lines.join('\n')}\n`);
    }
    const db = await open();
    expect(serverPid()).not.toBe(other.pid);
    await db.close();
    other.kill();
  });

  it('of another major version is refused with one line that says how to move', async () => {
    const versionFile = join(cluster, 'PG_VERSION');
    const version = readFileSync(versionFile);
    writeFileSync(versionFile, '17\n');
    try {
      await expect(open()).rejects.toMatchObject({
        code: 'data-folder-version',
        message: expect.stringMatching(
          /^[^\n]*Postgres 17[^\n]*Postgres 18[^\n]*rasid export[^\n]*rasid import[^\n]*$/,
        ),
      });
    } finally {
      writeFileSync(versionFile, version);
    }
  });

  it('is not made over files that are no database', async () => {
    const folder = join(root, 'occupied');
    mkdirSync(join(folder, 'postgres'), { recursive: true });
    writeFileSync(join(folder, 'postgres', 'notes.txt'), 'mine');
    await expect(open(folder)).rejects.toMatchObject({ code: 'data-folder-unusable' });
    expect(readFileSync(join(folder, 'postgres', 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('may be moved, also to a path that is too long for a socket', async () => {
    const long = join(root, 'x'.repeat(100));
    renameSync(dataDir, long);
    try {
      const db = await open(long);
      expect(await db.query('SELECT FROM kept')).toEqual([]);
      const socketFolder = findPostmaster(join(long, 'postgres'))?.socketFolder ?? '';
      expect(dirname(socketFolder)).toBe(tmpdir());
      expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
      await db.close();
      rmSync(socketFolder, { recursive: true });
    } finally {
      renameSync(long, dataDir);
    }
  });

  it('asks for a password where it is reached by TCP', async () => {
    const folder = join(root, 'tcp');
    const server = createEmbeddedPostgres({
      dataDir: folder,
      log: () => undefined,
      transport: 'tcp',
    });
    const address = await server.locate();
    expect(address).toMatchObject({ host: '127.0.0.1', password: expect.any(String) });
    const client = new pg.Client(address);
    await client.connect();
    await client.end();
    const stranger = new pg.Client({ ...address, password: 'guess' });
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
    await server.close();
    expect(serverPid(join(folder, 'postgres'))).toBe(0);
  });
});

describe('processes that start at the same moment', () => {
  it('share one server, made once, as any user', async () => {
    const closed = findClosedFolder(repository, NOBODY, READ | ENTER);
    if (isRoot && closed) console.warn(`${closed} is closed to others: checked as root only`);
    const uid = isRoot && !closed ? NOBODY.uid : undefined;
    const folder = join(root, 'shared');
    mkdirSync(folder);
    if (uid !== undefined) chownSync(folder, uid, uid);
    const children = await Promise.all([openInChild(folder, uid), openInChild(folder, uid)]);
    const [first, second] = children.map((child) => child.opened);
    expect(first).toEqual({ started: expect.any(String) });
    expect(second).toEqual(first);
    if (uid !== undefined) expect(statSync(join(folder, 'postgres')).uid).toBe(uid);
    await Promise.all(children.map((child) => child.close()));
    expect(serverPid(join(folder, 'postgres'))).toBe(0);
  });
});

/** The database answers again by itself; until then, every refusal must say that trying again helps. */
async function queryUntilAnswered(db: Database): Promise<unknown[]> {
  for (;;) {
    try {
      return await db.query('SELECT id FROM kept');
    } catch (error) {
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ retryable: true });
    }
  }
}
