import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../helpers/fake-discord/create-fake-discord.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { inventIncidents } from '../helpers/invent-incidents.ts';
import { renderRss } from '../helpers/render-rss.ts';
import { type BotProcess, createBotHome, startRasid, waitUntil } from './bot-process.ts';

describe('a bot that is started while Discord is down', () => {
  let discord: FakeDiscord;
  let feeds: FeedServer;
  let database: TestDatabase;
  let home: Awaited<ReturnType<typeof createBotHome>>;
  let bot: BotProcess;

  beforeAll(async () => {
    discord = await createFakeDiscord();
    discord.addGuild();
    discord.failNext({
      matches: ({ path }) => path.includes('/gateway/bot'),
      times: 4,
      status: 503,
    });
    feeds = await createFeedServer();
    feeds.setFeed('/en', { body: renderRss('Wire', inventIncidents(0, 3, new Date())) });
    home = await createBotHome([{ url: feeds.url('/en'), name: 'Wire', language: 'en' }]);
    database = await openTestDatabase();
    bot = startRasid(['start'], {
      ...home.environment,
      DATABASE_URL: database.url,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    });
  });

  afterAll(async () => {
    await bot.end('SIGKILL');
    await Promise.all([database.close(), feeds.close(), discord.close(), home.remove()]);
  });

  it('reads the feeds meanwhile', async () => {
    const isStored = async () => {
      const rows = await database.db.query("SELECT 1 FROM articles WHERE state = 'clustered'");
      return rows.length === 3;
    };
    await waitUntil('the articles are read', isStored, { bot });
    expect(bot.stderr()).toContain('Discord cannot be reached; trying again');
  });

  it('answers as soon as Discord is back', async () => {
    await waitUntil('commands are registered', () => discord.commands().length > 0, { bot });
  });

  it('and ends with one line when Discord does not know its token', async () => {
    // One bot at a time holds the gateway of a database.
    await bot.end('SIGTERM');
    const stranger = startRasid(['start'], {
      ...home.environment,
      DATABASE_URL: database.url,
      DISCORD_TOKEN: 'no-such-token',
      DISCORD_API_URL: discord.apiUrl,
    });
    expect(await stranger.exited).toBe(2);
    expect(stranger.stderr()).toContain('DISCORD_TOKEN is not accepted by Discord');
    expect(stranger.stderr()).not.toContain('no-such-token');
  });
});
