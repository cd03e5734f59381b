/** Differences below this are the clock being kept right, not set. */
const STEP_MS = 2_000;

/**
 * Tells when the clock was set, by comparing it with time that only runs on.
 * @returns a function that gives the step since it was last called, in ms; 0 when there was none, negative when the clock went back.
 */
export function watchClock(
  clock: () => Date,
  elapsed: () => number = () => performance.now(),
): () => number {
  let offset = clock().getTime() - elapsed();
  return () => {
    const now = clock().getTime() - elapsed();
    const step = now - offset;
    offset = now;
    return Math.abs(step) < STEP_MS ? 0 : step;
  };
}
