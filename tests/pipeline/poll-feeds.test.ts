import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pollDueFeeds } from '../../src/pipeline/poll-feeds.ts';
import type { Database } from '../../src/store/db.ts';
import { addFeed, claimDueFeeds } from '../../src/store/feed-store.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { inventIncidents } from '../helpers/invent-incidents.ts';
import { createLocalClient } from '../helpers/local-client.ts';
import { renderRss } from '../helpers/render-rss.ts';
import { makeSource, minutesLater, NOW } from '../store/rows.ts';

const database = useTestDatabase();
const FEEDS = 60;
const nothing = () => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const queue = { wake: async () => undefined };
const bounds = { minSeconds: 300, maxSeconds: 86_400 };

let server: FeedServer;
let other: Database;
const http = createLocalClient();

beforeAll(async () => {
  server = await createFeedServer({ host: '0.0.0.0' });
  other = await openDatabase({ databaseUrl: database.url, dataDir: '', log: nothing });
});
beforeEach(async () => {
  await database.clear();
  server.requests.length = 0;
});
afterAll(async () => {
  await Promise.all([http.close(), server.close(), other.close()]);
});

const poll = (db: Database, now: () => Date) => pollDueFeeds({ db, http, queue, bounds, log }, now);

describe('two pollers on one database', () => {
  it('fetch each feed once in its interval, and store each article once', async () => {
    for (let n = 0; n < FEEDS; n += 1) {
      server.setFeed(`/${n}`, { body: renderRss(`Wire ${n}`, inventIncidents(n * 3, 3, NOW)) });
      const url = server.url(`/${n}`, `127.0.0.${2 + (n % 50)}`);
      await addFeed(database.db, makeSource({ url }), null, NOW);
    }
    const round = (now: Date) => Promise.all([database.db, other].map((db) => poll(db, () => now)));
    const first = await round(NOW);
    expect(first.reduce((sum, { feeds }) => sum + feeds, 0)).toBe(FEEDS);
    expect(first.reduce((sum, { articles }) => sum + articles, 0)).toBe(FEEDS * 3);
    await round(minutesLater(4));
    expect(new Set(server.requests.map(({ path }) => path)).size).toBe(FEEDS);
    expect(server.requests).toHaveLength(FEEDS);
    const [row] = await database.db.query('SELECT count(*)::int AS articles FROM articles');
    expect(row).toEqual({ articles: FEEDS * 3 });
  });

  it('leave alone what the other still fetches, however long that takes', async () => {
    server.setFeed('/slow', { stall: 'before-headers' });
    await addFeed(database.db, makeSource({ url: server.url('/slow') }), null, NOW);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let now = NOW;
    const fetching = poll(database.db, () => now);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1), { timeout: 20_000 });
    for (let minute = 1; minute <= 5; minute += 1) {
      now = minutesLater(minute * 0.75);
      vi.advanceTimersByTime(20_000);
      const held = minutesLater(1, now);
      await vi.waitFor(
        async () =>
          expect(await other.query('SELECT next_check_at AS held FROM feeds')).toEqual([{ held }]),
        { timeout: 20_000 },
      );
      expect(await claimDueFeeds(other, { now, limit: 9, holdSeconds: 60 })).toEqual([]);
    }
    vi.useRealTimers();
    await server.close();
    await fetching;
    expect(server.requests).toHaveLength(1);
  });
});
