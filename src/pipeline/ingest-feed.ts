import { messageOf } from '../domain/errors.ts';
import type { Feed, FetchRecord, ParsedFeed } from '../domain/feed.ts';
import { prepareArticle } from '../extract/prepare-article.ts';
import { type FetchOutcome, fetchFeed } from '../feeds/fetch-feed.ts';
import { planFetchRecord } from '../feeds/next-check.ts';
import { parseFeed } from '../feeds/parse-feed.ts';
import type { HttpClient } from '../net/http-client.ts';
import { type SavedArticles, saveArticles } from '../store/article-store.ts';
import type { Database } from '../store/db.ts';
import { recordFetch } from '../store/feed-store.ts';
import type { Queue } from '../store/queue.ts';
import type { FetchCount, Meters } from '../web/metrics-meters.ts';
import { type CompletedArticles, completeFromPages } from './read-article-pages.ts';
import { articleLines, type TrailLog } from './step-log.ts';

export interface IngestDeps {
  db: Database;
  http: HttpClient;
  queue: Pick<Queue, 'wake'>;
  bounds: { minSeconds: number; maxSeconds: number };
  log: TrailLog;
  meters?: Meters;
}

interface Reading {
  outcome: FetchOutcome;
  parsed: ParsedFeed | null;
  parseError: string | null;
}

/**
 * Fetches one claimed feed and stores what it holds. What the fetch taught (validators, next check, health) is written in
 * the same transaction as the articles, so "not modified" is never believed about articles that were not stored.
 * @returns how many articles are new or changed.
 */
export async function ingestFeed(deps: IngestDeps, feed: Feed, clock: () => Date): Promise<number> {
  const reading = await readFeed(deps, feed, clock());
  const { articles, unread } = await discoverArticles(deps, feed, reading.parsed, clock());
  const now = clock();
  const record = planFetchRecord({
    feed,
    outcome: reading.outcome,
    parseError: reading.parseError,
    ttlMinutes: reading.parsed?.ttlMinutes ?? null,
    bounds: deps.bounds,
    now,
    jitter: Math.random(),
  });
  reportHealth(deps.log, feed, record);
  deps.meters?.fetched(countOf(reading));
  if (articles.length === 0) {
    await recordFetch(deps.db, feed.id, record, now);
    return 0;
  }
  const saved = await deps.db.transaction(async (tx) => {
    const stored = await saveArticles(tx, feed.id, articles, now);
    await recordFetch(tx, feed.id, record, now);
    if (stored.written.length > 0) await deps.queue.wake(tx, 'analyse');
    return stored;
  });
  deps.meters?.stored(saved);
  reportStored(deps.log, feed, saved, unread);
  return saved.written.length;
}

/** After the commit: from here on an article has the id by which it can be followed. */
function reportStored(
  log: TrailLog,
  feed: Feed,
  { written }: SavedArticles,
  unread: CompletedArticles['unread'],
): void {
  const ids = new Map(written.map(({ id, url }) => [url, id]));
  for (const [url, error] of unread) {
    log.warn({ article: ids.get(url), url, error }, 'article page not read');
  }
  for (const { id, url } of written) {
    log.debug({ article: id, url, feed: feed.name }, 'article stored');
  }
  if (written.length === 0) return;
  const stored = written.map(({ id }) => id);
  for (const line of articleLines(stored, { feed: feed.name })) log.info(line, 'articles stored');
}

function countOf({ outcome, parseError }: Reading): FetchCount {
  return parseError === null ? outcome.kind : 'unreadable';
}

/** A hiccup is for the record only; a feed that has come to need a person is said once. */
function reportHealth(log: TrailLog, feed: Feed, record: FetchRecord): void {
  if (record.error === null) return;
  const fields = { feed: feed.name, url: feed.url, status: record.status, error: record.error };
  const needsPerson = record.status !== 'slow' && record.status !== feed.status;
  log[needsPerson ? 'warn' : 'info'](fields, 'feed not read');
}

async function readFeed(deps: IngestDeps, feed: Feed, now: Date): Promise<Reading> {
  const outcome = await fetchFeed(deps.http, feed, now);
  if (outcome.kind !== 'fetched') return { outcome, parsed: null, parseError: null };
  try {
    const parsed = await parseFeed(outcome.body, {
      contentType: outcome.contentType,
      url: outcome.url,
      now,
    });
    return { outcome, parsed, parseError: null };
  } catch (error) {
    return { outcome, parsed: null, parseError: messageOf(error) };
  }
}

async function discoverArticles(
  deps: IngestDeps,
  feed: Feed,
  parsed: ParsedFeed | null,
  now: Date,
): Promise<CompletedArticles> {
  const prepared = (parsed?.items ?? [])
    .map((item) => prepareArticle(item, feed, now))
    .filter((article) => article !== null);
  if (!feed.fullText) return { articles: prepared, unread: new Map() };
  return completeFromPages(deps, prepared, now);
}
