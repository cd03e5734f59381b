/** A bucket that holds `burst` and is filled by `perSecond`. */
interface Budget {
  burst: number;
  perSecond: number;
}

/** For a person, who reads what is answered; and for all of a server. */
export interface RateLimits {
  member: Budget;
  guild: Budget;
}

export const RATE_LIMITS: RateLimits = {
  member: { burst: 12, perSecond: 0.5 },
  guild: { burst: 60, perSecond: 5 },
};

/** For lists of choices, of which Discord asks for one at most keys: nobody types or reads faster for long. */
export const TYPING_LIMITS: RateLimits = {
  member: { burst: 30, perSecond: 4 },
  guild: { burst: 200, perSecond: 40 },
};

interface Bucket {
  tokens: number;
  at: number;
}

/** Full buckets are forgotten when there are more than this many. */
const MAX_BUCKETS = 10_000;

export interface RateLimiter {
  /** Takes one token from the member's and the server's bucket. @returns seconds to wait; 0 when it may go on. */
  take(guildId: string, userId: string, now: Date): number;
}

/** In memory: a restart forgives. */
export function createRateLimiter(limits: RateLimits): RateLimiter {
  const members = createBuckets(limits.member);
  const guilds = createBuckets(limits.guild);
  return {
    take: (guildId, userId, now) => {
      const wait = members.take(`${guildId}:${userId}`, now);
      // Who is held back does not use up what is left for the others.
      return wait > 0 ? wait : guilds.take(guildId, now);
    },
  };
}

function createBuckets(budget: Budget) {
  const buckets = new Map<string, Bucket>();
  return {
    take: (key: string, now: Date): number => {
      const filled = fill(buckets.get(key), budget, now.getTime());
      const allowed = filled.tokens >= 1;
      buckets.set(key, allowed ? { ...filled, tokens: filled.tokens - 1 } : filled);
      if (buckets.size > MAX_BUCKETS) forgetFull(buckets, budget, now.getTime());
      return allowed ? 0 : Math.max(1, Math.ceil((1 - filled.tokens) / budget.perSecond));
    },
  };
}

function fill(bucket: Bucket | undefined, { burst, perSecond }: Budget, at: number): Bucket {
  if (bucket === undefined) return { tokens: burst, at };
  // A clock that is set back fills nothing.
  const seconds = Math.max(0, at - bucket.at) / 1000;
  return { tokens: Math.min(burst, bucket.tokens + seconds * perSecond), at };
}

function forgetFull(buckets: Map<string, Bucket>, budget: Budget, at: number): void {
  for (const [key, bucket] of buckets) {
    if (fill(bucket, budget, at).tokens >= budget.burst) buckets.delete(key);
  }
}
