import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/domain/seeded-random.ts';
import type { Database } from '../../src/store/db.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../helpers/fake-discord/create-fake-discord.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { inventIncidents } from '../helpers/invent-incidents.ts';
import { type RssItem, renderRss } from '../helpers/render-rss.ts';
import { makeTellingApartModel } from '../helpers/telling-apart-model.ts';
import { type BotProcess, createBotHome, startRasid, waitUntil } from './bot-process.ts';

const KILLS = 20;
const ARTICLES = 200;
const FEEDS = 5;
const CHANNELS = 3;

/** From before the first connection to well into the work. */
const LATEST_KILL_MS = 2_500;

describe(`${KILLS} kills while ${ARTICLES} articles flow to ${CHANNELS} channels`, () => {
  let discord: FakeDiscord;
  let feeds: FeedServer;
  let home: Awaited<ReturnType<typeof createBotHome>>;
  let channels: string[];
  let model: string;
  let db: Database;
  let lastBot: BotProcess;
  let databaseKills = 0;
  const served: RssItem[][] = Array.from({ length: FEEDS }, () => []);

  const start = () =>
    startRasid(['start'], {
      ...home.environment,
      RASID_MODEL: model,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    });

  /** The articles of one round go to the feeds in turn. */
  const publish = (round: number) => {
    const perRound = ARTICLES / KILLS;
    for (const [index, item] of inventIncidents(round * perRound, perRound, new Date()).entries()) {
      served[index % FEEDS]?.unshift(item);
    }
    for (const [index, items] of served.entries()) {
      feeds.setFeed(`/${index}`, { body: renderRss(`Wire ${index}`, items) });
    }
  };

  const killDatabase = async () => {
    const file = join(home.dataDir, 'postgres', 'postmaster.pid');
    const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
    try {
      // The whole group: the postmaster leads it, and its children would otherwise notice a moment later.
      if (pid > 1) process.kill(-pid, 'SIGKILL');
      databaseKills += 1;
    } catch {
      // The bot was killed before it had started the server again.
    }
  };

  beforeAll(async () => {
    discord = await createFakeDiscord();
    const guildId = discord.addGuild();
    channels = Array.from({ length: CHANNELS }, (_, index) =>
      discord.addChannel(guildId, `news-${index}`),
    );
    feeds = await createFeedServer();
    publish(0);
    home = await createBotHome(
      served.map((_, index) => ({
        url: feeds.url(`/${index}`),
        name: `Wire ${index}`,
        language: 'en',
      })),
    );
    model = await makeTellingApartModel(home.folder);
    const bot = start();
    await waitUntil('commands are registered', () => discord.commands().length > 0, { bot });
    for (const channelId of channels) {
      const asker = { guildId, channelId };
      const wanted = { schedule: 'instant', language: 'both' };
      const { message } = await discord.sendCommand('subscribe', wanted, asker);
      await discord.press(buttonOf(message, 'confirm'), asker);
    }
    await bot.end('SIGTERM');
    await runThroughKills();
  }, 180_000);

  const runThroughKills = async () => {
    const random = seededRandom(20_261_124);
    for (let round = 1; round < KILLS; round += 1) {
      publish(round);
      const bot = start();
      await sleep(random() * LATEST_KILL_MS);
      if (round % 2 === 0) await killDatabase();
      await bot.end('SIGKILL');
    }
    lastBot = start();
    db = await openDatabase({ databaseUrl: null, dataDir: home.dataDir, log: () => undefined });
    await waitUntil('everything is posted', async () => (await countLeft()) === 0, {
      timeoutMs: 100_000,
      bot: lastBot,
    });
    await lastBot.end('SIGTERM');
  };

  /** Articles not stored or not through the pipeline yet, and messages on their way. */
  const countLeft = async () => {
    const [row] = await db.query<{ done: number; waiting: number }>(
      `SELECT (SELECT count(*)::int FROM articles WHERE state = 'clustered') AS done,
              (SELECT count(*)::int FROM outbox WHERE state = 'pending') + (SELECT count(*)::int FROM stories s, subscriptions u
                WHERE NOT EXISTS (SELECT FROM posted_stories p WHERE p.story_id = s.id AND p.subscription_id = u.id)) AS waiting`,
    );
    return row ? ARTICLES - row.done + row.waiting : ARTICLES;
  };

  afterAll(async () => {
    await lastBot?.end('SIGKILL');
    await db?.close();
    await Promise.all([feeds.close(), discord.close()]);
    await home.remove();
  });

  it('include kills of the database itself', () => {
    expect(databaseKills).toBeGreaterThanOrEqual(KILLS / 4);
  });

  it('lose no article and store none twice', async () => {
    const rows = await db.query<{ canonical_url: string }>('SELECT canonical_url FROM articles');
    const links = served.flat().map((item) => item.link);
    expect(rows.map((row) => row.canonical_url).sort()).toEqual(links.sort());
  });

  it('post every story exactly once in every channel', async () => {
    const stories = await db.query<{ id: string }>('SELECT id FROM stories ORDER BY id');
    expect(stories.length).toBeGreaterThan(ARTICLES * 0.9);
    for (const channelId of channels) {
      const shown = discord.messages(channelId).flatMap((message) => storyIdsIn(message));
      const counted = await storiesBehindButtons(db, channelId);
      expect([...shown, ...counted].sort(byNumber)).toEqual(stories.map((story) => story.id));
    }
  });

  it('leave nothing that Discord would refuse', () => {
    expect(discord.violations).toEqual([]);
  });
});

/** On a slow machine a burst grows longer than what a channel is shown of one: "and 19 more" counts the others and opens them. */
async function storiesBehindButtons(db: Database, channelId: string): Promise<string[]> {
  const bursts = await db.query<{ more: number; ids: string[] }>(
    `SELECT (SELECT max((o.digest ->> 'moreCount')::int) FROM outbox o WHERE o.digest_id = p.digest_id) AS more,
            array_agg(p.story_id::text) AS ids
     FROM posted_stories p JOIN subscriptions u ON u.id = p.subscription_id
     WHERE u.channel_id = $1 AND NOT EXISTS (
       SELECT FROM outbox o CROSS JOIN jsonb_array_elements(o.digest -> 'stories') AS shown
       WHERE o.digest_id = p.digest_id AND shown ->> 'storyId' = p.story_id::text)
     GROUP BY p.digest_id`,
    [channelId],
  );
  for (const { more, ids } of bursts) expect(ids).toHaveLength(more);
  return bursts.flatMap(({ ids }) => ids);
}

/** The custom id of the button of this kind. */
function buttonOf(message: unknown, kind: string): string {
  return new RegExp(`"(${kind}:\\d+)"`).exec(JSON.stringify(message))?.[1] ?? '';
}

/** Each story of a digest has a button that carries its id. */
function storyIdsIn(message: unknown): string[] {
  return [...JSON.stringify(message).matchAll(/"more:\d+:(\d+)"/g)].map(([, id]) => id ?? '');
}

function byNumber(a: string, b: string): number {
  return Number(a) - Number(b);
}
