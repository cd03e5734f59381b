import { setTimeout as sleep } from 'node:timers/promises';

/** A scrape costs the database nothing when another was answered this short a time before. */
const FRESH_MS = 5_000;

/** Prometheus waits for 10 s; a database that is away would keep it for 30. */
const DEADLINE_MS = 3_000;

/**
 * Reads at most once in a few seconds, however many ask, and at most once at a time. What cannot be read within the deadline is null,
 * and so is what could not be read at all: not knowing is told by what is missing.
 */
export function createStateReader<State>(
  read: () => Promise<State>,
  clock: () => Date,
): () => Promise<State | null> {
  let held: { state: State | null; at: number } | null = null;
  let reading: Promise<State | null> | null = null;

  const begin = (): Promise<State | null> => {
    const begun = read()
      .catch(() => null)
      .then((state) => {
        held = { state, at: clock().getTime() };
        return state;
      })
      .finally(() => {
        reading = null;
      });
    reading = begun;
    return begun;
  };

  return async () => {
    // A clock that was set back makes what is held old, not young.
    const age = held ? Math.abs(clock().getTime() - held.at) : Number.POSITIVE_INFINITY;
    if (held && age < FRESH_MS) return held.state;
    return withinDeadline(reading ?? begin());
  };
}

/** @returns null when `work` takes longer than `ms`; it goes on all the same. */
export async function withinDeadline<T>(work: Promise<T>, ms = DEADLINE_MS): Promise<T | null> {
  const ended = new AbortController();
  const deadline = sleep(ms, null, { signal: ended.signal, ref: false }).catch(() => null);
  try {
    return await Promise.race([work, deadline]);
  } finally {
    ended.abort();
  }
}
