import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openTestDatabase } from '../helpers/database.ts';
import { sabotageOf } from './sabotage.ts';
import { useProcesses } from './use-processes.ts';

const FAULTS = 1;

describe('while the thread of the model fails under load', () => {
  const t = useProcesses({
    ...{ database: openTestDatabase, roles: ['all'], feeds: 2, channels: 2 },
    environment: (world) => sabotageOf(world).environment,
  });

  it.each(['die', 'hang'] as const)(
    '(%s) no article is lost, every story is told once, and the process goes on',
    async (mode) => {
      const { world, processes } = t;
      const sabotage = sabotageOf(world);
      const earlier = sabotage.count();
      sabotage.begin(mode);
      while (sabotage.count() < earlier + FAULTS) {
        await world.beat(1);
        await sleep(500);
      }
      sabotage.end();
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
