import { expect, it } from 'vitest';
import { listSubscriptions } from '../../src/store/subscription-store.ts';
import { useBot } from './start-bot.ts';
import { textOf } from './text-of.ts';

const t = useBot();
const here = () => ({ guildId: t.guildId, channelId: t.channelId, userId: '7' });

it('/subscribe saves a subscription and says what it will do and when', async () => {
  const reply = await t.discord.sendCommand(
    'subscribe',
    { schedule: 'daily', at: '08:00', timezone: 'Asia/Riyadh', language: 'ar' },
    here(),
  );
  expect(reply.ephemeral).toBe(true);
  console.log(textOf(reply.message), t.errors);
  const [saved] = await listSubscriptions(t.db, t.guildId);
  expect(saved).toMatchObject({
    channelId: t.channelId,
    schedule: 'daily',
    atMinutes: 480,
    timezone: 'Asia/Riyadh',
    language: 'ar',
    createdBy: '7',
  });
});
