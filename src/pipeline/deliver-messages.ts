import type { OutboxMessage } from '../domain/digest.ts';
import { DeliveryError, messageOf } from '../domain/errors.ts';
import type { Database, Queryable } from '../store/db.ts';
import { returnStories } from '../store/edit-store.ts';
import {
  endPostponement,
  LONGEST_POSTPONEMENT_MS,
  lockNextMessage,
  markFailed,
  markSent,
  postponeMessage,
  recordAttempt,
} from '../store/outbox-store.ts';
import { pauseChannel } from '../store/subscription-store.ts';
import type { Meters } from '../web/metrics-meters.ts';
import { messageLines, type StepLog } from './step-log.ts';

/** Where a message goes: Discord, or the terminal when there is no token. */
export interface DeliveryChannel {
  /** Posts once, however often it is called with the same message. @throws DeliveryError */
  deliver(message: OutboxMessage): Promise<{ messageId: string; channelId?: string }>;
  /** All channels are one place, whose reader would find the parts of two digests mixed. */
  oneAfterTheOther?: true;
}

export interface DeliverDeps {
  db: Database;
  channel: DeliveryChannel;
  log: StepLog;
  meters?: Meters;
}

/** Waits between tries double from 2 s to the longest, or until Discord is back: short for a hiccup, patient with a long outage. */
const FIRST_RETRY_MS = 2_000;

/** The channel or the right to post there is gone: a person has to act, so the subscription pauses. */
const CHANNEL_LOST = new Set(['channel-gone', 'forbidden']);

/** Deliveries that follow each other closely. After an outage every message had failed before, and one that goes lets all others go. */
interface Round {
  hasLetGo: boolean;
}

/**
 * Delivers the oldest message that may go now. The row stays locked while it is sent, so no other process sends it; the
 * attempt is recorded first, outside that transaction, so that a later try after a kill knows of this one. When one goes that could not
 * before, all that wait for another try go too.
 * @returns false when no message was waiting.
 */
export async function deliverNextMessage(
  deps: DeliverDeps,
  clock: () => Date,
  round: Round = { hasLetGo: false },
): Promise<boolean> {
  let isBack = false;
  const wasWaiting = await deps.db.transaction(async (tx) => {
    const message = await lockNextMessage(tx, clock());
    if (!message) return false;
    await recordAttempt(deps.db, message.id, clock());
    try {
      const { messageId, channelId } = await deps.channel.deliver(message);
      const place = channelId === undefined ? {} : { discordChannelId: channelId };
      const now = clock();
      const isLast = await markSent(tx, message.id, { discordMessageId: messageId, ...place, now });
      reportSent(deps, message, { messageId, isLast, now });
      isBack = message.attempts > 0;
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      await recordFailure(deps, tx, message, error, clock());
    }
    return true;
  });
  if (isBack && !round.hasLetGo) {
    round.hasLetGo = true;
    await endPostponement(deps.db, clock());
  }
  return wasWaiting;
}

/**
 * Messages to different channels that are on their way at once. Discord takes 50 requests a second and a post in 0.1 to 0.2 s, so twelve come
 * near its limit; each holds a connection to the database.
 */
const DELIVERIES_AT_ONCE = 12;

/** No longer than this before whoever stops the bot is heard. */
const ROUND_MS = 1_000;

/** Delivers what may go now, several at once, for a second at most. @returns false when no message was waiting. */
export async function deliverSeveral(deps: DeliverDeps, clock: () => Date): Promise<boolean> {
  const until = performance.now() + ROUND_MS;
  const round = { hasLetGo: false };
  const oneAfterTheOther = async () => {
    let isDone = false;
    while (!isDone && performance.now() < until) {
      isDone = !(await deliverNextMessage(deps, clock, round));
    }
    return !isDone;
  };
  const length = deps.channel.oneAfterTheOther ? 1 : DELIVERIES_AT_ONCE;
  const lanes = Array.from({ length }, oneAfterTheOther);
  return (await Promise.all(lanes)).some(Boolean);
}

function reportSent(
  { log, meters }: DeliverDeps,
  message: OutboxMessage,
  sent: { messageId: string; isLast: boolean; now: Date },
): void {
  const { digest } = message;
  for (const line of messageLines(message, { posted: sent.messageId })) {
    log.info(line, 'digest delivered');
  }
  meters?.messageTried('sent');
  // What tells a posted story further belongs to a digest that was sent before.
  if (sent.isLast && !digest.development) meters?.digestSent(digest.dueAt, sent.now);
}

async function recordFailure(
  deps: DeliverDeps,
  tx: Queryable,
  message: OutboxMessage,
  error: DeliveryError,
  now: Date,
): Promise<void> {
  const { code } = error;
  deps.meters?.messageTried(error.retryable ? 'postponed' : 'failed');
  if (error.retryable) {
    const wait = Math.min(FIRST_RETRY_MS * 2 ** message.attempts, LONGEST_POSTPONEMENT_MS);
    await postponeMessage(tx, message.id, new Date(now.getTime() + wait), messageOf(error));
    // Nobody has to act for it; where somebody has, the bot or the watch over what is late says so once.
    for (const line of messageLines(message, { code, waitMs: wait })) {
      deps.log.info(line, `digest postponed: ${error.message}`);
    }
    return;
  }
  await markFailed(tx, message.id, messageOf(error), now);
  if (CHANNEL_LOST.has(code)) {
    await returnStories(tx, message);
    await pauseChannel(tx, message.channelId, code);
  }
  for (const line of messageLines(message, { code })) {
    deps.log.error(line, `digest not delivered: ${error.message}`);
  }
}
