import { fileURLToPath } from 'node:url';
import { serveExamples } from '../../../src/commands/serve-examples.ts';
import { replaceExploited } from '../../../src/store/exploited-store.ts';
import { createQueue } from '../../../src/store/queue.ts';
import { openTestDatabase } from '../../helpers/database.ts';
import { createFakeDiscord } from '../../helpers/fake-discord/create-fake-discord.ts';
import {
  READ_MESSAGE_HISTORY,
  SEND_MESSAGES,
  VIEW_CHANNEL,
} from '../../helpers/fake-discord/state.ts';
import { createFeedServer, type FeedServer, type ServedFeed } from '../../helpers/feed-server.ts';
import { inventIncidents } from '../../helpers/invent-incidents.ts';
import { type RssItem, renderRss } from '../../helpers/render-rss.ts';
import { createBotHome, startRasid, waitUntil } from '../bot-process.ts';

const EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url));

/** Enough that a digest has more stories than it shows, and those fill more than a page. */
const INCIDENTS = 24;
/** With the examples more sources than a page has. */
const QUIET_FEEDS = 6;

const CREATE_THREADS = 1n << 35n;
const SEND_IN_THREADS = 1n << 38n;

export type Frame = 'ar' | 'en';
export type World = Awaited<ReturnType<typeof openWorld>>;
export type Place = ReturnType<typeof openPlace>;

/** Sources of the catalogue in trouble of every kind. */
const TROUBLED: { name: string; served: ServedFeed; enabled?: boolean; note?: string }[] = [
  { name: 'refuses', served: { status: 403 } },
  { name: 'closed', served: { status: 410 } },
  { name: 'breaks', served: { status: 500 } },
  { name: 'off', served: {}, enabled: false, note: 'Nobody reads it' },
];

/** What members give to `/sources add`. */
function serveSites(feeds: FeedServer): void {
  const told = renderRss('Port gazette', inventIncidents(900, 4, new Date()));
  const sites: Record<string, ServedFeed> = {
    '/site': {
      contentType: 'text/html',
      body: '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/site.xml"></head></html>',
    },
    '/site.xml': { body: told },
    '/plain': { contentType: 'text/html', body: '<!doctype html><p>Nothing here</p>' },
    '/refused': { status: 403 },
    '/gone': { status: 410 },
    '/busy': { status: 429 },
    '/broken': { status: 404 },
    '/huge': { body: Buffer.alloc(9 * 1024 * 1024, ' ') },
    '/cut': { body: told, drop: 'mid-body' },
  };
  for (const [path, site] of Object.entries(sites)) feeds.setFeed(path, site);
}

/** A story of every kind of name that a list has, whatever the model finds in the others. */
export const NAMED_INCIDENT = 'https://wire.example/incidents/named';

function namedIncident(): RssItem {
  return {
    id: 'incident-named',
    title: 'Lazarus Group steals data from Microsoft with the WannaCry worm',
    link: NAMED_INCIDENT,
    text: 'Hackers of the Lazarus Group broke into Microsoft with the WannaCry malware through a flaw in Windows, CVE-2025-12345, and stole passwords.',
    published: new Date(),
  };
}

/** The built bot over real articles, with the shipped model, in a Discord with a server for each language. */
export async function openWorld() {
  const [discord, feeds, database, examples] = await Promise.all([
    createFakeDiscord({ interactionDeadlineMs: 10_000 }),
    createFeedServer(),
    openTestDatabase(),
    serveExamples(EXAMPLES, new Date()),
  ]);
  serveSites(feeds);
  feeds.setFeed('/incidents', {
    body: renderRss('Wire', [...inventIncidents(1, INCIDENTS, new Date()), namedIncident()]),
  });
  for (let number = 1; number <= QUIET_FEEDS; number += 1) {
    feeds.setFeed(`/quiet-${number}`, { body: renderRss('Quiet', []) });
  }
  for (const { name, served } of TROUBLED) feeds.setFeed(`/${name}`, served);
  const own = [
    'incidents',
    ...Array.from({ length: QUIET_FEEDS }, (_, index) => `quiet-${index + 1}`),
  ];
  const home = await createBotHome([
    ...examples.sources,
    ...own.map((name) => ({ url: feeds.url(`/${name}`), name, language: 'en' as const })),
    ...TROUBLED.map(({ served: _served, ...source }) => ({
      ...source,
      url: feeds.url(`/${source.name}`),
      language: 'en' as const,
    })),
  ]);
  const start = (settings: Record<string, string> = {}) =>
    startRasid(['start'], {
      ...home.environment,
      // What was read once says nothing new.
      RASID_MIN_FEED_INTERVAL_SECONDS: '3600',
      RASID_MAX_FEED_INTERVAL_SECONDS: '3600',
      DATABASE_URL: database.url,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      ...settings,
    });
  let bot = start();
  const { db } = database;
  const isRead = async () => {
    const [row] = await db.query<{ stored: number; waiting: number; feeds: number }>(
      `SELECT (SELECT count(*)::int FROM articles) AS stored,
         (SELECT count(*)::int FROM articles WHERE state <> 'clustered') AS waiting,
         (SELECT count(*)::int FROM feeds WHERE enabled AND last_fetched_at IS NULL) AS feeds`,
    );
    return row !== undefined && row.stored > INCIDENTS && row.waiting + row.feeds === 0;
  };
  await waitUntil('every article is in a story', isRead, { bot, timeoutMs: 120_000 });
  await replaceExploited(db, [{ cve: 'CVE-2026-41873', addedOn: '2026-11-02' }], new Date());
  await db.query(
    "UPDATE feeds SET status = 'failing', failing_since = now() - interval '2 days' WHERE name = 'quiet-1'",
  );
  const queue = createQueue(db);
  return {
    discord,
    feeds,
    db,
    /** The bot is let into a server, with nothing set in it. */
    openPlace: (language: Frame) => openPlace(discord, language),
    bot: () => bot,
    /** Digests that are due are composed and posted now. */
    post: () => db.transaction((tx) => queue.wake(tx, 'compose')),
    waitUntil: (what: string, condition: () => boolean | Promise<boolean>) =>
      waitUntil(what, condition, { bot }),
    /** As an operator does. */
    restart: async (settings: Record<string, string>) => {
      const identified = discord.gateway.counts.identified;
      await bot.end('SIGTERM');
      bot = start(settings);
      const isBack = () => discord.gateway.counts.identified > identified;
      await waitUntil('the bot is connected again', isBack, { bot });
    },
    close: async () => {
      await bot.end('SIGKILL');
      await Promise.all([feeds.close(), examples.close(), discord.close(), home.remove()]);
      await database.close();
    },
  };
}

/** A server with a channel of every kind that a digest can go to, and two where the bot lacks something. */
function openPlace(discord: Awaited<ReturnType<typeof createFakeDiscord>>, language: Frame) {
  const guildId = discord.addGuild(`server-${language}`);
  const channel = (name: string, options = {}) => discord.addChannel(guildId, name, options);
  return {
    language,
    guildId,
    news: channel('news'),
    quiet: channel('quiet'),
    announcements: channel('announcements', { type: 5 }),
    forum: channel('forum', { type: 15, tags: ['ransomware', 'espionage'] }),
    closed: channel('closed', { denied: SEND_MESSAGES | VIEW_CHANNEL | READ_MESSAGE_HISTORY }),
    threadless: channel('threadless', { denied: CREATE_THREADS | SEND_IN_THREADS }),
    role: discord.addRole(guildId, 'analysts'),
  };
}
