import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { createFeedServer, type FeedServer, type ServedFeed } from '../helpers/feed-server.ts';
import { inventIncidents } from '../helpers/invent-incidents.ts';
import { renderRss } from '../helpers/render-rss.ts';
import { createBotHome, startRasid } from './bot-process.ts';

const NOW = new Date();
const [incident] = inventIncidents(1, 1, NOW);
const GOOD = renderRss('Good', incident ? [incident] : []);

const ENTITY_BOMB = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "${'x'.repeat(1_000)}"><!ENTITY b "${'&a;'.repeat(1_000)}"><!ENTITY c "${'&b;'.repeat(1_000)}">]>
<rss version="2.0"><channel><title>&c;</title></channel></rss>`;

const article = (id: string, title: string, text: string) =>
  renderRss(id, [{ id, title, link: `https://odd.example/${id}`, text, published: NOW }]);

/** What each feed serves, and what is said of it; null where it is read all the same. */
const FEEDS: Record<string, { served: ServedFeed; said: RegExp | null }> = {
  good: { served: { body: GOOD }, said: null },
  html: {
    served: { body: '<!doctype html><html><body>Sign in</body></html>', contentType: 'text/html' },
    said: /not a feed|HTML/i,
  },
  empty: { served: { body: '' }, said: /empty/i },
  'cut-off': { served: { body: GOOD.slice(0, GOOD.indexOf('</channel>')) }, said: null },
  'cut-wire': { served: { body: GOOD, drop: 'mid-body' }, said: /connection/i },
  bomb: {
    served: {
      body: gzipSync(Buffer.alloc(64 * 1024 * 1024)),
      headers: { 'content-encoding': 'gzip' },
    },
    said: /larger|too large|MiB/i,
  },
  entities: { served: { body: ENTITY_BOMB }, said: null },
  loop: { served: { redirectTo: '/loop' }, said: /redirect/i },
  gone: { served: { status: 410 }, said: /closed this feed for good/ },
  refused: { served: { status: 403 }, said: /refuses us \(403\)/ },
  megabyte: {
    served: { body: article('megabyte', 'A very long report', 'word '.repeat(220_000)) },
    said: null,
  },
  emoji: { served: { body: article('emoji', '🔥🔥🔥', '🎉🎉') }, said: null },
  letter: { served: { body: article('letter', 'x', '') }, said: null },
};

describe('feeds and articles of every bad kind at once', () => {
  let feeds: FeedServer;
  let database: TestDatabase;
  let home: Awaited<ReturnType<typeof createBotHome>>;
  let printed: string;
  let exitCode: number | null;

  beforeAll(async () => {
    feeds = await createFeedServer();
    for (const [name, { served }] of Object.entries(FEEDS)) feeds.setFeed(`/${name}`, served);
    feeds.setFeed('/loop', { redirectTo: feeds.url('/loop') });
    home = await createBotHome(
      Object.keys(FEEDS).map((name) => ({ url: feeds.url(`/${name}`), name, language: 'en' })),
    );
    database = await openTestDatabase();
    const bot = startRasid(['once'], { ...home.environment, DATABASE_URL: database.url });
    exitCode = await bot.exited;
    printed = bot.stdout();
  });

  afterAll(async () => {
    await Promise.all([database.close(), feeds.close(), home.remove()]);
  });

  it('do not keep the good ones from the digest', () => {
    expect(exitCode).toBe(0);
    expect(printed).toContain(incident?.title);
  });

  it.each(Object.entries(FEEDS))('%s is described in words, or read', async (name, { said }) => {
    const [feed] = await database.db.query<{ status: string; last_error: string | null }>(
      'SELECT status, last_error FROM feeds WHERE name = $1',
      [name],
    );
    if (said === null) expect(feed).toEqual({ status: 'fresh', last_error: null });
    else expect(feed?.last_error).toMatch(said);
  });

  it('leave no article waiting, whatever its length or alphabet', async () => {
    const rows = await database.db.query<{ item_id: string; state: string }>(
      'SELECT item_id, state FROM articles',
    );
    expect(rows.map((row) => row.item_id)).toEqual(
      expect.arrayContaining(['megabyte', 'emoji', 'letter']),
    );
    expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['clustered']));
  });
});
