/** Plain rows for the store's tests: each builder gives a valid one, and takes what the test is about. */
import type { Analysis, DiscoveredArticle } from '../../src/domain/article.ts';
import type { Digest } from '../../src/domain/digest.ts';
import { NO_ENTITIES } from '../../src/domain/entity.ts';
import type { Feed, FeedSource } from '../../src/domain/feed.ts';
import type { NewSubscription, Subscription } from '../../src/domain/subscription.ts';
import {
  lockDiscoveredArticles,
  saveAnalyses,
  saveArticles,
} from '../../src/store/article-store.ts';
import type { Database } from '../../src/store/db.ts';
import { addFeed } from '../../src/store/feed-store.ts';
import { createSubscription } from '../../src/store/subscription-store.ts';

export const NOW = new Date('2026-11-24T08:00:00Z');

export function minutesLater(minutes: number, from = NOW): Date {
  return new Date(from.getTime() + minutes * 60_000);
}

let counter = 0;

export function makeSource(fields: Partial<FeedSource> = {}): FeedSource {
  counter += 1;
  return {
    url: `https://feed${counter}.example/rss`,
    name: `Feed ${counter}`,
    outlet: `Outlet ${counter}`,
    language: 'en',
    kind: 'rss',
    topics: [],
    trust: 3,
    fullText: false,
    enabled: true,
    ...fields,
  };
}

export function makeArticle(fields: Partial<DiscoveredArticle> = {}): DiscoveredArticle {
  counter += 1;
  return {
    itemId: `item-${counter}`,
    canonicalUrl: `https://news.example/${counter}`,
    url: `https://news.example/${counter}?from=rss`,
    title: `Title ${counter}`,
    text: `Text ${counter}`,
    publishedAt: NOW,
    authors: ['A. Author'],
    categories: ['security'],
    outlet: 'Outlet',
    ...fields,
  };
}

/** A vector of length 1 in the plane of the first two dimensions; 90 degrees apart means nothing in common. */
export function makeVector(degrees: number): Float32Array {
  const vector = new Float32Array(8);
  vector[0] = Math.cos((degrees * Math.PI) / 180);
  vector[1] = Math.sin((degrees * Math.PI) / 180);
  return vector;
}

export function makeAnalysis(fields: Partial<Analysis> = {}): Analysis {
  return {
    language: 'en',
    cyber: { isCyber: true, score: 0.9, threshold: 0.5 },
    topics: [{ topic: 'breach', score: 0.8 }],
    severity: { level: 'medium', reasons: ['large-breach'] },
    entities: NO_ENTITIES,
    summary: { text: 'A summary.', sentences: [0] },
    embedding: makeVector(0),
    ...fields,
  };
}

export async function makeFeed(db: Database, fields: Partial<FeedSource> = {}): Promise<Feed> {
  return addFeed(db, makeSource(fields), null, NOW);
}

/** Stores articles and analyses them; leaves them `analysed`. @returns their ids, in order. */
export async function makeAnalysedArticles(
  db: Database,
  items: {
    article?: Partial<DiscoveredArticle>;
    analysis?: Partial<Analysis>;
    words?: { arabic: string; english: string };
  }[],
  from?: Feed,
): Promise<string[]> {
  const feed = from ?? (await makeFeed(db));
  const articles = items.map((item) => makeArticle(item.article));
  return db.transaction(async (tx) => {
    await saveArticles(tx, feed.id, articles, NOW);
    const locked = await lockDiscoveredArticles(tx, 1000);
    const ids = articles.map(
      (article) => locked.find((row) => row.canonicalUrl === article.canonicalUrl)?.id ?? '',
    );
    const rows = items.map((item, index) => ({
      articleId: ids[index] ?? '',
      analysis: makeAnalysis(item.analysis),
      searchWords: item.words ?? { arabic: '', english: articles[index]?.title ?? '' },
    }));
    await saveAnalyses(tx, rows, NOW);
    return ids;
  });
}

export function makeNewSubscription(fields: Partial<NewSubscription> = {}): NewSubscription {
  return {
    guildId: 'guild',
    channelId: 'channel',
    createdBy: 'user',
    schedule: 'daily',
    atMinutes: 480,
    weekday: 1,
    timezone: 'Asia/Riyadh',
    roleId: null,
    roleMinSeverity: 'low',
    follow: false,
    language: 'ar',
    topics: ['breach'],
    minSeverity: 'low',
    sources: ['رويترز'],
    keyword: null,
    ...fields,
  };
}

/** A filter that every story passes. */
export const ANY_STORY = {
  language: 'both',
  topics: [],
  sources: [],
} satisfies Partial<NewSubscription>;

export async function makeSubscription(
  db: Database,
  fields: Partial<NewSubscription> = {},
  nextDueAt = NOW,
): Promise<Subscription> {
  return createSubscription(db, makeNewSubscription(fields), {
    nextDueAt,
    coveredUntil: NOW,
    now: NOW,
  });
}

export function makeDigest(fields: Partial<Digest> = {}): Digest {
  return {
    language: 'ar',
    timezone: 'Asia/Riyadh',
    dueAt: NOW,
    stories: [],
    storyCount: 0,
    moreCount: 0,
    criticalCount: 0,
    articleCount: 0,
    sourceCount: 0,
    notices: [],
    ...fields,
  };
}
