import { setTimeout as sleep } from 'node:timers/promises';
import type { Drains } from './scheduler.ts';

/** How often the model looks for articles that the poll has brought meanwhile. */
const LOOK_AGAIN_MS = 200;

/**
 * One pass of the whole pipeline: polls what is due while the model reads what has arrived, then stories, digests and
 * delivery.
 * @param digestAfterMs when given, the digests are composed this long after the start at the latest, from the newest
 *   articles read by then; polling and reading go on behind.
 */
export async function runPass(drains: Drains, digestAfterMs?: number): Promise<void> {
  const reading = readWhilePolling(drains);
  if (digestAfterMs === undefined) await reading;
  else await Promise.race([reading, sleep(digestAfterMs, undefined, { ref: false })]);
  await drains.cluster?.run();
  await drains.compose?.run();
  await drains.deliver?.run();
}

async function readWhilePolling(drains: Drains): Promise<void> {
  let polling = true;
  const poll = Promise.resolve(drains.poll?.run()).finally(() => {
    polling = false;
  });
  while (polling) {
    await drains.analyse?.run();
    await Promise.race([poll, sleep(LOOK_AGAIN_MS)]);
  }
  await drains.analyse?.run();
}
