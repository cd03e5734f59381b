import type { Database } from '../store/db.ts';
import { STAGES, type StageTimes } from './bench-soak-pipeline.ts';

export interface Rows {
  withText: number;
  articles: number;
  stories: number;
  messages: number;
  bytes: number;
}

export interface DayRecord extends Rows {
  /** Articles first seen on that day. */
  cyber: number;
  other: number;
  /** Resident MiB at each hour. */
  memory: number[];
  times: StageTimes;
}

/** Days for which a row is kept after its feed has dropped the article, at least: a sighting is written once a week. */
const SEEN_DAYS = 8;

export async function countRows(db: Database): Promise<Rows> {
  const [rows] = await db.query<Rows>(
    `SELECT count(*) FILTER (WHERE trimmed_at IS NULL)::int AS "withText", count(*)::int AS articles,
       (SELECT count(*) FROM stories)::int AS stories, (SELECT count(*) FROM outbox)::int AS messages,
       pg_database_size(current_database())::float8 AS bytes FROM articles`,
  );
  return rows ?? { withText: 0, articles: 0, stories: 0, messages: 0, bytes: 0 };
}

/**
 * What the retention leaves (store/retention-store): texts of the last `days` days, since that is less than two weeks; rows of other news
 * until they are as old and were unseen for eight days when the feed was last read in full, which may be a day ago; of cyber articles until
 * twice as old.
 */
export function expectRows(
  days: Pick<DayRecord, 'cyber' | 'other'>[],
  retentionDays: number,
): { withText: number; articlesAtLeast: number; articlesAtMost: number } {
  const sum = (newest: number, kind: 'cyber' | 'other') =>
    days.slice(-newest).reduce((total, day) => total + day[kind], 0);
  const otherDays = Math.max(retentionDays, SEEN_DAYS);
  const cyberRows = sum(Math.max(2 * retentionDays, SEEN_DAYS), 'cyber');
  return {
    withText: sum(retentionDays, 'other') + sum(retentionDays, 'cyber'),
    articlesAtLeast: sum(otherDays, 'other') + cyberRows,
    articlesAtMost: sum(otherDays + 1, 'other') + cyberRows,
  };
}

/** What the goal allows: memory and database within a tenth. */
const MOST_RISE = 0.1;
/** A stage is slower when it takes a quarter longer than before, beside the machine's own fixed work: less is noise of one run. */
const MOST_SLOWER = 1.25;

/**
 * The second half of the month is compared with itself, because the first fills up; the last third's times with the second third's, and with
 * those of the fixed work (`timesOfMachine`), so that a machine which others have slowed down is not taken for a slower bot.
 */
export function judgeDays(days: DayRecord[]) {
  const half = days.slice(Math.floor(days.length / 2));
  const third = Math.floor(days.length / 3);
  const [before, after] = [days.slice(third, 2 * third), days.slice(2 * third)];
  const slower = (stage: keyof StageTimes) => costOf(after, stage) / costOf(before, stage);
  const stages = STAGES.map((stage) => [
    stage,
    {
      msEach: costOf(before, stage),
      msEachLater: costOf(after, stage),
      times: rounded(slower(stage)),
      timesOfMachine: rounded(slower(stage) / slower('machine')),
    },
  ]);
  const memory = trendOf(half.map((day) => median(day.memory)));
  const database = trendOf(half.map(({ bytes }) => bytes));
  const slowerStages = STAGES.filter((stage) => slower(stage) / slower('machine') > MOST_SLOWER);
  return {
    memory: {
      firstDayMegabytes: Math.round(median(days[0]?.memory ?? [])),
      lastDayMegabytes: Math.round(median(days.at(-1)?.memory ?? [])),
      ...memory,
    },
    database: { megabytes: Math.round((days.at(-1)?.bytes ?? 0) / 1_048_576), ...database },
    stages: Object.fromEntries(stages),
    verdict: {
      memoryIsFlat: memory.riseOverSecondHalf <= MOST_RISE,
      databaseIsFlat: database.riseOverSecondHalf <= MOST_RISE,
      slowerStages,
    },
  };
}

/** Whether what is stored is what the retention leaves. */
export function areRowsExpected(
  found: Pick<Rows, 'withText' | 'articles'>,
  expected: ReturnType<typeof expectRows>,
): boolean {
  const { withText, articlesAtLeast, articlesAtMost } = expected;
  const { articles } = found;
  return found.withText === withText && articles >= articlesAtLeast && articles <= articlesAtMost;
}

/** Least squares over the days: by how much of their mean the line rises from the first to the last. */
function trendOf(values: number[]): { riseOverSecondHalf: number } {
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [middle, level] = [(values.length - 1) / 2, mean(values)];
  const slope =
    values.reduce((sum, value, n) => sum + (n - middle) * (value - level), 0) /
    values.reduce((sum, _, n) => sum + (n - middle) ** 2, 0);
  return { riseOverSecondHalf: rounded((slope * (values.length - 1)) / level) };
}

/** Milliseconds for one row or call, over those days. */
function costOf(days: DayRecord[], stage: keyof StageTimes): number {
  const done = days.reduce((sum, { times }) => sum + times[stage].done, 0);
  const ms = days.reduce((sum, { times }) => sum + times[stage].ms, 0);
  return rounded(ms / Math.max(1, done));
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
