/**
 * Discord blocks an address that has sent 10,000 requests answered with 401, 403 or 429 within 10 minutes (developer documentation,
 * "Invalid Request Limit aka Cloudflare Bans"); a 429 whose scope is `shared` does not count.
 */
const ALLOWED = 10_000;
const WINDOW_MS = 10 * 60_000;

/**
 * Nothing more is sent from here on. Only the process that holds the gateway sends, and it counts its own: were it to end and another to
 * take over within the 10 minutes, both together stay below what is allowed.
 */
const STOP_AT = 4_500;

const INVALID = new Set([401, 403, 429]);

export type InvalidRequests = ReturnType<typeof createInvalidRequests>;

/** Counts what Discord has refused in the last 10 minutes, by this process. */
export function createInvalidRequests(clock: () => Date) {
  /** Oldest first. */
  let times: number[] = [];

  const recent = (): number[] => {
    const since = clock().getTime() - WINDOW_MS;
    const first = times.findIndex((time) => time > since);
    times = first === -1 ? [] : times.slice(first);
    return times;
  };

  return {
    note({ status, scope }: { status: number; scope: string | null }): void {
      if (INVALID.has(status) && scope !== 'shared') times.push(clock().getTime());
    },
    left: (): number => Math.max(0, ALLOWED - recent().length),
    /** Until when nothing may be sent; null while there is room. */
    pausedUntil(): Date | null {
      const counted = recent();
      const freeing = counted[counted.length - STOP_AT];
      return freeing === undefined ? null : new Date(freeing + WINDOW_MS);
    },
  };
}
