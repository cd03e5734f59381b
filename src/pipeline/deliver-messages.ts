import type { OutboxMessage } from '../domain/digest.ts';
import { DeliveryError, messageOf } from '../domain/errors.ts';
import type { Database, Queryable } from '../store/db.ts';
import { returnStories } from '../store/edit-store.ts';
import {
  lockNextMessage,
  markFailed,
  markSent,
  postponeMessage,
  recordAttempt,
} from '../store/outbox-store.ts';
import { pauseChannel } from '../store/subscription-store.ts';
import type { StepLog } from './step-log.ts';

/** Where a message goes: Discord, or the terminal when there is no token. */
export interface DeliveryChannel {
  /** Posts once, however often it is called with the same message. @throws DeliveryError */
  deliver(message: OutboxMessage): Promise<{ messageId: string; channelId?: string }>;
}

export interface DeliverDeps {
  db: Database;
  channel: DeliveryChannel;
  log: StepLog;
}

/** Waits between tries double from 2 s to 10 minutes: short for a hiccup, patient with a long outage. */
const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 600_000;

/** The channel or the right to post there is gone: a person has to act, so the subscription pauses. */
const CHANNEL_LOST = new Set(['channel-gone', 'forbidden']);

/**
 * Delivers the oldest message that may go now. The row stays locked while it is sent, so no other process sends it; the
 * attempt is recorded first, outside that transaction, so that a later try after a kill knows of this one.
 * @returns false when no message was waiting.
 */
export async function deliverNextMessage(deps: DeliverDeps, clock: () => Date): Promise<boolean> {
  return deps.db.transaction(async (tx) => {
    const message = await lockNextMessage(tx, clock());
    if (!message) return false;
    await recordAttempt(deps.db, message.id, clock());
    try {
      const { messageId, channelId } = await deps.channel.deliver(message);
      const place = channelId === undefined ? {} : { discordChannelId: channelId };
      await markSent(tx, message.id, { discordMessageId: messageId, ...place, now: clock() });
      deps.log.info({ message: message.id, channel: message.channelId }, 'digest delivered');
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      await recordFailure(deps, tx, message, error, clock());
    }
    return true;
  });
}

async function recordFailure(
  deps: DeliverDeps,
  tx: Queryable,
  message: OutboxMessage,
  error: DeliveryError,
  now: Date,
): Promise<void> {
  const fields = { message: message.id, channel: message.channelId, code: error.code };
  if (error.retryable) {
    const wait = Math.min(FIRST_RETRY_MS * 2 ** message.attempts, MAX_RETRY_MS);
    await postponeMessage(tx, message.id, new Date(now.getTime() + wait), messageOf(error));
    // That the token is refused is said once, by the bot, and not again for every digest.
    if (error.code !== 'unauthorised')
      deps.log.warn({ ...fields, waitMs: wait }, `digest postponed: ${error.message}`);
    return;
  }
  await markFailed(tx, message.id, messageOf(error), now);
  if (CHANNEL_LOST.has(error.code)) {
    await returnStories(tx, message);
    await pauseChannel(tx, message.channelId, error.code);
  }
  deps.log.error(fields, `digest not delivered: ${error.message}`);
}
