import { beforeEach, describe, expect, it } from 'vitest';
import { applyRetention } from '../../src/pipeline/apply-retention.ts';
import { createClockJudge } from '../../src/pipeline/judge-clock.ts';
import {
  findArticleByUrl,
  lockDiscoveredArticles,
  markClustered,
  saveAnalyses,
  saveArticles,
} from '../../src/store/article-store.ts';
import type { Queryable } from '../../src/store/db.ts';
import { recordFetch } from '../../src/store/feed-store.ts';
import { markSent, postedStoryIds, saveDigest } from '../../src/store/outbox-store.ts';
import { createStory, findStory } from '../../src/store/story-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import {
  makeAnalysedArticles,
  makeAnalysis,
  makeArticle,
  makeDigest,
  makeFeed,
  makeSubscription,
  NOW,
} from './rows.ts';

const database = useTestDatabase();
beforeEach(() => database.clear());

const DAYS = 100;
const OTHER_NEWS = { cyber: { isCyber: false, score: 0.1, threshold: 0.5 }, topics: [] };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const onDay = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

async function retain(days: number): Promise<void> {
  const deps = { db: database.db, log, judgeClock: () => true, retentionDays: DAYS };
  while ((await applyRetention(deps, () => onDay(days))) > 0);
}

/** A cyber story and another piece of news, both clustered on day 0. */
async function makeNews() {
  const { db } = database;
  const [cyber = '', other = ''] = await makeAnalysedArticles(db, [
    { article: { canonicalUrl: 'https://news.example/cyber', text: 'Cyber text' } },
    {
      article: { canonicalUrl: 'https://news.example/other', text: 'Other text' },
      analysis: OTHER_NEWS,
    },
  ]);
  return db.transaction(async (tx) => {
    const story = await createStory(tx, cyber, NOW);
    await markClustered(tx, [cyber, other]);
    return { cyber, other, story };
  });
}

async function textOf(name: string): Promise<string | null> {
  const article = await findArticleByUrl(database.db, `https://news.example/${name}`);
  return article?.text ?? null;
}

/** What a poll of the only feed does. */
async function poll(day: number, urls: string[], text = 'Other text'): Promise<number> {
  const { db } = database;
  const [feed] = await db.query<{ id: string }>('SELECT id FROM feeds');
  const id = feed?.id ?? '';
  const items = urls.map((canonicalUrl) => makeArticle({ canonicalUrl, text }));
  const { inserted, updated } = await saveArticles(db, id, items, onDay(day));
  const found = { status: 'fresh' as const, httpStatus: 200, error: null, etag: null };
  await recordFetch(
    db,
    id,
    { ...found, lastModified: null, nextCheckAt: NOW, movedTo: null, succeeded: true },
    onDay(day),
  );
  return inserted + updated;
}

describe('the text of an article', () => {
  it('that is other news goes after two weeks, that of a cyber story after the retention', async () => {
    const { story } = await makeNews();
    await retain(13);
    expect([await textOf('cyber'), await textOf('other')]).toEqual(['Cyber text', 'Other text']);
    await retain(15);
    expect([await textOf('cyber'), await textOf('other')]).toEqual(['Cyber text', '']);
    await retain(DAYS + 1);
    expect(await textOf('cyber')).toBe('');
    const told = await findStory(database.db, 'g', story);
    expect(told?.reports[0]).toMatchObject({
      summary: 'A summary.',
      severity: { level: 'medium' },
    });
    const [row] = await database.db.query('SELECT embedding, search FROM articles WHERE is_cyber');
    expect(row).toEqual({ embedding: null, search: null });
  });

  it('that waits to be read stays for two weeks; then the article is given up, and its row says when', async () => {
    const { db } = database;
    const feed = await makeFeed(db);
    const article = makeArticle({ canonicalUrl: 'https://news.example/unread', text: 'Unread' });
    await saveArticles(db, feed.id, [article], NOW);
    await retain(14);
    expect(await lockDiscoveredArticles(db, 9)).toMatchObject([{ text: 'Unread' }]);
    await retain(15);
    expect(await lockDiscoveredArticles(db, 9)).toEqual([]);
    expect(await findArticleByUrl(db, article.canonicalUrl)).toMatchObject({
      ...{ state: 'clustered', analysis: null, text: '', expiredAt: onDay(15) },
    });
  });

  it('stays while the clock is suddenly too far ahead to be believed', async () => {
    await makeNews();
    await retain(1);
    const deps = { db: database.db, log, retentionDays: DAYS };
    const later = () => onDay(10 * DAYS);
    expect(await applyRetention({ ...deps, judgeClock: createClockJudge(later) }, later)).toBe(0);
    expect([await textOf('cyber'), await textOf('other')]).toEqual(['Cyber text', 'Other text']);
  });
});

describe('an article whose text is gone', () => {
  it('is still known: its feed may show it for years, in whatever words, and it is not read again', async () => {
    await makeNews();
    const [other = '', cyber = ''] = ['https://news.example/other', 'https://news.example/cyber'];
    for (const day of [20, 120, 320, 520]) {
      await retain(day);
      const shown = day > DAYS ? [other, cyber] : [other];
      expect(await poll(day, shown, `In other words on day ${day}, and at length`)).toBe(0);
    }
    await retain(521);
    expect(await textOf('other')).toBe('');
  });

  it('is deleted once its feed was read without it, and the retention is over', async () => {
    await makeNews();
    await retain(DAYS + 1);
    expect(await textOf('other')).toBe('');
    await poll(DAYS + 2, []);
    await retain(DAYS + 3);
    expect([await textOf('cyber'), await textOf('other')]).toEqual(['', null]);
    await retain(2 * DAYS + 1);
    expect(await textOf('cyber')).toBeNull();
    expect(await database.db.query('SELECT FROM stories')).toEqual([]);
  });

  it('stays while its feed only says "not modified", or fails', async () => {
    await makeNews();
    await retain(10 * DAYS);
    expect(await textOf('other')).toBe('');
  });
});

describe('what a person entered', () => {
  it('stays: a vote keeps its story, and subscriptions and settings are not touched', async () => {
    const { db } = database;
    const { story } = await makeNews();
    await makeSubscription(db);
    await db.query(
      `INSERT INTO votes (guild_id, story_id, user_id, vote, voted_at, account_created_at) VALUES ('g', $1, 'u', 'not-cyber', $2, $2)`,
      [story, NOW],
    );
    await poll(3 * DAYS, []);
    await retain(10 * DAYS);
    expect(await findStory(db, 'g', story)).not.toBeNull();
    expect(await db.query('SELECT vote FROM votes')).toEqual([{ vote: 'not-cyber' }]);
    expect(await db.query('SELECT FROM subscriptions')).toHaveLength(1);
  });
});

describe('a message', () => {
  it('goes after the retention with its digest, but its stories are not posted again', async () => {
    const { db } = database;
    const { story } = await makeNews();
    const subscription = await makeSubscription(db);
    await saveDigest(db, {
      ...{ subscription, dueAt: NOW, storyIds: [story], now: NOW, roleId: null, silent: false },
      messages: [makeDigest()],
    });
    const [message] = await db.query<{ id: string }>('SELECT id FROM outbox');
    await retain(DAYS + 1);
    expect(await db.query('SELECT FROM outbox')).toHaveLength(1);
    await markSent(db, message?.id ?? '', { discordMessageId: '1', now: onDay(1) });
    await retain(DAYS);
    expect(await db.query('SELECT FROM outbox')).toHaveLength(1);
    await retain(DAYS + 2);
    expect(await db.query('SELECT FROM outbox')).toEqual([]);
    expect(await postedStoryIds(db, subscription.id, [story])).toEqual(new Set([story]));
  });
});

describe('a year of news', () => {
  it('leaves as many rows and texts as the retention says, however long it goes on', async () => {
    const { db } = database;
    const feed = await makeFeed(db);
    const sizes: { rows: number; texts: number; stories: number }[] = [];
    for (let day = 0; day <= 360; day += 5) {
      const items = [0, 1, 2].map((n) =>
        makeArticle({ publishedAt: onDay(day), canonicalUrl: `https://news.example/${day}/${n}` }),
      );
      await db.transaction(async (tx) => {
        await saveArticles(tx, feed.id, items, onDay(day));
        await analyseAll(tx, day);
      });
      await poll(
        day,
        items.map((item) => item.canonicalUrl),
      );
      const deps = { db, log, judgeClock: () => true, retentionDays: 30 };
      while ((await applyRetention(deps, () => onDay(day))) > 0);
      const [size] = await db.query<{ rows: number; texts: number; stories: number }>(
        `SELECT count(*)::int AS rows, count(*) FILTER (WHERE text <> '')::int AS texts,
           (SELECT count(*)::int FROM stories) AS stories FROM articles`,
      );
      if (size) sizes.push(size);
    }
    const half = sizes[36];
    expect(half?.rows).toBeGreaterThan(20);
    expect(sizes.at(-1)).toEqual(half);
  });
});

/** One of three articles is a cyber story. */
async function analyseAll(tx: Queryable, day: number) {
  const articles = await lockDiscoveredArticles(tx, 10);
  const rows = articles.map((article) => ({
    articleId: article.id,
    analysis: makeAnalysis(article.canonicalUrl.endsWith('/0') ? {} : OTHER_NEWS),
    searchWords: { arabic: '', english: article.title },
  }));
  await saveAnalyses(tx, rows, onDay(day));
  for (const article of articles.filter(({ canonicalUrl }) => canonicalUrl.endsWith('/0'))) {
    await createStory(tx, article.id, onDay(day));
  }
  await markClustered(
    tx,
    articles.map((article) => article.id),
  );
}
