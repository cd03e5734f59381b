import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../helpers/fake-discord/create-fake-discord.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { type RssItem, renderRss } from '../helpers/render-rss.ts';
import { type BotProcess, createBotHome, startRasid, waitUntil } from './bot-process.ts';

const ROLES = ['poller', 'analyst', 'bot'] as const;
type Role = (typeof ROLES)[number];

const HOSPITALS: RssItem = {
  id: 'hospitals-en',
  title: 'Ransomware gang paralyses three Jordanian hospitals, surgeries postponed',
  link: 'https://wire.example/2026/hospitals',
  text: 'A ransomware attack encrypted the servers of three hospitals in Amman on Tuesday, the health ministry said. The hackers demanded 4 million dollars. Doctors moved to paper records and 120 operations were postponed.',
  published: new Date(Date.now() - 50 * 60_000),
};

/** The pattern that `ops/README.md` tells an operator to look for, of this article. */
function patternFor(articleId: string): string {
  const page = readFileSync(new URL('../../ops/README.md', import.meta.url), 'utf8');
  const [, pattern = ''] = /grep -hE '(.+)'/.exec(page) ?? [];
  expect(pattern).toContain('4711');
  return pattern.replace('4711', articleId);
}

interface LogLine {
  msg: string;
  level: number;
  message?: string;
  posted?: string;
}

describe('an article that goes through three processes on one database', () => {
  let discord: FakeDiscord;
  let feeds: FeedServer;
  let database: TestDatabase;
  let home: Awaited<ReturnType<typeof createBotHome>>;
  let channelId: string;
  const processes = new Map<Role, BotProcess>();

  beforeAll(async () => {
    discord = await createFakeDiscord();
    const guildId = discord.addGuild();
    channelId = discord.addChannel(guildId, 'cyber-news');
    feeds = await createFeedServer();
    feeds.setFeed('/en', { body: renderRss('Wire', []) });
    home = await createBotHome([{ url: feeds.url('/en'), name: 'Wire', language: 'en' }]);
    database = await openTestDatabase();
    for (const role of ROLES) {
      processes.set(
        role,
        startRasid(['start'], {
          ...home.environment,
          DATABASE_URL: database.url,
          DISCORD_TOKEN: discord.token,
          DISCORD_API_URL: discord.apiUrl,
          RASID_ROLE: role,
        }),
      );
    }
    const bot = processes.get('bot');
    await waitUntil('commands are registered', () => discord.commands().length > 0, bot && { bot });
    const place = { guildId, channelId };
    const reply = await discord.sendCommand('subscribe', { schedule: 'instant' }, place);
    const [, confirm = ''] = /"(confirm:\d+)"/.exec(JSON.stringify(reply.message)) ?? [];
    await discord.press(confirm, place);
  }, 60_000);

  afterAll(async () => {
    await Promise.all([...processes.values()].map((each) => each.end('SIGKILL')));
    await Promise.all([database.close(), feeds.close(), discord.close(), home.remove()]);
  });

  /** What an operator's grep finds of it in the log of each process. */
  function follow(articleId: string): Record<Role, LogLine[]> {
    const found = ROLES.map((role) => {
      const input = processes.get(role)?.stderr() ?? '';
      const { stdout } = spawnSync('grep', ['-hE', patternFor(articleId)], { input });
      const lines = stdout.toString().split('\n').filter(Boolean);
      return [role, lines.map((line) => JSON.parse(line) as LogLine)] as const;
    });
    return Object.fromEntries(found) as Record<Role, LogLine[]>;
  }

  async function idOf({ link }: RssItem): Promise<string> {
    const [row] = await database.db.query<{ id: string }>(
      'SELECT id FROM articles WHERE url = $1',
      [link],
    );
    return row?.id ?? '';
  }

  const messagesOf = (lines: LogLine[]) => lines.map(({ msg }) => msg);
  const logs = () => [...processes.values()].map((each) => each.stderr().slice(-2_000)).join('\n');

  it('has one id in every line about it, from its feed to the message in the channel', async () => {
    feeds.setFeed('/en', { body: renderRss('Wire', [HOSPITALS]) });
    await waitUntil('the digest', () => discord.messages(channelId).length > 0);
    const id = await idOf(HOSPITALS);
    await waitUntil('the line of its delivery', () => follow(id).bot.length > 1);
    const way = follow(id);
    expect(messagesOf(way.poller), logs()).toEqual(['articles stored']);
    expect(messagesOf(way.analyst), logs()).toEqual([
      'batch analysed',
      'articles put into stories',
    ]);
    expect(messagesOf(way.bot), logs()).toEqual(['digest composed', 'digest delivered']);
    expect(way.bot[1]?.posted).toBe(discord.messages(channelId)[0]?.id);
    // Nobody has to turn anything up beforehand.
    expect(Object.values(way).flatMap((lines) => lines.map(({ level }) => level))).toEqual(
      Array(5).fill(30),
    );
  });
});
