import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { holdGateway } from '../../src/pipeline/hold-gateway.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { useTestDatabase } from '../helpers/database.ts';

const database = useTestDatabase();
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A process with a bot, as far as the gateway is concerned. */
interface Process {
  starts(): number;
  /** How it ended. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

async function startProcess(): Promise<Process> {
  const db = await openDatabase({ databaseUrl: database.url, dataDir: '', log: () => undefined });
  const stop = new AbortController();
  let starts = 0;
  const start = async () => {
    starts += 1;
  };
  const ended = holdGateway({ db, bot: { start }, log, signal: stop.signal }).then(
    () => 'stopped',
    (error: Error) => error.message,
  );
  const process = {
    starts: () => starts,
    ended,
    async stop() {
      stop.abort();
      await ended;
      await db.close();
    },
  };
  running.push(process);
  return process;
}

const running: Process[] = [];
afterEach(async () => {
  for (const process of running.splice(0)) await process.stop();
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

const holders = () =>
  database.db.query<{ pid: number; granted: boolean }>(
    `SELECT pid, granted FROM pg_locks WHERE locktype = 'advisory' AND objid = 1734440037
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );

describe('of two bots on one database', () => {
  it('one connects to Discord and the other stands by, until the first ends', async () => {
    const first = await startProcess();
    await until(() => first.starts() === 1);
    const second = await startProcess();
    await until(async () => (await holders()).length === 2);
    expect(second.starts()).toBe(0);
    await first.stop();
    await until(() => second.starts() === 1);
    expect(await first.ended).toBe('stopped');
  });

  it('the one that stands by ends at once when it is told to', async () => {
    const first = await startProcess();
    await until(() => first.starts() === 1);
    const second = await startProcess();
    await until(async () => (await holders()).length === 2);
    await second.stop();
    expect([await second.ended, second.starts()]).toEqual(['stopped', 0]);
  });

  it('the first keeps Discord when the database comes back after it was away', async () => {
    const first = await startProcess();
    await until(() => first.starts() === 1);
    const second = await startProcess();
    await until(async () => (await holders()).length === 2);
    const before = await holders();
    await endConnections(before);
    await until(async () => {
      const now = await holders();
      return now.some(({ granted, pid }) => granted && before.every((old) => old.pid !== pid));
    });
    expect([first.starts(), second.starts()]).toEqual([1, 0]);
  });

  it('one whose connection was lost while the other took over ends with a line that says so', async () => {
    const first = await startProcess();
    await until(() => first.starts() === 1);
    const second = await startProcess();
    await until(async () => (await holders()).length === 2);
    await endConnections((await holders()).filter(({ granted }) => granted));
    await until(() => second.starts() === 1);
    expect(await first.ended).toMatch(/another process answers Discord now/);
  });
});

async function endConnections(connections: { pid: number }[]): Promise<void> {
  const pids = connections.map(({ pid }) => pid);
  await database.db.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]);
}
