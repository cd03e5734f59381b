import type { Subscription } from '../domain/subscription.ts';
import type { Queryable } from './db.ts';
import { endPostponement, LONGEST_POSTPONEMENT_MS } from './outbox-store.ts';
import { lockSubscriptionsCoveredAfter } from './subscription-store.ts';

/** Clocks of several machines may differ by this much. */
const TOLERANCE_MS = 60_000;

/**
 * After the clock was ahead: feeds that it put off are due, what waits to be sent may go, and stories that it stamped count as told now.
 * Without it all of them would wait until the clock is there again.
 * @returns how many rows, and the subscriptions that were composed ahead of `now`, locked: their due times are the caller's.
 */
export async function pullBackFuture(
  tx: Queryable,
  now: Date,
): Promise<{ rows: number; subscriptions: Subscription[] }> {
  const ahead = new Date(now.getTime() + TOLERANCE_MS);
  const feeds = await tx.query(
    `UPDATE feeds SET next_check_at = $1, last_fetched_at = $1 WHERE last_fetched_at > $2 RETURNING id`,
    [now, ahead],
  );
  const stories = await tx.query(
    'UPDATE stories SET updated_at = $1 WHERE updated_at > $2 RETURNING id',
    [now, ahead],
  );
  const latest = new Date(ahead.getTime() + LONGEST_POSTPONEMENT_MS);
  const messages = await endPostponement(tx, now, latest);
  return {
    rows: feeds.length + stories.length + messages,
    subscriptions: await lockSubscriptionsCoveredAfter(tx, ahead),
  };
}
