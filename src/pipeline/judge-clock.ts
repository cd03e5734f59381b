/** A machine may be off for a weekend; further ahead of the last believed time a clock has to prove itself. */
const LEAP_MS = 3 * 86_400_000;

/** By then a clock that was wrong at a start has been set; less than a day, so that the next day's round is not put off once more. */
const PROBATION_MS = 20 * 3_600_000;

/** More than a clock is kept right by: it was set, and its time begins anew. */
const STEP_MS = 3_600_000;

/** Given the time that was last believed, null for none: whether the clock's present time may be believed. */
export type ClockJudge = (believed: Date | null) => boolean;

/**
 * Judges a clock before what is old is deleted for good. One that is suddenly days ahead (a dead battery, a wrong time server) is
 * believed only after it has gone on like that, without another step, for most of a day by time that only runs on. A clock that is
 * behind deletes too little, and is believed.
 */
export function createClockJudge(
  clock: () => Date,
  elapsed: () => number = () => performance.now(),
): ClockJudge {
  let suspect: { offset: number; since: number } | null = null;
  return (believed) => {
    const now = clock().getTime();
    if (believed === null || now <= believed.getTime() + LEAP_MS) {
      suspect = null;
      return true;
    }
    const offset = now - elapsed();
    if (suspect === null || Math.abs(offset - suspect.offset) > STEP_MS) {
      suspect = { offset, since: elapsed() };
    }
    return elapsed() - suspect.since >= PROBATION_MS;
  };
}
