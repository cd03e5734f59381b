import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../src/domain/seeded-random.ts';
import { createProcesses, type Role } from './processes.ts';
import { sabotageOf } from './sabotage.ts';
import { killPostgres, startSeparatePostgres } from './separate-postgres.ts';
import { fillDisk, mountSmallDisk, unmount } from './small-disk.ts';
import type { Account } from './take-account.ts';
import { useProcesses } from './use-processes.ts';
import { createWorld, type World } from './world.ts';

/** `npm run test:crash`. A bounded part of it, `processes.test.ts`, is in `npm test`. */
const KILLS = Number(process.env.RASID_CRASH_KILLS ?? 100);
/** How long what is away stays away. */
const AWAY_MS = Number(process.env.RASID_CRASH_AWAY_SECONDS ?? 30) * 1_000;
/** Discord's outages last longer than a database's restart. */
const DISCORD_AWAY_MS = Number(process.env.RASID_CRASH_DISCORD_AWAY_SECONDS ?? 600) * 1_000;
/** Memory is back when it is within this of what it was: what the allocator keeps of a busy time, and the news that is stored since. */
const MEMORY_BACK = 1.25;
/** How long it may take to get there. */
const REST_MS = 90_000;
const BEAT_MS = 700;

const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
const TWO_OF_EACH: Role[] = ['poller', 'poller', 'analyst', 'analyst', 'bot', 'bot'];

vi.setConfig({ testTimeout: 3_600_000, hookTimeout: 120_000 });

interface Row extends Account {
  fault: string;
  tries: number;
  /** Questions of people meanwhile, and those that were answered. */
  asked: number;
  answered: number;
  /** Whether a question after the fault was answered. */
  servedAgain: boolean;
  /** Processes that ended by themselves after the fault, and were started again as by a supervisor. */
  endedAfter: number;
  seconds: number;
  /** Resident memory of all processes before the fault and after it, MiB. */
  megabytes: { before: number; after: number };
}

const table: Row[] = [];

type Processes = ReturnType<typeof createProcesses>;

/** Runs the processes through a fault under load, lets everything come to rest, and writes a row of the table. */
async function suffer(
  fault: string,
  world: World,
  processes: Processes,
  work: () => Promise<number>,
): Promise<Row> {
  const started = Date.now();
  const earlier = world.questions();
  await world.beat(4);
  await world.settle();
  const before = processes.megabytes();
  const tries = await work();
  let endedAfter = 0;
  const account = await world.settle(() => {
    endedAfter += processes.revive();
  });
  const servedAgain = await world.isServedAgain();
  const { asked, answered } = world.questions();
  const row: Row = {
    ...{ fault, tries, ...account, servedAgain, endedAfter },
    asked: asked - earlier.asked,
    answered: answered - earlier.answered,
    seconds: Math.round((Date.now() - started) / 1_000),
    megabytes: { before, after: await restingMegabytes(processes, before) },
  };
  table.push(row);
  print([row]);
  return row;
}

/** Memory is given back little by little: what is left once it is back, or when it has had its time. */
async function restingMegabytes(processes: Processes, before: number): Promise<number> {
  let megabytes = processes.megabytes();
  for (let waited = 0; waited < REST_MS && megabytes > before * MEMORY_BACK; waited += 1_000) {
    await sleep(1_000);
    megabytes = Math.min(megabytes, processes.megabytes());
  }
  return megabytes;
}

function print(rows: Row[]): void {
  console.table(
    rows.map(({ megabytes: { before, after }, ...row }) => ({
      ...row,
      MiB: `${before} → ${after}`,
    })),
  );
}

/** @param fewest messages: with fewer the row would say little about doubled ones */
function expectNothingLost(row: Row, processes: Processes, fewest = row.articles / 20): void {
  const { lost, doubled, waiting, stuck } = row;
  const said = JSON.stringify({ lost, doubled, waiting, stuck });
  expect(said, processes.log()).toBe(JSON.stringify({ lost: 0, doubled: 0, waiting: 0, stuck: 0 }));
  expect(row.tries).toBeGreaterThan(0);
  expect(row.messages).toBeGreaterThan(fewest);
  expect(row.servedAgain, processes.log()).toBe(true);
  expect(row.megabytes.after).toBeLessThanOrEqual(row.megabytes.before * MEMORY_BACK);
}

/** News goes on for a while, and whatever ended by itself is started again. */
async function goOn(world: World, processes: Processes, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += BEAT_MS) {
    await world.beat(1);
    await sleep(BEAT_MS);
    processes.revive();
  }
}

describe.runIf(process.env.MODE === 'crash')('the crash matrix', () => {
  afterAll(() => print(table));

  it(`${KILLS} kills of one process with its own database, and of that`, async () => {
    const world = await createWorld({ feeds: 5, channels: 4, databaseUrl: null });
    const processes = createProcesses(['all'], world.environment);
    processes.startAll();
    const random = seededRandom(1);
    const row = await suffer('kill: all in one, own database', world, processes, async () => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        await world.beat(2);
        await sleep(random() * 5_000);
        if (kill % 3 === 0) killPostgres(world.home.dataDir);
        await processes.kill(0);
        processes.start(0);
      }
      return KILLS;
    });
    await processes.endAll();
    await world.close();
    expectNothingLost(row, processes);
  });

  describe('on a separate Postgres, with two of each role', () => {
    const t = useProcesses({
      ...{ database: startSeparatePostgres, roles: TWO_OF_EACH, feeds: 5, channels: 4 },
    });

    it(`${KILLS} kills, some of the database`, async () => {
      const { world, processes, database } = t;
      const random = seededRandom(2);
      const row = await suffer('kill: two of each, separate', world, processes, async () => {
        for (let kill = 0; kill < KILLS; kill += 1) {
          await world.beat(2);
          await sleep(random() * 2_500);
          const slot = Math.floor(random() * TWO_OF_EACH.length);
          await processes.kill(slot);
          if (kill % 8 === 7) {
            database.kill();
            await database.start();
          }
          processes.revive();
          processes.start(slot);
        }
        return KILLS;
      });
      expectNothingLost(row, processes);
    });

    it('the database is away', async () => {
      const { world, processes, database } = t;
      const row = await suffer(`database away ${AWAY_MS / 1_000} s`, world, processes, async () => {
        database.kill();
        await goOn(world, processes, AWAY_MS);
        await database.start();
        return 1;
      });
      expectNothingLost(row, processes);
    });
  });

  describe('one process', () => {
    const clockOf = (world: World) => join(world.home.dataDir, '..', 'clock');
    const t = useProcesses({
      ...{ database: startSeparatePostgres, roles: ['all'], feeds: 5, channels: 4 },
      environment: (world) => {
        writeFileSync(clockOf(world), '+0');
        return {
          ...sabotageOf(world).environment,
          ...(existsSync(FAKETIME) && {
            LD_PRELOAD: FAKETIME,
            FAKETIME_TIMESTAMP_FILE: clockOf(world),
            FAKETIME_NO_CACHE: '1',
            FAKETIME_DONT_FAKE_MONOTONIC: '1',
          }),
        };
      },
    });

    it('Discord is away', async () => {
      const { world, processes } = t;
      const fault = `Discord away ${DISCORD_AWAY_MS / 1_000} s`;
      const row = await suffer(fault, world, processes, async () => {
        let isAway = true;
        world.discord.failNext({ matches: () => isAway, times: 1e9, drop: 'before' });
        const cut = setInterval(() => world.discord.gateway.drop(), 200);
        await goOn(world, processes, DISCORD_AWAY_MS);
        isAway = false;
        clearInterval(cut);
        return 1;
      });
      // What breaks meanwhile is one digest for each of the four channels, after the message that waited.
      expectNothingLost(row, processes, 8);
    });

    it.each(['die', 'hang'] as const)("the model's thread: %s", async (mode) => {
      const { world, processes } = t;
      const row = await suffer(`model's thread: ${mode}`, world, processes, async () => {
        const sabotage = sabotageOf(world);
        const earlier = sabotage.count();
        sabotage.begin(mode);
        await goOn(world, processes, 20_000);
        sabotage.end();
        return sabotage.count() - earlier;
      });
      expectNothingLost(row, processes);
    });

    it('a feed server stalls', async () => {
      const { world, processes } = t;
      const row = await suffer('feed server stalls', world, processes, async () => {
        world.feeds.setFeed('/0', { stall: 'before-headers' });
        world.feeds.setFeed('/1', { stall: 'after-headers' });
        await sleep(AWAY_MS);
        await goOn(world, processes, 3_000);
        return 2;
      });
      expectNothingLost(row, processes);
    });

    it.runIf(existsSync(FAKETIME))('the clock is stepped', async () => {
      const { world, processes } = t;
      const row = await suffer('clock +1 h, back, −1 h, back', world, processes, async () => {
        for (const step of ['+3600', '+0', '-3600', '+0']) {
          writeFileSync(clockOf(world), step);
          await goOn(world, processes, 8_000);
        }
        return 4;
      });
      expectNothingLost(row, processes);
    });
    if (!existsSync(FAKETIME)) console.warn('libfaketime is absent: no steps of the clock');
  });

  it('the disk is full', async () => {
    const disk = mkdtempSync(join(tmpdir(), 'rasid-disk-'));
    if (!mountSmallDisk(disk)) {
      console.warn('no right to mount a small disk: a full disk is not tried');
      return;
    }
    const usual = process.env.TMPDIR;
    process.env.TMPDIR = disk;
    const world = await createWorld({ feeds: 5, channels: 4, databaseUrl: null });
    const processes = createProcesses(['all'], world.environment);
    processes.startAll();
    const row = await suffer('disk full', world, processes, async () => {
      fillDisk(join(disk, 'ballast'));
      await goOn(world, processes, AWAY_MS / 2);
      rmSync(join(disk, 'ballast'));
      return 1;
    });
    await processes.endAll();
    await world.close();
    process.env.TMPDIR = usual ?? '';
    unmount(disk);
    expectNothingLost(row, processes);
  });
});
