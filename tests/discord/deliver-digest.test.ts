import { describe, expect, it } from 'vitest';
import { NONCE_MEMORY_MS } from '../../src/discord/deliver-digest.ts';
import { DeliveryError } from '../../src/domain/errors.ts';
import {
  READ_MESSAGE_HISTORY,
  SEND_MESSAGES,
  VIEW_CHANNEL,
} from '../helpers/fake-discord/state.ts';
import { makeDigest, makeMessage } from './make-message.ts';
import { NOW, useBot } from './start-bot.ts';
import { textOf } from './text-of.ts';

const t = useBot();
const channel = () => t.discord.addChannel(t.guildId, 'alerts');
const posts = ({ method, path }: { method: string; path: string }) =>
  method === 'POST' && path.endsWith('/messages');

/** How often one delivery asks Discord before it gives up. */
const TRIES = 3;

function later(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it was delivered'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DeliveryError)) throw error;
  return `${error.code}${error.retryable ? ', may be tried again' : ''}`;
}

describe('a digest', () => {
  it.each([
    ['an announcement channel', 5],
    ['a thread', 11],
  ])('is posted in %s as in any other', async (_what, type) => {
    const channelId = t.discord.addChannel(t.guildId, 'elsewhere', { type });
    await t.bot.deliver(makeMessage({ channelId }));
    expect(t.discord.messages(channelId).map((posted) => textOf(posted))).toEqual([
      expect.stringContaining('Hospital chain hit by ransomware'),
    ]);
  });

  it('is posted once, in its channel, and mentions nobody', async () => {
    const channelId = channel();
    const { messageId } = await t.bot.deliver(makeMessage({ channelId }));
    const [posted, ...others] = t.discord.messages(channelId);
    expect(others).toEqual([]);
    expect(posted?.id).toBe(messageId);
    expect(posted?.allowed_mentions).toEqual({ parse: [], roles: [] });
    expect(textOf(posted ?? null)).toContain('Hospital chain hit by ransomware');
  });

  it('mentions the chosen role, in its first message only', async () => {
    const channelId = channel();
    await t.bot.deliver(makeMessage({ channelId, roleId: '77' }));
    await t.bot.deliver(makeMessage({ channelId, roleId: '77', position: 2 }));
    const [first, second] = t.discord.messages(channelId);
    expect(first?.allowed_mentions).toEqual({ parse: [], roles: ['77'] });
    expect(textOf(first ?? null)).toContain('<@&77>');
    expect(second?.allowed_mentions).toEqual({ parse: [], roles: [] });
    expect(textOf(second ?? null)).not.toContain('<@&77>');
  });

  it('is not doubled by a retry while Discord remembers its nonce', async () => {
    const channelId = channel();
    const message = makeMessage({ channelId });
    const first = await t.bot.deliver(message);
    t.now = later(NONCE_MEMORY_MS - 1);
    const second = await t.bot.deliver({ ...message, attempts: 1, firstAttemptAt: NOW });
    expect(second).toEqual(first);
    expect(t.discord.messages(channelId)).toHaveLength(1);
  });

  it('is found in the channel when its sending was cut off long ago', async () => {
    const channelId = channel();
    const message = makeMessage({ channelId });
    const first = await t.bot.deliver(message);
    t.discord.forgetNonces();
    t.now = later(3_600_000);
    for (let count = 0; count < 130; count += 1)
      t.discord.addForeignMessage(channelId, `chat ${count}`);
    const second = await t.bot.deliver({ ...message, attempts: 1, firstAttemptAt: NOW });
    expect(second).toEqual(first);
  });

  it('is found far behind other talk', async () => {
    const channelId = channel();
    for (let count = 0; count < 230; count += 1)
      t.discord.addForeignMessage(channelId, `chat ${count}`);
    const message = makeMessage({ channelId, digest: makeDigest({ stories: [], storyCount: 0 }) });
    const first = await t.bot.deliver(message);
    t.discord.forgetNonces();
    t.now = later(3_600_000);
    const again = { ...message, attempts: 1, firstAttemptAt: NOW };
    expect(await t.bot.deliver(again)).toEqual(first);
    expect(t.discord.messages(channelId)).toHaveLength(231);
  });

  it('is sent when it is not in the channel, even beside others of the same digest', async () => {
    const channelId = channel();
    await t.bot.deliver(makeMessage({ channelId }));
    t.discord.forgetNonces();
    t.now = later(3_600_000);
    await t.bot.deliver(makeMessage({ channelId, attempts: 1, firstAttemptAt: NOW }));
    expect(t.discord.messages(channelId)).toHaveLength(2);
  });

  it.each(['before', 'after'] as const)(
    'is posted once when the connection breaks %s Discord took it and it is delivered again',
    async (drop) => {
      const channelId = channel();
      const message = makeMessage({ channelId });
      t.discord.failNext({ matches: posts, drop });
      expect(await codeOf(t.bot.deliver(message))).toBe('discord-down, may be tried again');
      await t.bot.deliver({ ...message, attempts: 1, firstAttemptAt: NOW });
      expect(t.discord.messages(channelId)).toHaveLength(1);
    },
  );

  it('goes through when Discord asks to wait a moment', async () => {
    const channelId = channel();
    t.discord.failNext({ matches: posts, status: 429, retryAfterSeconds: 0.05 });
    await t.bot.deliver(makeMessage({ channelId }));
    expect(t.discord.messages(channelId)).toHaveLength(1);
  });

  it.each([
    ['for the whole bot', { retryAfterSeconds: 0.2, global: true }],
    ['without saying how long', {}],
  ])('goes through when Discord asks to wait %s', async (_what, limit) => {
    const channelId = channel();
    t.discord.failNext({ matches: posts, status: 429, ...limit });
    await t.bot.deliver(makeMessage({ channelId }));
    expect(t.discord.messages(channelId)).toHaveLength(1);
  });

  it('goes through a passing error of Discord’s', async () => {
    const channelId = channel();
    t.discord.failNext({ matches: posts, status: 500 });
    await t.bot.deliver(makeMessage({ channelId }));
    expect(t.discord.messages(channelId)).toHaveLength(1);
  });
});

describe('what went wrong is said so that someone can act', () => {
  it.each([500, 502, 503, 504])('%i again and again: Discord is down', async (status) => {
    t.discord.failNext({ matches: posts, status, times: TRIES });
    const code = await codeOf(t.bot.deliver(makeMessage({ channelId: channel() })));
    expect(code).toBe('discord-down, may be tried again');
  });

  it('a long rate limit does not hold up other channels', async () => {
    t.discord.failNext({ matches: posts, status: 429, retryAfterSeconds: 3600 });
    const code = await codeOf(t.bot.deliver(makeMessage({ channelId: channel() })));
    expect(code).toBe('rate-limited, may be tried again');
  });

  it('the channel was deleted while posting', async () => {
    const channelId = channel();
    t.discord.deleteChannel(channelId);
    expect(await codeOf(t.bot.deliver(makeMessage({ channelId })))).toBe('channel-gone');
  });

  it('the channel was deleted before the search in it', async () => {
    const channelId = channel();
    t.discord.deleteChannel(channelId);
    t.now = later(3_600_000);
    const again = makeMessage({ channelId, attempts: 1, firstAttemptAt: NOW });
    expect(await codeOf(t.bot.deliver(again))).toBe('channel-gone');
  });

  it.each([
    ['see', VIEW_CHANNEL],
    ['write in', SEND_MESSAGES],
  ])('the bot may not %s the channel', async (_what, denied) => {
    const channelId = channel();
    t.discord.setDenied(channelId, denied | READ_MESSAGE_HISTORY);
    expect(await codeOf(t.bot.deliver(makeMessage({ channelId })))).toBe('forbidden');
  });

  it('posting is forbidden for a reason without a code', async () => {
    t.discord.failNext({ matches: posts, status: 403, code: 0 });
    expect(await codeOf(t.bot.deliver(makeMessage({ channelId: channel() })))).toBe('forbidden');
  });

  it('Discord refuses the message itself, with its words', async () => {
    t.discord.failNext({ matches: posts, status: 400, code: 50035 });
    const error = await t.bot
      .deliver(makeMessage({ channelId: channel() }))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'rejected', retryable: false });
    expect(String(error)).toContain('injected by the test');
  });
});
