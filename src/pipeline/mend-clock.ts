import { nextDue } from '../digest/next-due.ts';
import type { Database } from '../store/db.ts';
import { pullBackFuture } from '../store/future-store.ts';
import { lockStories } from '../store/story-store.ts';
import { advanceSubscription } from '../store/subscription-store.ts';
import type { StepLog } from './step-log.ts';

/**
 * Repairs what a clock that was ahead has written: run at the start and when the clock is set back. Digests that were posted early stay
 * posted; the next ones come when they are due by the right clock, and tell nothing twice.
 * @returns false: once is enough.
 */
export async function mendClock(
  deps: { db: Database; log: StepLog },
  clock: () => Date,
): Promise<false> {
  const mended = await deps.db.transaction(async (tx) => {
    await lockStories(tx);
    const now = clock();
    const { rows, subscriptions } = await pullBackFuture(tx, now);
    for (const subscription of subscriptions) {
      await advanceSubscription(tx, subscription.id, {
        nextDueAt: nextDue(subscription, now),
        coveredUntil: now,
      });
    }
    return rows + subscriptions.length;
  });
  if (mended > 0) deps.log.warn({ rows: mended }, 'the clock was ahead: due times are set anew');
  return false;
}
