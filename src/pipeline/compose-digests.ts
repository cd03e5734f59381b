import { buildDigest, digestLanguage } from '../digest/build-digest.ts';
import { isStillNews } from '../digest/is-still-news.ts';
import { matchStory } from '../digest/match-subscription.ts';
import { nextDue } from '../digest/next-due.ts';
import { splitDigest } from '../digest/split-digest.ts';
import { fitsMessage } from '../discord/render-digest.ts';
import type { Story } from '../domain/story.ts';
import type { GuildSettings, Subscription } from '../domain/subscription.ts';
import type { Database, Queryable } from '../store/db.ts';
import { postedStoryIds, saveDigest } from '../store/outbox-store.ts';
import type { Queue } from '../store/queue.ts';
import { getGuildSettings } from '../store/settings-store.ts';
import { awaitStories, storiesUpdatedBetween } from '../store/story-store.ts';
import { advanceSubscription, lockDueSubscription } from '../store/subscription-store.ts';

export interface ComposeDeps {
  db: Database;
  queue: Pick<Queue, 'wake'>;
  /** The model's own threshold, for servers that set none. */
  threshold: number;
}

/** What fits one message; the rest are counted ("and 7 more"), the most severe come first. */
const MAX_STORIES = 9;

/** Who asked for every story at once gets a burst whole, in several messages. */
const MAX_INSTANT_STORIES = 45;

/** More stories than this in one window are read newest first; no reader would see the rest. */
const MAX_CANDIDATES = 500;

/**
 * Windows overlap by this much, so that a clock stepped back between two processes hides no story. What was already
 * posted is left out by `posted_stories`, so the overlap doubles nothing.
 */
const OVERLAP_MS = 15 * 60_000;

/**
 * Composes the digest of one subscription that is due: digest, outbox messages, posted stories and the next due time are
 * one transaction.
 * @returns false when no subscription was due.
 */
export async function composeNextDigest(deps: ComposeDeps, clock: () => Date): Promise<boolean> {
  return deps.db.transaction(async (tx) => {
    const subscription = await lockDueSubscription(tx, clock());
    if (!subscription) return false;
    // A clusterer that is about to commit would be missed by a window that ends now: wait for it, then read the clock.
    await awaitStories(tx);
    const now = clock();
    const settings = await getGuildSettings(tx, subscription.guildId);
    const stories = await unpostedStories(
      tx,
      subscription,
      settings.threshold ?? deps.threshold,
      now,
    );
    if (stories.length > 0) {
      await saveDigest(tx, {
        subscription,
        dueAt: subscription.nextDueAt,
        storyIds: stories.map((story) => story.id),
        messages: composeMessages(stories, subscription, settings),
        now,
      });
      await deps.queue.wake(tx, 'deliver');
    }
    await advanceSubscription(tx, subscription.id, {
      nextDueAt: nextDueAfter(subscription, now),
      coveredUntil: now,
    });
    return true;
  });
}

async function unpostedStories(
  tx: Queryable,
  subscription: Subscription,
  threshold: number,
  now: Date,
): Promise<Story[]> {
  const since = Math.max(
    subscription.coveredUntil.getTime() - OVERLAP_MS,
    Math.min(subscription.createdAt.getTime(), subscription.coveredUntil.getTime()),
  );
  const updated = await storiesUpdatedBetween(tx, {
    guildId: subscription.guildId,
    since: new Date(since),
    until: now,
    limit: MAX_CANDIDATES,
  });
  const matching = updated.filter(
    (story) =>
      isStillNews(story, subscription.coveredUntil) &&
      matchStory(story, subscription, threshold).passes,
  );
  const posted = await postedStoryIds(
    tx,
    subscription.id,
    matching.map((story) => story.id),
  );
  return matching.filter((story) => !posted.has(story.id));
}

function composeMessages(stories: Story[], subscription: Subscription, settings: GuildSettings) {
  const digest = buildDigest(stories, {
    language: digestLanguage(subscription.language, settings.language),
    timezone: subscription.timezone,
    dueAt: subscription.nextDueAt,
    limit: subscription.schedule === 'instant' ? MAX_INSTANT_STORIES : MAX_STORIES,
  });
  return splitDigest(digest, fitsMessage);
}

/** An instant subscription sleeps until a new story brings it forward; a scheduled one waits for its next hour. */
function nextDueAfter(subscription: Subscription, now: Date): Date {
  if (subscription.schedule === 'instant') return new Date(now.getTime() + OVERLAP_MS);
  return nextDue(subscription, now);
}
