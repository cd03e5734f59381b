import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/store/db.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { createSubscription } from '../../src/store/subscription-store.ts';
import { createBotHome } from '../e2e/bot-process.ts';
import { createFakeDiscord } from '../helpers/fake-discord/create-fake-discord.ts';
import { createFeedServer } from '../helpers/feed-server.ts';
import { type RssItem, renderRss } from '../helpers/render-rss.ts';
import { makeTellingApartModel } from '../helpers/telling-apart-model.ts';
import { makeNewSubscription } from '../store/rows.ts';
import { type Account, takeAccount } from './take-account.ts';
import { createReports } from './take-reports.ts';

export type World = Awaited<ReturnType<typeof createWorld>>;

/** On a busy machine with processes that start again. */
const SETTLE_MS = 240_000;

/**
 * Feeds that change, channels that wait for digests (half of them at each story, half when their time comes) and people who ask, around
 * whatever processes a test starts and kills.
 */
export async function createWorld(options: {
  feeds: number;
  channels: number;
  /** Null: the processes have Rasid's own database. */
  databaseUrl: string | null;
}) {
  const discord = await createFakeDiscord({ interactionDeadlineMs: 60_000 });
  const guildId = discord.addGuild();
  const channels = Array.from({ length: options.channels }, (_, index) =>
    discord.addChannel(guildId, `news-${index}`),
  );
  const feeds = await createFeedServer();
  const served: RssItem[][] = Array.from({ length: options.feeds }, () => []);
  const show = (index: number) =>
    feeds.setFeed(`/${index}`, { body: renderRss(`Wire ${index}`, served[index] ?? []) });
  for (const index of served.keys()) show(index);
  const home = await createBotHome(
    served.map((_, index) => ({
      ...{ url: feeds.url(`/${index}`), name: `Wire ${index}`, language: 'en' as const },
    })),
  );
  const model = await makeTellingApartModel(join(home.dataDir, '..'));
  const place = { databaseUrl: options.databaseUrl, dataDir: home.dataDir };
  const open = () => openDatabase({ ...place, log: () => undefined, poolSize: 3 });
  await withDatabase(open, (db) => subscribe(db, guildId, channels));
  const report = createReports();
  let articles = 0;
  const questions = { asked: 0, answered: 0 };

  const publish = (count: number) => {
    const items = report(articles, count);
    articles += count;
    for (const item of items) {
      const index = articles % served.length;
      served[(index + items.indexOf(item)) % served.length]?.unshift(item);
    }
    for (const index of served.keys()) show(index);
  };
  /** @returns whether there was an answer: whoever is killed meanwhile does not give one, and nobody is asked while no bot is connected. */
  const ask = async (): Promise<boolean> => {
    if (!discord.gateway.isConnected()) return false;
    questions.asked += 1;
    try {
      await discord.sendCommand('latest', {}, { guildId, channelId: channels[0] ?? '' });
    } catch {
      return false;
    }
    questions.answered += 1;
    return true;
  };

  return {
    discord,
    feeds,
    home,
    publish,
    show,
    open,
    environment: {
      ...home.environment,
      RASID_LOG_LEVEL: 'warn',
      RASID_EXPLOITED_CVES_URL: 'off',
      RASID_MODEL: model,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      ...(options.databaseUrl === null ? {} : { DATABASE_URL: options.databaseUrl }),
    },
    /** What people asked so far, and how often they were answered. */
    questions: () => ({ ...questions }),
    /** Asks each second until there is an answer. @returns whether there was one in time */
    async isServedAgain(): Promise<boolean> {
      for (const deadline = Date.now() + SETTLE_MS; Date.now() < deadline; ) {
        if (await ask()) return true;
        await sleep(1_000);
      }
      return false;
    },
    /** One beat of the load: news, a question, and, where the database can be reached, the hour of the feeds and of the channels that have one. */
    async beat(count: number) {
      publish(count);
      void ask();
      if (options.databaseUrl === null) return;
      await withDatabase(open, async (db) => {
        await callHour(db);
        await endClaims(db);
      }).catch(() => undefined);
    },
    /** Waits until nothing is on its way any more, and counts; `onTick` is called each second. */
    async settle(onTick: () => void = () => undefined): Promise<Account> {
      const links = served.flat().map((item) => item.link);
      const messages = () => channels.map((id) => discord.messages(id));
      const deadline = Date.now() + SETTLE_MS;
      for (;;) {
        const account = await withDatabase(open, async (db) => {
          await callHour(db);
          await endClaims(db);
          return takeAccount(db, links, messages().flat());
        }).catch(() => null);
        const isDone = account !== null && account.lost + account.waiting === 0;
        if (account && (isDone || Date.now() > deadline)) return account;
        if (Date.now() > deadline + 30_000) throw new Error('the database does not come back');
        await sleep(1_000);
        onTick();
      }
    },
    async close() {
      await Promise.all([feeds.close(), discord.close()]);
      await home.remove();
    },
  };
}

async function withDatabase<T>(
  open: () => Promise<Database>,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const db = await open();
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** As they were yesterday. */
async function subscribe(db: Database, guildId: string, channels: string[]): Promise<void> {
  const now = new Date();
  for (const [index, channelId] of channels.entries()) {
    const schedule = index % 2 === 0 ? 'instant' : 'hourly';
    await createSubscription(
      db,
      makeNewSubscription({
        ...{ guildId, channelId, schedule, timezone: 'UTC', language: 'both' },
        ...{ topics: [], sources: [] },
      }),
      { nextDueAt: now, coveredUntil: now, now: new Date(now.getTime() - 86_400_000) },
    );
  }
}

/** The hour strikes for the channels that have one. */
async function callHour(db: Database): Promise<void> {
  await db.query(
    `UPDATE subscriptions SET next_due_at = $1 WHERE schedule = 'hourly' AND next_due_at > $1`,
    [new Date()],
  );
}

/** Three minutes pass for the feeds that a killed poller had taken: others may take them again. */
async function endClaims(db: Database): Promise<void> {
  const now = new Date();
  await db.query('UPDATE feeds SET next_check_at = $1 WHERE next_check_at > $2', [
    now,
    new Date(now.getTime() + 10_000),
  ]);
}
