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
  state: { threshold: number; delivered: DeliveryState | null },
): DeliveryExplanation {
  const { passes, gates } = matchStory(story, subscription, state.threshold);
  const verdict = (): Verdict => {
    if (state.delivered !== null) return state.delivered;
    if (!passes) return 'filtered';
    if (subscription.paused) return 'paused';
    if (!isStillNews(story, subscription.coveredUntil)) return 'old';
    return story.updatedAt <= subscription.coveredUntil ? 'earlier' : 'next';
  };
  return { verdict: verdict(), gates };
}
