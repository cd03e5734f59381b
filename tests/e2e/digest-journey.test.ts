import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../helpers/fake-discord/create-fake-discord.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { type RssItem, renderRss } from '../helpers/render-rss.ts';
import { type BotProcess, createBotHome, startRasid, waitUntil } from './bot-process.ts';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

const HOSPITALS_EN: RssItem = {
  id: 'hospitals-en',
  title: 'Ransomware gang paralyses three Jordanian hospitals, surgeries postponed',
  link: 'https://wire.example/2026/hospitals?utm_source=rss',
  text: 'A ransomware attack encrypted the servers of three hospitals in Amman on Tuesday, the health ministry said. The hackers demanded 4 million dollars. Doctors moved to paper records and 120 operations were postponed.',
  published: minutesAgo(50),
};

const HOSPITALS_AR: RssItem = {
  id: 'hospitals-ar',
  title: 'هجوم ببرامج الفدية يشل ثلاثة مستشفيات في الأردن ويؤجل العمليات الجراحية',
  link: 'https://wakala.example/hospitals',
  text: 'شفّر هجوم إلكتروني ببرامج الفدية خوادم ثلاثة مستشفيات في عمّان يوم الثلاثاء، بحسب وزارة الصحة. وطالب القراصنة بأربعة ملايين دولار. وعاد الأطباء إلى السجلات الورقية وتأجلت 120 عملية جراحية.',
  published: minutesAgo(40),
};

const ZERO_DAY: RssItem = {
  id: 'zero-day',
  title: 'Attackers exploit zero-day CVE-2026-31337 in Exampla VPN gateways',
  link: 'https://wire.example/2026/zero-day',
  text: 'Hackers are exploiting a critical vulnerability, CVE-2026-31337, in Exampla VPN gateways to install malware, researchers warned. A patch was released on Monday and administrators are urged to update at once.',
  published: minutesAgo(20),
};

const FOOTBALL: RssItem = {
  id: 'football',
  title: 'City sign striker for record fee',
  link: 'https://wire.example/2026/striker',
  text: 'City have signed the striker for a club-record fee, the club said on Monday. He will wear the number nine shirt and is expected to play on Saturday.',
  published: minutesAgo(30),
};

describe('a channel that subscribed to instant news', () => {
  let discord: FakeDiscord;
  let feeds: FeedServer;
  let database: TestDatabase;
  let home: Awaited<ReturnType<typeof createBotHome>>;
  let bot: BotProcess;
  let guildId: string;
  let channelId: string;
  let quietId: string;

  beforeAll(async () => {
    discord = await createFakeDiscord();
    guildId = discord.addGuild();
    channelId = discord.addChannel(guildId, 'cyber-news');
    quietId = discord.addChannel(guildId, 'general');
    feeds = await createFeedServer();
    feeds.setFeed('/en', { body: renderRss('Wire', []) });
    feeds.setFeed('/ar', { body: renderRss('وكالة', []) });
    home = await createBotHome([
      { url: feeds.url('/en'), name: 'Wire', language: 'en' },
      { url: feeds.url('/ar'), name: 'وكالة', language: 'ar' },
    ]);
    database = await openTestDatabase();
    bot = startRasid(['start'], {
      ...home.environment,
      DATABASE_URL: database.url,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    });
    await waitUntil('commands are registered', () => discord.commands().length > 0, { bot });
  });

  afterAll(async () => {
    await bot.end('SIGKILL');
    await Promise.all([database.close(), feeds.close(), discord.close(), home.remove()]);
  });

  const posted = () => discord.messages(channelId).map((message) => JSON.stringify(message));

  it('is asked once what it wants, sees it, confirms, and is told when it will hear', async () => {
    const reply = await discord.sendCommand(
      'subscribe',
      { schedule: 'instant', language: 'both' },
      { guildId, channelId },
    );
    expect(reply.ephemeral).toBe(true);
    const [, confirm = ''] = /"(confirm:\d+)"/.exec(JSON.stringify(reply.message)) ?? [];
    await discord.press(confirm, { guildId, channelId });
    const rows = await database.db.query(
      'SELECT channel_id, schedule FROM subscriptions WHERE guild_id = $1',
      [guildId],
    );
    expect(rows).toEqual([{ channel_id: channelId, schedule: 'instant' }]);
  });

  it('receives a story that broke, with its link and without trackers or other news', async () => {
    feeds.setFeed('/en', { body: renderRss('Wire', [FOOTBALL, HOSPITALS_EN]) });
    await waitUntil('the first digest', () => posted().length > 0, { bot });
    expect(posted()[0]).toContain('Ransomware gang paralyses three Jordanian hospitals');
    expect(posted()[0]).toContain('https://wire.example/2026/hospitals');
    expect(posted().join()).not.toContain('striker');
  });

  it('is not told the same story again when it breaks in the other language, and hears the next story in order', async () => {
    feeds.setFeed('/ar', { body: renderRss('وكالة', [HOSPITALS_AR]) });
    const arrived = async () => {
      const rows = await database.db.query(
        "SELECT 1 FROM articles WHERE outlet = 'وكالة' AND state = 'clustered'",
      );
      return rows.length > 0;
    };
    await waitUntil('the Arabic report is stored', arrived, { bot });
    feeds.setFeed('/en', { body: renderRss('Wire', [ZERO_DAY, FOOTBALL, HOSPITALS_EN]) });
    await waitUntil(
      'the second digest',
      () => posted().some((text) => text.includes('CVE-2026-31337')),
      { bot },
    );
    expect(posted()).toHaveLength(2);
    expect(posted().join()).not.toContain('مستشفيات');
  });

  it('never hears of what is posted elsewhere, and no other channel hears of this', () => {
    expect(discord.messages(quietId)).toEqual([]);
  });

  it('gets its answer to /latest with the story told in both languages shown once', async () => {
    const reply = await discord.sendCommand('latest', {}, { guildId, channelId: quietId });
    const text = JSON.stringify(reply.message);
    expect(text).toContain('CVE-2026-31337');
    expect(text.match(/paralyses three Jordanian/g)).toHaveLength(1);
  });

  it('can rely on a bot that ends within its work when asked to, having done nothing that Discord refuses', async () => {
    expect(await bot.end('SIGTERM')).toBe(0);
    expect(discord.violations).toEqual([]);
  });
});
