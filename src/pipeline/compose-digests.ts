import { digestLanguage, digestOf } from '../digest/build-digest.ts';
import { type Feedback, storyThreshold, weighFeedback } from '../digest/feedback-rule.ts';
import { formatDueTime } from '../digest/format-time.ts';
import { createGathering, type GatheredStories } from '../digest/gather-stories.ts';
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
import { awaitStories, findStoriesById, storyIdsUpdatedBetween } from '../store/story-store.ts';
import { advanceSubscription, lockDueSubscription } from '../store/subscription-store.ts';
import { listVotes } from '../store/vote-store.ts';
import type { Meters } from '../web/metrics-meters.ts';
import { articleLines, type StepLog } from './step-log.ts';

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

/** A week's window may hold many thousands of stories; so many are in memory at once, and all of them are read. */
const STORIES_AT_ONCE = 500;

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
      const stories = await unpostedStories(work, () => true);
      if (stories.storyIds.length > 0) await postDigest(work, stories, false);
      await advanceSubscription(tx, subscription.id, {
        nextDueAt: nextDueAfter(subscription, now),
        coveredUntil: now,
      });
    }
    return true;
  });
  // After the commit: what was rolled back was not done.
  for (const { articleIds, ...fields } of posted) {
    for (const line of articleLines(articleIds, fields)) deps.log?.info(line, 'digest composed');
    deps.meters?.composed();
  }
  return wasDue;
}

/** For the log. */
interface Posted {
  digest: string;
  subscription: string;
  stories: number;
  articleIds: string[];
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
  const critical = await unpostedStories(work, ({ severity }) => severity.level === 'critical');
  if (critical.storyIds.length > 0) await postDigest(work, critical, settings.nightSilent);
  const usual = nextDueAfter(subscription, now);
  const nextDueAt = usual < quietEnd ? usual : quietEnd;
  await advanceSubscription(tx, subscription.id, { nextDueAt, coveredUntil });
}

async function postDigest(
  work: Composing,
  stories: GatheredStories,
  silent: boolean,
): Promise<void> {
  const { tx, deps, subscription, settings, now } = work;
  const { storyIds, articleIds } = stories;
  const digest = await saveDigest(tx, {
    subscription,
    dueAt: subscription.nextDueAt,
    storyIds,
    messages: composeMessages(stories, subscription, settings, await noticesFor(work)),
    roleId: mentionedRole(stories.shown, subscription),
    silent,
    now,
  });
  const counts = { stories: storyIds.length, articleIds };
  work.posted.push({ digest, subscription: subscription.id, ...counts });
  await deps.queue.wake(tx, 'deliver');
}

/** The role is mentioned for what is severe enough; else the digest comes without. What is only counted is no more severe than what is shown. */
function mentionedRole(shown: Story[], { roleId, roleMinSeverity }: Subscription): string | null {
  const lowest = severityRank(roleMinSeverity);
  return shown.some((story) => severityRank(story.severity.level) >= lowest) ? roleId : null;
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

/** What is new for the channel, passes its filter, and is `wanted`: all of it, however much there is. */
async function unpostedStories(
  { tx, deps, subscription, settings, now }: Composing,
  wanted: (story: Story) => boolean,
): Promise<GatheredStories> {
  const { guildId, coveredUntil } = subscription;
  const since = new Date(coveredUntil.getTime() - OVERLAP_MS);
  const updated = await storyIdsUpdatedBetween(tx, { guildId, since, until: now });
  const posted = await postedStoryIds(tx, subscription.id, updated);
  const unposted = updated.filter((id) => !posted.has(id));
  const lowest = settings.threshold ?? deps.threshold;
  const feedback = await readFeedback(tx, settings, now);
  const passes = (story: Story) =>
    isStillNews(story, coveredUntil) &&
    matchStory(story, subscription, storyThreshold(story.topics, lowest, feedback)).passes &&
    wanted(story);
  const gathering = createGathering(storyLimit(subscription));
  for (let from = 0; from < unposted.length; from += STORIES_AT_ONCE) {
    const ids = unposted.slice(from, from + STORIES_AT_ONCE);
    gathering.add((await findStoriesById(tx, guildId, ids)).filter(passes));
  }
  return gathering.gathered();
}

function storyLimit({ schedule }: Subscription): number {
  return schedule === 'instant' ? MAX_INSTANT_STORIES : MAX_STORIES;
}

async function readFeedback(tx: Queryable, settings: GuildSettings, now: Date): Promise<Feedback> {
  const { guildId, votesSince } = settings;
  return weighFeedback(await listVotes(tx, guildId, { since: votesSince, now }));
}

function composeMessages(
  stories: GatheredStories,
  subscription: Subscription,
  settings: GuildSettings,
  notices: string[],
) {
  const digest = digestOf(stories, {
    language: digestLanguage(subscription.language, settings.language),
    timezone: subscription.timezone,
    dueAt: subscription.nextDueAt,
    notices,
  });
  return splitDigest(digest, fitsMessage);
}

/** An instant subscription sleeps until a new story brings it forward; a scheduled one waits for its next hour. */
function nextDueAfter(subscription: Subscription, now: Date): Date {
  if (subscription.schedule === 'instant') return new Date(now.getTime() + OVERLAP_MS);
  return nextDue(subscription, now);
}
