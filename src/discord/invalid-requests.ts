import type { Refusals } from '../store/refusal-store.ts';

/**
 * Discord blocks an address that has sent 10,000 requests answered with 401, 403 or 429 within 10 minutes (developer documentation,
 * "Invalid Request Limit aka Cloudflare Bans"); a 429 whose scope is `shared` does not count.
 */
const ALLOWED = 10_000;
const WINDOW_MS = 10 * 60_000;

/**
 * Nothing more is sent from here on, but answers to members, whose refusals count too. Less than half of what is allowed: where the
 * database is away, a process that takes over does not know of those before it.
 */
const STOP_AT = 4_500;

/** Refusals are shared in sums of so many seconds, and count until their end. */
const SHARED_MS = 10_000;

const INVALID = new Set([401, 403, 429]);

export type InvalidRequests = ReturnType<typeof createInvalidRequests>;

/**
 * Counts what Discord has refused in the last 10 minutes: to this process as it happens, to others on the same database, and to those that
 * held the gateway before it, as of the last `share`.
 */
export function createInvalidRequests(clock: () => Date) {
  /** Oldest first. */
  let times: number[] = [];
  /** Those that nobody else knows of. */
  let unshared: number[] = [];

  const start = () => clock().getTime() - WINDOW_MS;
  const recent = (): number[] => {
    const since = start();
    const first = times.findIndex((time) => time > since);
    times = first === -1 ? [] : times.slice(first);
    return times;
  };

  return {
    note({ status, scope }: { status: number; scope: string | null }): void {
      if (!INVALID.has(status) || scope === 'shared') return;
      const now = clock().getTime();
      times.push(now);
      unshared.push(now);
    },
    left: (): number => Math.max(0, ALLOWED - recent().length),
    /** Until when nothing may be sent; null while there is room. */
    pausedUntil(): Date | null {
      const counted = recent();
      const freeing = counted[counted.length - STOP_AT];
      return freeing === undefined ? null : new Date(freeing + WINDOW_MS);
    },
    hasUnshared: (): boolean => unshared.length > 0,
    /** Tells the others of this process's, and learns of theirs. Where that fails, they are told the next time. */
    async share(exchange: (own: Refusals[], since: Date) => Promise<Refusals[]>): Promise<void> {
      const told = unshared;
      unshared = [];
      try {
        const all = await exchange(sumUp(told), new Date(start()));
        times = [...all.flatMap(toTimes), ...unshared].sort((a, b) => a - b);
      } catch (error) {
        unshared = [...told, ...unshared];
        throw error;
      }
    },
  };
}

function sumUp(times: number[]): Refusals[] {
  const counts = new Map<number, number>();
  for (const time of times) {
    const until = (Math.floor(time / SHARED_MS) + 1) * SHARED_MS;
    counts.set(until, (counts.get(until) ?? 0) + 1);
  }
  return [...counts].map(([until, count]) => ({ countedUntil: new Date(until), count }));
}

function toTimes({ countedUntil, count }: Refusals): number[] {
  return Array.from({ length: Math.min(count, ALLOWED) }, () => countedUntil.getTime());
}
