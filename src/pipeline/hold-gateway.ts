import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, StoreError } from '../domain/errors.ts';
import type { Database, HeldLock } from '../store/db.ts';
import { connectBot } from './connect-bot.ts';
import type { StepLog } from './step-log.ts';

/** Any number that nothing else in this database locks; "gate" in ASCII. */
const GATEWAY_LOCK = 0x67617465;

const LOOK_AGAIN_MS = 500;

/**
 * After the database was away, whoever held the gateway takes it again at once; the others give it this long, so that a restart of
 * the database moves nobody.
 */
const STAND_BACK_MS = 5_000;

interface GatewayDeps {
  db: Pick<Database, 'lock'>;
  bot: { start(): Promise<void> };
  log: StepLog;
  signal: AbortSignal;
}

/**
 * Connects to Discord in one process at a time, over all processes on this database: two with one token would each be sent every
 * interaction. The others stand by, and take over when the connection of the first to the database ends, as when it is killed.
 * Resolves when `signal` is aborted.
 * @throws what waiting cannot cure: a token that Discord refuses; StoreError `gateway-taken` when another process has taken over.
 */
export async function holdGateway(deps: GatewayDeps): Promise<void> {
  const { bot, log, signal } = deps;
  let lock = await takeGateway(deps, true);
  if (lock) await connectBot(bot, { log, signal });
  while (lock) {
    await Promise.race([lock.lost, aborted(signal)]);
    if (signal.aborted) return;
    log.warn({}, 'the lock on the gateway went with the database; taking it again');
    lock = await takeGateway(deps, false);
  }
  if (signal.aborted) return;
  throw new StoreError('gateway-taken', 'another process answers Discord now; this one ends');
}

/** Waits for the database, and with `wait` for the lock; null when another holds it, or `signal` was aborted. */
async function takeGateway(deps: GatewayDeps, wait: boolean): Promise<HeldLock | null> {
  const { db, log, signal } = deps;
  for (;;) {
    try {
      return await db.lock({ key: GATEWAY_LOCK, wait, signal });
    } catch (error) {
      if (!(error instanceof StoreError && error.retryable)) throw error;
      log.warn({ error: messageOf(error) }, 'no lock on the gateway for now');
      await pause(wait ? STAND_BACK_MS : LOOK_AGAIN_MS, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
