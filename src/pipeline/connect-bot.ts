import { setTimeout as sleep } from 'node:timers/promises';
import { DeliveryError } from '../domain/errors.ts';
import type { StepLog } from './step-log.ts';

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Connects to Discord, again and again while Discord cannot be reached: feeds are read meanwhile, and digests wait in the outbox.
 * @throws what cannot be cured by waiting, such as a token that Discord does not accept.
 */
export async function connectBot(
  bot: { start(): Promise<void> },
  { log, signal }: { log: StepLog; signal: AbortSignal },
): Promise<void> {
  for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      await bot.start();
      return;
    } catch (error) {
      if (!(error instanceof DeliveryError && error.retryable)) throw error;
      log.warn({ waitMs: wait, error: error.message }, 'Discord cannot be reached; trying again');
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}
