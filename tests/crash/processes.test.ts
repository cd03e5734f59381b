import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/domain/seeded-random.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { useProcesses } from './use-processes.ts';

const ROLES = ['poller', 'poller', 'analyst', 'analyst', 'bot', 'bot'] as const;
const KILLS = 10;

describe(`two processes of each role on one Postgres, ${KILLS} of them killed under load, Discord away meanwhile`, () => {
  const t = useProcesses({ database: openTestDatabase, roles: ROLES, feeds: 4, channels: 4 });

  it('lose no article, tell every story once in every channel, and leave no job', async () => {
    const { world, processes } = t;
    const random = seededRandom(6);
    await world.beat(4);
    await world.settle();
    for (let kill = 0; kill < KILLS; kill += 1) {
      await world.beat(4);
      await sleep(random() * 900);
      const slot = Math.floor(random() * ROLES.length);
      await processes.kill(slot);
      if (kill === KILLS / 2) world.discord.gateway.drop();
      processes.start(slot);
    }
    const account = await world.settle();
    expect(account, processes.log()).toMatchObject({
      ...{ articles: 4 * (KILLS + 1), lost: 0, doubled: 0, waiting: 0, stuck: 0 },
    });
    expect(account.messages).toBeGreaterThan(8);
  }, 300_000);

  it('have one bot at the gateway', () => {
    expect(t.world.discord.gateway.isConnected()).toBe(true);
  });
});
