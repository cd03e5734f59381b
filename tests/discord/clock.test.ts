import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeMessage } from './make-message.ts';
import { useBot } from './start-bot.ts';

const t = useBot();
afterEach(() => vi.useRealTimers());

/** More than the requests that Discord lets one bot make in a second. */
const MANY = 55;

/** How many of `MANY` messages were posted. */
async function deliverMany(): Promise<number> {
  const channelId = t.discord.addChannel(t.guildId, 'alerts');
  const sent = Array.from({ length: MANY }, () => t.bot.deliver(makeMessage({ channelId })));
  const results = await Promise.allSettled(sent);
  return results.filter(({ status }) => status === 'fulfilled').length;
}

describe('a clock that was an hour ahead and is set back', () => {
  it('holds up messages for that hour only until the bot is told', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    const channelId = t.discord.addChannel(t.guildId, 'early');
    await t.bot.deliver(makeMessage({ channelId }));
    vi.useRealTimers();
    expect(await deliverMany()).toBeLessThan(MANY);
    t.bot.forgetRateLimits();
    expect(await deliverMany()).toBe(MANY);
  });
});
