import { type ScheduledTask, schedule } from 'node-cron';
import type { Queue } from '../store/queue.ts';
import type { Drain } from './drain.ts';

/** The steps that this process runs; which ones depends on its role. */
export interface Drains {
  poll?: Drain;
  analyse?: Drain;
  cluster?: Drain;
  compose?: Drain;
  deliver?: Drain;
  edit?: Drain;
  access?: Drain;
  retain?: Drain;
  exploited?: Drain;
}

/** Due digests are looked for on the minute; the same tick picks up what a lost wake-up left. */
const SWEEP_CRON = '* * * * *';

/** What is read once a day is asked for each hour until it could be read. */
const DAILY_CRON = '23 * * * *';

/** Old texts are dropped once a day, and at a start for machines that sleep at night. */
const RETAIN_CRON = '17 3 * * *';

/** Postponed messages: the first retry waits 2 s. */
const RETRY_CRON = '*/2 * * * * *';

/** Runs the steps when woken by the queue and at their ticks, until stopped. */
export function createScheduler(deps: { drains: Drains; queue: Queue; pollCron: string }) {
  const { drains, queue } = deps;
  const tasks: ScheduledTask[] = [];
  let stopped = false;
  const repeat = (cron: string, wanted: (Drain | undefined)[]) => {
    const present = wanted.filter((drain) => drain !== undefined);
    if (present.length === 0) return;
    tasks.push(schedule(cron, () => void Promise.all(present.map((drain) => drain.run()))));
  };

  return {
    /** Does nothing after `stop`: a first pass may end later than the process is told to. */
    async start(): Promise<void> {
      if (stopped) return;
      for (const step of ['analyse', 'cluster', 'compose', 'deliver'] as const) {
        const drain = drains[step];
        if (drain) await queue.work(step, () => drain.run());
      }
      repeat(deps.pollCron, [drains.poll]);
      repeat(SWEEP_CRON, [
        drains.analyse,
        drains.cluster,
        drains.compose,
        drains.edit,
        drains.access,
      ]);
      repeat(RETRY_CRON, [drains.deliver]);
      repeat(RETAIN_CRON, [drains.retain]);
      void drains.retain?.run();
      repeat(DAILY_CRON, [drains.exploited]);
      void drains.exploited?.run();
    },
    /** No new rounds; the ones in progress finish. */
    async stop(): Promise<void> {
      stopped = true;
      for (const task of tasks) await task.destroy();
      await Promise.all(Object.values(drains).map((drain: Drain) => drain.stop()));
    },
  };
}
