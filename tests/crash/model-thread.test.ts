import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { createProcesses } from './processes.ts';
import { createWorld, type World } from './world.ts';

const SABOTAGE = fileURLToPath(new URL('./sabotage-model.mjs', import.meta.url));
const FAULTS = 1;

describe('while the thread of the model fails under load', () => {
  let database: TestDatabase;
  let world: World;
  let processes: ReturnType<typeof createProcesses>;
  const sabotage = () => join(world.home.dataDir, '..', 'sabotage');
  const failures = () =>
    existsSync(`${sabotage()}.done`)
      ? readFileSync(`${sabotage()}.done`, 'utf8').split('\n').length - 1
      : 0;

  beforeAll(async () => {
    database = await openTestDatabase();
    world = await createWorld({ feeds: 2, channels: 2, databaseUrl: database.url });
    processes = createProcesses(['all'], {
      ...world.environment,
      NODE_OPTIONS: `--import ${SABOTAGE}`,
      RASID_SABOTAGE: sabotage(),
    });
    processes.startAll();
  }, 60_000);

  afterAll(async () => {
    await processes.endAll();
    await world.close();
    await database.close();
  });

  it.each(['die', 'hang'])(
    '(%s) no article is lost, every story is told once, and the process goes on',
    async (mode) => {
      const earlier = failures();
      writeFileSync(sabotage(), mode);
      while (failures() < earlier + FAULTS) {
        await world.beat(1);
        await sleep(500);
      }
      rmSync(sabotage());
      let ended = 0;
      const account = await world.settle(() => {
        ended += processes.revive();
      });
      expect({ ...account, ended }, processes.log()).toMatchObject({
        ...{ lost: 0, doubled: 0, waiting: 0, stuck: 0, ended: 0 },
      });
      expect(account.messages).toBeGreaterThan(FAULTS);
    },
    150_000,
  );
});
