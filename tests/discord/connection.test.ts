import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordBot, type DiscordBot } from '../../src/discord/create-discord-bot.ts';
import { createSearch } from '../../src/search/create-search.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../helpers/fake-discord/create-fake-discord.ts';
import { textOf } from './text-of.ts';

let database: TestDatabase;
let discord: FakeDiscord;
let bot: DiscordBot;
let asker = { guildId: '', channelId: '' };
const logged: string[] = [];

beforeEach(async () => {
  logged.length = 0;
  database = await openTestDatabase({ poolSize: 2 });
  discord = await createFakeDiscord({ interactionDeadlineMs: 10_000 });
  const guildId = discord.addGuild();
  asker = { guildId, channelId: discord.addChannel(guildId, 'news') };
  bot = createBot(discord.token);
});
afterEach(async () => {
  await bot.stop();
  await discord.close();
  await database.close();
});

function createBot(token: string): DiscordBot {
  const note = (_fields: object, message: string) => void logged.push(message);
  return createDiscordBot({
    token,
    apiUrl: discord.apiUrl,
    db: database.db,
    outside: {
      canonicalUrl: (url) => url,
      isKnownName: () => false,
      findSource: () => Promise.reject(new Error('no network')),
    },
    search: createSearch({
      db: database.db,
      encoder: { encode: async () => [] },
      clock: () => new Date(),
    }),
    clock: () => new Date('2026-11-24T05:00:00Z'),
    modelThreshold: 0.5,
    log: { info: note, warn: note, error: note },
  });
}

describe('connecting', () => {
  it('asks for guilds only: no members, no message content', async () => {
    await bot.start();
    expect(bot.isReady()).toBe(true);
    expect(discord.gateway.counts.intents).toEqual([1]);
  });

  it('registers the commands once, and again only when Discord has others', async () => {
    await bot.start();
    expect(discord.registrations()).toBe(1);
    await bot.stop();
    bot = createBot(discord.token);
    await bot.start();
    expect(discord.registrations()).toBe(1);
    await bot.stop();
    discord.commands().pop();
    bot = createBot(discord.token);
    await bot.start();
    expect(discord.registrations()).toBe(2);
    expect(discord.violations).toEqual([]);
  });

  it('says in one line that the token is wrong', async () => {
    const stranger = createBot(`${discord.token}x`);
    await expect(stranger.start()).rejects.toMatchObject({
      name: 'UsageError',
      code: 'bad-token',
      message: 'DISCORD_TOKEN is not accepted by Discord',
    });
    await stranger.stop();
  });

  it('says that Discord is down, which a later start may find otherwise', async () => {
    discord.failNext({ status: 503, times: 3 });
    await expect(bot.start()).rejects.toMatchObject({ code: 'discord-down', retryable: true });
    bot = createBot(discord.token);
    await bot.start();
    expect(bot.isReady()).toBe(true);
  });
});

describe('a connection that breaks', () => {
  it('is resumed, and what was asked meanwhile is answered', async () => {
    await bot.start();
    discord.gateway.drop();
    await expect.poll(() => discord.gateway.counts.resumed, { timeout: 20_000 }).toBe(1);
    const reply = await discord.sendCommand('help', {}, asker);
    expect(textOf(reply.message)).toContain('/subscribe');
    expect(discord.gateway.counts.identified).toBe(1);
  });

  it.each([4000, 4008, 4009])('is made again after close code %i', async (code) => {
    await bot.start();
    discord.gateway.drop(code);
    const { counts } = discord.gateway;
    await expect
      .poll(() => counts.resumed + counts.identified, { timeout: 20_000 })
      .toBeGreaterThan(1);
    const reply = await discord.sendCommand('help', {}, asker);
    expect(textOf(reply.message)).toContain('/subscribe');
  });

  it('begins anew when Discord has forgotten its session', async () => {
    await bot.start();
    discord.gateway.forgetSessions();
    discord.gateway.drop();
    await expect.poll(() => discord.gateway.counts.identified, { timeout: 20_000 }).toBe(2);
    const reply = await discord.sendCommand('help', {}, asker);
    expect(textOf(reply.message)).toContain('/subscribe');
    expect(discord.gateway.counts.resumed).toBe(0);
  });
});

it('an interaction that has expired is for the log, and the next one is heard', async () => {
  await bot.stop();
  await discord.close();
  discord = await createFakeDiscord({ interactionDeadlineMs: -1 });
  const guildId = discord.addGuild();
  const late = { guildId, channelId: discord.addChannel(guildId, 'news') };
  bot = createBot(discord.token);
  await bot.start();
  const expired = 'an interaction could not be answered: Unknown interaction';
  for (let asked = 1; asked <= 2; asked += 1) {
    await expect(discord.sendCommand('help', {}, late)).rejects.toThrow('not acknowledged');
    await expect.poll(() => logged.filter((line) => line === expired)).toHaveLength(asked);
  }
  expect(bot.isConnected()).toBe(true);
});

describe('a bot of many servers', () => {
  /** One server for each of `count` shards, each with a channel. */
  const servers = (count: number) => {
    const found = new Map<number, { guildId: string; channelId: string }>();
    while (found.size < count) {
      const guildId = discord.addGuild();
      const shard = Number((BigInt(guildId) >> 22n) % BigInt(count));
      found.set(shard, { guildId, channelId: discord.addChannel(guildId, 'news') });
    }
    return [...found.values()];
  };

  it('has as many connections as Discord recommends, begun no faster than it takes them', async () => {
    discord.setSharding({ shards: 3, maxConcurrency: 2 });
    const askers = servers(3);
    await bot.start();
    expect(discord.gateway.counts.identified).toBe(3);
    expect(bot.isConnected()).toBe(true);
    for (const one of askers) {
      const { message } = await discord.sendCommand('help', {}, one);
      expect(textOf(message)).toContain('/subscribe');
    }
    expect(discord.gateway.counts.events.every((count) => count > 0)).toBe(true);
    expect(discord.violations).toEqual([]);
  });

  it('takes more connections when it has outgrown those it has', async () => {
    await bot.start();
    discord.setSharding({ shards: 2, maxConcurrency: 2 });
    const askers = servers(2);
    discord.gateway.drop(4011);
    await expect
      .poll(() => logged, { timeout: 20_000 })
      .toContain('connected to Discord with more shards');
    expect(discord.gateway.counts.identified).toBe(3);
    for (const one of askers) {
      const { message } = await discord.sendCommand('help', {}, one);
      expect(textOf(message)).toContain('/subscribe');
    }
    expect(bot.isConnected()).toBe(true);
  });
});

describe('when the database is away', () => {
  it('a command is acknowledged all the same, its asker told, and the operator too', async () => {
    await bot.start();
    await database.db.close();
    const reply = await discord.sendCommand('subscriptions', {}, asker);
    expect(reply).toMatchObject({ ephemeral: true, deferred: true });
    expect(textOf(reply.message)).toContain('Something went wrong on our side');
    expect(logged.some((line) => line.startsWith('a command failed'))).toBe(true);
  });
});
