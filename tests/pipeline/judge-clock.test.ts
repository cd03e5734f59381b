import { describe, expect, it } from 'vitest';
import { createClockJudge } from '../../src/pipeline/judge-clock.ts';

const HOUR_MS = 3_600_000;
const BELIEVED = new Date('2026-11-24T03:17:00Z');

/** A clock that goes with elapsed time until a test sets it. */
function startClock(at: Date) {
  const state = { now: at.getTime(), elapsed: 5_000 };
  const judge = createClockJudge(
    () => new Date(state.now),
    () => state.elapsed,
  );
  return {
    judge,
    wait(hours: number) {
      state.now += hours * HOUR_MS;
      state.elapsed += hours * HOUR_MS;
    },
    set: (hours: number) => {
      state.now += hours * HOUR_MS;
    },
  };
}

describe('before anything old is deleted, the clock', () => {
  it('is believed at the first start, a day later, after a weekend, and when it went back', () => {
    const { judge, wait, set } = startClock(BELIEVED);
    expect(judge(null)).toBe(true);
    wait(24);
    expect(judge(BELIEVED)).toBe(true);
    wait(40);
    expect(judge(BELIEVED)).toBe(true);
    set(-24 * 365);
    expect(judge(BELIEVED)).toBe(true);
  });

  it('is not believed when it is suddenly a year ahead, and is again as soon as it is set right', () => {
    const { judge, wait, set } = startClock(BELIEVED);
    set(24 * 365);
    expect(judge(BELIEVED)).toBe(false);
    wait(10);
    expect(judge(BELIEVED)).toBe(false);
    set(-24 * 365);
    expect(judge(BELIEVED)).toBe(true);
  });

  it('is believed after a day without another step: the machine was really off for a year', () => {
    const { judge, wait } = startClock(new Date(BELIEVED.getTime() + 365 * 24 * HOUR_MS));
    expect(judge(BELIEVED)).toBe(false);
    wait(24);
    expect(judge(BELIEVED)).toBe(true);
  });

  it('begins its proof anew with each step', () => {
    const { judge, wait, set } = startClock(BELIEVED);
    for (let step = 0; step < 5; step += 1) {
      set(24 * 30);
      wait(12);
      expect(judge(BELIEVED)).toBe(false);
    }
  });
});
