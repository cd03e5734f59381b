import PQueue from 'p-queue';
import { messageOf, StoreError } from '../domain/errors.ts';
import type { Feed } from '../domain/feed.ts';
import { claimDueFeeds, holdFeeds } from '../store/feed-store.ts';
import { type IngestDeps, ingestFeed } from './ingest-feed.ts';

/** Requests at once over all hosts; the client's own limiter keeps each host at two. */
const FEEDS_AT_ONCE = 32;

/** Feeds claimed by one statement: enough to keep every request slot busy, few enough to be lost to a kill. */
const CLAIM_SIZE = 128;

/**
 * How long a claimed feed stays out of other pollers' sight. The claim is renewed while the feed waits for its turn or is fetched, so that
 * only a killed poller leaves one to run out.
 */
const CLAIM_SECONDS = 60;
const RENEW_MS = 20_000;

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
  const claims = keepClaims(deps, clock);
  let away: StoreError | null = null;
  const take = async (feed: Feed) => {
    // Awaited before it is added: `+=` would add to what the total was when the fetch began.
    const articles = await ingestSafely(deps, feed, clock).catch((error: StoreError) => {
      away = error;
      return 0;
    });
    claims.release(feed);
    total.articles += articles;
    total.feeds += 1;
    onProgress({ ...total });
  };
  try {
    for (;;) {
      const feeds = await claims.take();
      if (feeds.length === 0) break;
      for (const feed of feeds) void queue.add(() => take(feed));
      // The next claim is made when most of this one is done, so that no slot idles and nothing piles up.
      await queue.onSizeLessThan(FEEDS_AT_ONCE);
    }
    await queue.onIdle();
  } finally {
    claims.end();
  }
  if (away !== null) throw away;
  return total;
}

/** What this poll has claimed and not yet fetched, claimed anew before it runs out. */
function keepClaims({ db, log }: IngestDeps, clock: () => Date) {
  const held = new Set<string>();
  const renew = () => {
    const until = new Date(clock().getTime() + CLAIM_SECONDS * 1_000);
    holdFeeds(db, [...held], until).catch((error: unknown) =>
      log.debug({ error: messageOf(error) }, 'claims of feeds not renewed'),
    );
  };
  const timer = setInterval(renew, RENEW_MS);
  return {
    async take(): Promise<Feed[]> {
      const claim = { now: clock(), limit: CLAIM_SIZE, holdSeconds: CLAIM_SECONDS };
      const feeds = await claimDueFeeds(db, claim);
      for (const { id } of feeds) held.add(id);
      return feeds;
    },
    release: ({ id }: Feed) => void held.delete(id),
    end: () => clearInterval(timer),
  };
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
