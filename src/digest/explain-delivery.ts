import type { Story } from '../domain/story.ts';
import type { Subscription } from '../domain/subscription.ts';
import { isStillNews } from './is-still-news.ts';
import { type MatchGate, matchStory } from './match-subscription.ts';

/** What became of a story in a subscription: in a message, or only counted in one ("and 7 more"). */
export type DeliveryState = 'sent' | 'pending' | 'failed' | 'counted';

/** Why a story was, or was not, posted by one subscription. */
export type Verdict =
  | DeliveryState
  /** It does not pass the filter. */
  | 'filtered'
  | 'paused'
  /** Its newest report is older than the digest's window, and a day. */
  | 'old'
  /** It came before what the next digest looks at: before the subscription began, or when the filter was another. */
  | 'earlier'
  /** It will be in the digest that follows a message to this channel which could not be sent yet. */
  | 'held'
  /** It will be in the next digest. */
  | 'next';

export interface DeliveryExplanation {
  verdict: Verdict;
  /** Each question of the filter, in order, with its answer as of now. */
  gates: MatchGate[];
}

/** The first reason that holds, in the order in which the pipeline asks. `threshold` is this story's in this server. */
export function explainDelivery(
  story: Story,
  subscription: Subscription,
  state: { threshold: number; delivered: DeliveryState | null; isHeldUp: boolean },
): DeliveryExplanation {
  const { passes, gates } = matchStory(story, subscription, state.threshold);
  const verdict = (): Verdict => {
    if (state.delivered !== null) return state.delivered;
    if (!passes) return 'filtered';
    if (subscription.paused) return 'paused';
    if (!isStillNews(story, subscription.coveredUntil)) return 'old';
    if (story.updatedAt <= subscription.coveredUntil) return 'earlier';
    return state.isHeldUp ? 'held' : 'next';
  };
  return { verdict: verdict(), gates };
}
