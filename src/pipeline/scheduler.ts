import { type ScheduledTask, schedule } from 'node-cron';
import type { Queue } from '../store/queue.ts';
import type { Drain } from './drain.ts';
import { watchClock } from './watch-clock.ts';

/** The steps that this process runs; which ones depends on its role. */
export interface Drains {
  poll?: Drain;
  analyse?: Drain;
  cluster?: Drain;
  compose?: Drain;
  deliver?: Drain;
  edit?: Drain;
  /** What was postponed may go, because Discord is back. */
  hurry?: Drain;
  access?: Drain;
  retain?: Drain;
  mend?: Drain;
  exploited?: Drain;
}

/** Due digests are looked for on the minute; the same tick picks up what a lost wake-up left. */
const SWEEP_CRON = '* * * * *';

/** What is read once a day is asked for each hour until it could be read. */
const DAILY_CRON = '23 * * * *';

/** Old texts are dropped once a day, and at a start for machines that sleep at night. */
const RETAIN_CRON = '17 3 * * *';

/** Postponed messages: the first retry waits 2 s. Not by the clock, which may be set. */
const RETRY_MS = 2_000;

/** A tick that a busy machine misses is made up for, however late. */
const MISSED_MS = 86_400_000;

/** Runs the steps when woken by the queue and at their ticks, until stopped. */
export function createScheduler(deps: { drains: Drains; queue: Queue; pollCron: string }) {
  const { drains, queue } = deps;
  const tasks: ScheduledTask[] = [];
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;
  const clockStep = watchClock(() => new Date());
  const repeat = (cron: string, wanted: (Drain | undefined)[]) => {
    const present = wanted.filter((drain) => drain !== undefined);
    if (present.length === 0) return;
    const run = () => void Promise.all(present.map((drain) => drain.run()));
    // What was missed is made up for by one run; a line for each moment missed, in a format of its own, helps nobody.
    const options = { missedExecutionTolerance: MISSED_MS, suppressMissedWarning: true };
    tasks.push(schedule(cron, run, options));
  };
  const startTicks = () => {
    repeat(deps.pollCron, [drains.poll]);
    repeat(SWEEP_CRON, [
      drains.analyse,
      drains.cluster,
      drains.compose,
      drains.edit,
      drains.access,
    ]);
    repeat(RETAIN_CRON, [drains.retain]);
    repeat(DAILY_CRON, [drains.exploited]);
  };
  const stopTicks = async () => {
    for (const task of tasks.splice(0)) await task.destroy();
  };
  /** A task waits for a moment of the clock: when that is set back, it would wait until the clock is there again. */
  const followClock = async (step: number) => {
    await stopTicks();
    if (!stopped) startTicks();
    if (step < 0) await drains.mend?.run();
  };

  return {
    /** Does nothing after `stop`: a first pass may end later than the process is told to. */
    async start(): Promise<void> {
      if (stopped) return;
      for (const step of ['analyse', 'cluster', 'compose', 'deliver'] as const) {
        const drain = drains[step];
        if (drain) await queue.work(step, () => drain.run());
      }
      startTicks();
      retry = setInterval(() => {
        void drains.deliver?.run();
        const step = clockStep();
        if (step !== 0) void followClock(step);
      }, RETRY_MS);
      void drains.mend?.run();
      void drains.retain?.run();
      void drains.exploited?.run();
    },
    /** No new rounds; the ones in progress finish. */
    async stop(): Promise<void> {
      stopped = true;
      clearInterval(retry);
      await stopTicks();
      await Promise.all(Object.values(drains).map((drain: Drain) => drain.stop()));
    },
  };
}
