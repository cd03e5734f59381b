import { messageOf } from '../domain/errors.ts';
import type { Database } from '../store/db.ts';
import { shareRefusals } from '../store/refusal-store.ts';
import type { DiscordLog } from './discord-log.ts';
import type { InvalidRequests } from './invalid-requests.ts';

/** How late another process may learn of what was refused to this one: at 50 requests a second, of 500. */
const SHARE_MS = 10_000;

/** Keeps the count of what Discord has refused in the database, for whoever holds the gateway next. No request waits for it. */
export function keepRefusals(deps: { db: Database; invalid: InvalidRequests; log: DiscordLog }) {
  const { db, invalid, log } = deps;
  let timer: NodeJS.Timeout | undefined;
  let isTold = false;
  const share = async () => {
    try {
      await invalid.share((own, since) => shareRefusals(db, own, since));
      isTold = false;
    } catch (error) {
      // Once for each time that the database is away.
      if (!isTold) log.warn({ err: error }, `refusals are not kept for now: ${messageOf(error)}`);
      isTold = true;
    }
  };
  return {
    /** Resolves when what was refused to those before is known, or cannot be. */
    async start(): Promise<void> {
      timer ??= setInterval(share, SHARE_MS).unref();
      await share();
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      if (invalid.hasUnshared()) await share();
    },
  };
}
