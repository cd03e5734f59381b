import { FeedError, NetError } from '../domain/errors.ts';
import type { FeedSource, FoundSource, ParsedFeed } from '../domain/feed.ts';
import { decodeDocument } from '../feeds/decode-document.ts';
import { discoverFeeds } from '../feeds/discover-feeds.ts';
import { type FetchOutcome, fetchFeed } from '../feeds/fetch-feed.ts';
import { describeFailure } from '../feeds/next-check.ts';
import { parseFeed } from '../feeds/parse-feed.ts';
import { detectLanguage } from '../language/detect-language.ts';
import type { HttpClient } from '../net/http-client.ts';

/** What is shown of a feed before it is added. */
const PREVIEWED_ITEMS = 3;

/** An unknown publisher. */
const TRUST = 2;

/** A name longer than this is a slogan. */
const MAX_NAME = 80;

type Document = Extract<FetchOutcome, { kind: 'fetched' }>;

/**
 * Finds the feed at an address: the address itself where it is one, else what its page announces or has at a usual place.
 * @throws NetError when the address cannot be read (`private-address` where it may not be); FeedError `no-feed` when it has none.
 */
export async function findSource(
  http: HttpClient,
  address: string,
  now: Date,
): Promise<FoundSource> {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  const document = await read(http, url, now);
  const own = await parseOrNull(document, now);
  if (own !== null) return describe(own, document, now);
  const page = decodeDocument(document.body, document.contentType).text;
  for (const candidate of discoverFeeds(page, document.url)) {
    const found = await tryCandidate(http, candidate, now);
    if (found !== null) return found;
  }
  throw new FeedError('no-feed', `${document.url} is not a feed and leads to none`);
}

async function tryCandidate(http: HttpClient, url: string, now: Date): Promise<FoundSource | null> {
  const outcome = await fetchFeed(http, { url, etag: null, lastModified: null }, now);
  if (outcome.kind !== 'fetched') return null;
  const feed = await parseOrNull(outcome, now);
  return feed === null ? null : describe(feed, outcome, now);
}

async function read(http: HttpClient, url: string, now: Date): Promise<Document> {
  const outcome = await fetchFeed(http, { url, etag: null, lastModified: null }, now);
  if (outcome.kind === 'fetched') return outcome;
  if (outcome.kind === 'failed') throw outcome.error;
  throw new NetError(outcome.kind, describeFailure(outcome, null), { url, status: outcome.status });
}

/** Null for what is no feed, and for a feed without items: there is nothing to see whether it is the right one. */
async function parseOrNull(document: Document, now: Date): Promise<ParsedFeed | null> {
  const { body, contentType, url } = document;
  try {
    const feed = await parseFeed(body, { contentType, url, now });
    return feed.items.length > 0 ? feed : null;
  } catch (error) {
    if (error instanceof FeedError) return null;
    throw error;
  }
}

function describe(feed: ParsedFeed, document: Document, now: Date): FoundSource {
  const url = document.movedTo ?? document.url;
  const name = feed.title.slice(0, MAX_NAME).trim() || new URL(url).hostname;
  const titles = feed.items.map((item) => item.title).join(' ');
  const source: FeedSource = {
    url,
    name,
    outlet: name,
    language: detectLanguage(feed.title, titles),
    kind: feed.format === 'json' || feed.format === 'sitemap' ? feed.format : 'rss',
    topics: [],
    trust: TRUST,
    fullText: false,
    enabled: true,
  };
  const newest = feed.items.slice(0, PREVIEWED_ITEMS).map(({ title, published }) => ({
    title,
    published: published !== null && published <= now ? published : null,
  }));
  return { source, items: newest, itemCount: feed.items.length };
}
