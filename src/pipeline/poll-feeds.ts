import PQueue from 'p-queue';
import { messageOf, StoreError } from '../domain/errors.ts';
import type { Feed } from '../domain/feed.ts';
import { claimDueFeeds } from '../store/feed-store.ts';
import { type IngestDeps, ingestFeed } from './ingest-feed.ts';

/** Requests at once over all hosts; the client's own limiter keeps each host at two. */
const FEEDS_AT_ONCE = 32;

/** Feeds claimed by one statement: enough to keep every request slot busy, few enough to be lost to a kill. */
const CLAIM_SIZE = 128;

/**
 * How long a claimed feed stays out of other pollers' sight. Longer than a fetch may take (30 s), so that as a rule only a killed
 * poller leaves a claim to run out. Where a slow host or many pages take longer, a second fetch finds nothing new and stores nothing.
 */
const CLAIM_SECONDS = 60;

export interface PollResult {
  feeds: number;
  /** New or changed articles. */
  articles: number;
}

/**
 * Fetches every feed that is due, many at once; one feed's failure never reaches another.
 * @throws StoreError when all are done, where the database could not take what was fetched
 */
export async function pollDueFeeds(
  deps: IngestDeps,
  clock: () => Date,
  onProgress: (progress: PollResult) => void = () => {},
): Promise<PollResult> {
  const total: PollResult = { feeds: 0, articles: 0 };
  const queue = new PQueue({ concurrency: FEEDS_AT_ONCE });
  let away: StoreError | null = null;
  const take = async (feed: Feed) => {
    // Awaited before it is added: `+=` would add to what the total was when the fetch began.
    const articles = await ingestSafely(deps, feed, clock).catch((error: StoreError) => {
      away = error;
      return 0;
    });
    total.articles += articles;
    total.feeds += 1;
    onProgress({ ...total });
  };
  for (;;) {
    const feeds = await claimDueFeeds(deps.db, {
      now: clock(),
      limit: CLAIM_SIZE,
      holdSeconds: CLAIM_SECONDS,
    });
    if (feeds.length === 0) break;
    for (const feed of feeds) void queue.add(() => take(feed));
    // The next claim is made when most of this one is done, so that no slot idles and nothing piles up.
    await queue.onSizeLessThan(FEEDS_AT_ONCE);
  }
  await queue.onIdle();
  if (away !== null) throw away;
  return total;
}

/** @throws StoreError when the database is away or full: that is not the feed's fault, and is said once for all of them. */
async function ingestSafely(deps: IngestDeps, feed: Feed, clock: () => Date): Promise<number> {
  try {
    return await ingestFeed(deps, feed, clock);
  } catch (error) {
    if (error instanceof StoreError && error.retryable) throw error;
    // Nothing was written: the claim runs out and the feed is due again.
    deps.log.error({ feed: feed.name, error: messageOf(error) }, 'feed not stored');
    return 0;
  }
}
