import { describe, expect, it } from 'vitest';
import { STAGES, type StageTimes } from '../../src/commands/bench-soak-pipeline.ts';
import {
  areRowsExpected,
  type DayRecord,
  expectRows,
  judgeDays,
} from '../../src/commands/bench-soak-report.ts';

const DAYS = 30;
const LATE = 20;

function timesOf(ms: (stage: string) => number): StageTimes {
  return Object.fromEntries(
    STAGES.map((stage) => [stage, { done: 10, ms: ms(stage) }]),
  ) as StageTimes;
}

/** A month in which a stage takes 10 ms, the memory is 400 MiB, and the database 100 MB, where nothing else is said. */
function makeMonth(change: (day: number) => Partial<DayRecord> = () => ({})): DayRecord[] {
  return Array.from({ length: DAYS }, (_, day) => ({
    ...{ withText: 0, articles: 0, stories: 0, messages: 0, bytes: 1e8 },
    ...{ cyber: 10, other: 100, memory: [400, 400], times: timesOf(() => 100) },
    ...change(day),
  }));
}

describe('the report of a soak', () => {
  it('finds nothing in a month that stays as it was', () => {
    expect(judgeDays(makeMonth()).verdict).toEqual({
      ...{ memoryIsFlat: true, databaseIsFlat: true, slowerStages: [] },
    });
  });

  it('finds memory and a database that grow by more than a tenth over the second half', () => {
    const grown = (day: number) => ({ memory: [400 + 6 * day], bytes: 1e8 * (1 + day / 60) });
    const { memory, verdict } = judgeDays(makeMonth(grown));
    expect(memory.riseOverSecondHalf).toBeCloseTo(0.158, 2);
    expect(verdict).toMatchObject({ memoryIsFlat: false, databaseIsFlat: false });
  });

  it('forgives what fills up in the first half', () => {
    const filling = (day: number) => ({ memory: [Math.min(400, 200 + 20 * day)] });
    expect(judgeDays(makeMonth(filling)).verdict.memoryIsFlat).toBe(true);
  });

  it('names a stage that has become slower, and none when the whole machine has', () => {
    const slow = (is: (stage: string) => boolean) => (day: number) => ({
      times: timesOf((stage) => (day >= LATE && is(stage) ? 200 : 100)),
    });
    const one = judgeDays(makeMonth(slow((stage) => stage === 'cluster'))).verdict;
    expect(one.slowerStages).toEqual(['cluster']);
    expect(judgeDays(makeMonth(slow(() => true))).verdict.slowerStages).toEqual([]);
  });

  it('knows how many rows a retention of five days leaves', () => {
    const expected = expectRows(makeMonth(), 5);
    expect(expected).toEqual({ withText: 550, articlesAtLeast: 900, articlesAtMost: 1_000 });
    expect(areRowsExpected({ withText: 550, articles: 950 }, expected)).toBe(true);
    expect(areRowsExpected({ withText: 550, articles: 1_001 }, expected)).toBe(false);
    expect(areRowsExpected({ withText: 551, articles: 950 }, expected)).toBe(false);
  });
});
