import { buildDigest, digestLanguage } from '../digest/build-digest.ts';
import { type Feedback, storyThreshold, weighFeedback } from '../digest/feedback-rule.ts';
import { formatDueTime } from '../digest/format-time.ts';
import { isStillNews } from '../digest/is-still-news.ts';
import { digestLabels } from '../digest/labels.ts';
import { matchStory } from '../digest/match-subscription.ts';
import { nextDue } from '../digest/next-due.ts';
import { quietUntil } from '../digest/quiet-hours.ts';
import { splitDigest } from '../digest/split-digest.ts';
import { fitsMessage } from '../discord/render-digest.ts';
import { severityRank } from '../domain/severity.ts';
import type { Story } from '../domain/story.ts';
import type { GuildSettings, Subscription } from '../domain/subscription.ts';
import type { Database, Queryable } from '../store/db.ts';
import { takeFailedSources } from '../store/notice-store.ts';
import { postedStoryIds, saveDigest } from '../store/outbox-store.ts';
import type { Queue } from '../store/queue.ts';
import { getGuildSettings } from '../store/settings-store.ts';
import { awaitStories, storiesUpdatedBetween } from '../store/story-store.ts';
import { advanceSubscription, lockDueSubscription } from '../store/subscription-store.ts';
import { listVotes } from '../store/vote-store.ts';
import type { Meters } from '../web/metrics-meters.ts';
import type { StepLog } from './step-log.ts';

export interface ComposeDeps {
  db: Database;
  queue: Pick<Queue, 'wake'>;
  /** The model's own threshold, for servers that set none. */
  threshold: number;
  log?: StepLog;
  meters?: Meters;
}

/** What fits one message; the rest are counted ("and 7 more"), the most severe come first. */
const MAX_STORIES = 9;

/** Who asked for every story at once gets a burst whole, in several messages. */
const MAX_INSTANT_STORIES = 45;

/** More stories than this in one window, a day's outage at many times the usual news, are read newest first; the rest is not even counted. */
const MAX_CANDIDATES = 2_000;

/**
 * Windows overlap by this much, so that a clock stepped back, or another in a second process, hides no story. What was already
 * posted is left out by `posted_stories`, so the overlap doubles nothing. A new subscription's first window reaches back as far: when it
 * was made is no bound, because the clock that said so may have been another; it then begins with what is a quarter of an hour old.
 */
const OVERLAP_MS = 15 * 60_000;

/**
 * Composes the digest of one subscription that is due: digest, outbox messages, posted stories and the next due time are
 * one transaction. In quiet hours it is held until their end, when one digest tells everything; only a critical story may pass,
 * where the server chose so.
 * @returns false when no subscription was due.
 */
export async function composeNextDigest(deps: ComposeDeps, clock: () => Date): Promise<boolean> {
  const posted: Posted[] = [];
  const wasDue = await deps.db.transaction(async (tx) => {
    const subscription = await lockDueSubscription(tx, clock());
    if (!subscription) return false;
    // A clusterer that is about to commit would be missed by a window that ends now: wait for it, then read the clock.
    await awaitStories(tx);
    const now = clock();
    const settings = await getGuildSettings(tx, subscription.guildId);
    const quietEnd = quietUntil(settings.quietHours, settings.timezone, now);
    const work = { tx, deps, subscription, settings, now, posted };
    if (quietEnd !== null) await composeQuietly(work, quietEnd);
    else {
      const stories = await unpostedStories(work);
      if (stories.length > 0) await postDigest(work, stories, false);
      await advanceSubscription(tx, subscription.id, {
        nextDueAt: nextDueAfter(subscription, now),
        coveredUntil: now,
      });
    }
    return true;
  });
  // After the commit: what was rolled back was not done.
  for (const digest of posted) {
    deps.log?.info(digest, 'digest composed');
    deps.meters?.composed();
  }
  return wasDue;
}

/** For the log: the way of an article leads through its story to the digest. */
interface Posted {
  digest: string;
  subscription: string;
  stories: string[];
}

interface Composing {
  tx: Queryable;
  deps: ComposeDeps;
  subscription: Subscription;
  settings: GuildSettings;
  now: Date;
  /** Filled with what is composed. */
  posted: Posted[];
}

/** What is not posted now stays for the end of the quiet hours: the window is not moved. */
async function composeQuietly(work: Composing, quietEnd: Date): Promise<void> {
  const { tx, subscription, settings, now } = work;
  const { coveredUntil } = subscription;
  if (!settings.criticalPasses) {
    await advanceSubscription(tx, subscription.id, { nextDueAt: quietEnd, coveredUntil });
    return;
  }
  const critical = (await unpostedStories(work)).filter(
    (story) => story.severity.level === 'critical',
  );
  if (critical.length > 0) await postDigest(work, critical, settings.nightSilent);
  const usual = nextDueAfter(subscription, now);
  const nextDueAt = usual < quietEnd ? usual : quietEnd;
  await advanceSubscription(tx, subscription.id, { nextDueAt, coveredUntil });
}

async function postDigest(work: Composing, stories: Story[], silent: boolean): Promise<void> {
  const { tx, deps, subscription, settings, now } = work;
  const storyIds = stories.map((story) => story.id);
  const digest = await saveDigest(tx, {
    subscription,
    dueAt: subscription.nextDueAt,
    storyIds,
    messages: composeMessages(stories, subscription, settings, await noticesFor(work)),
    roleId: mentionedRole(stories, subscription),
    silent,
    now,
  });
  work.posted.push({ digest, subscription: subscription.id, stories: storyIds });
  await deps.queue.wake(tx, 'deliver');
}

/** The role is mentioned for what is severe enough; else the digest comes without. */
function mentionedRole(stories: Story[], { roleId, roleMinSeverity }: Subscription): string | null {
  const lowest = severityRank(roleMinSeverity);
  return stories.some((story) => severityRank(story.severity.level) >= lowest) ? roleId : null;
}

/** One line for each source that the channel depends on and that has failed for a day; said once. */
async function noticesFor({ tx, subscription, settings, now }: Composing): Promise<string[]> {
  const language = digestLanguage(subscription.language, settings.language);
  const failed = await takeFailedSources(tx, subscription, now);
  return failed.map(({ outlet, since }) =>
    digestLabels(language).sourceFailing(
      outlet,
      formatDueTime(since, language, subscription.timezone),
    ),
  );
}

async function unpostedStories({
  tx,
  deps,
  subscription,
  settings,
  now,
}: Composing): Promise<Story[]> {
  const updated = await storiesUpdatedBetween(tx, {
    guildId: subscription.guildId,
    since: new Date(subscription.coveredUntil.getTime() - OVERLAP_MS),
    until: now,
    limit: MAX_CANDIDATES,
  });
  const threshold = settings.threshold ?? deps.threshold;
  const feedback = await readFeedback(tx, settings, now);
  const matching = updated.filter(
    (story) =>
      isStillNews(story, subscription.coveredUntil) &&
      matchStory(story, subscription, storyThreshold(story.topics, threshold, feedback)).passes,
  );
  const posted = await postedStoryIds(
    tx,
    subscription.id,
    matching.map((story) => story.id),
  );
  return matching.filter((story) => !posted.has(story.id));
}

async function readFeedback(tx: Queryable, settings: GuildSettings, now: Date): Promise<Feedback> {
  const { guildId, votesSince } = settings;
  return weighFeedback(await listVotes(tx, guildId, { since: votesSince, now }));
}

function composeMessages(
  stories: Story[],
  subscription: Subscription,
  settings: GuildSettings,
  notices: string[],
) {
  const digest = buildDigest(stories, {
    language: digestLanguage(subscription.language, settings.language),
    timezone: subscription.timezone,
    dueAt: subscription.nextDueAt,
    limit: subscription.schedule === 'instant' ? MAX_INSTANT_STORIES : MAX_STORIES,
    notices,
  });
  return splitDigest(digest, fitsMessage);
}

/** An instant subscription sleeps until a new story brings it forward; a scheduled one waits for its next hour. */
function nextDueAfter(subscription: Subscription, now: Date): Date {
  if (subscription.schedule === 'instant') return new Date(now.getTime() + OVERLAP_MS);
  return nextDue(subscription, now);
}
