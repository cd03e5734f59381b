import { messageOf } from '../domain/errors.ts';
import type { StepLog } from './step-log.ts';

/** A step takes some rows and says whether it took any. */
export type Step = () => Promise<number | boolean>;

export interface Drain {
  /** Repeats the step until nothing is left. A call during a run asks for one more round rather than a second run. */
  run(): Promise<void>;
  /** Lets the round in progress finish and refuses further ones. */
  stop(): Promise<void>;
}

/**
 * Wraps a step so that it can be called by wake-ups, ticks and at start alike. An error ends the round and is logged:
 * its transaction was rolled back, the rows are still waiting, and the next call finds them.
 */
export function createDrain(name: string, step: Step, log: StepLog): Drain {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const rounds = async () => {
    do {
      again = false;
      try {
        while (!stopped && (await step()));
      } catch (error) {
        log.error(
          { step: name, error: messageOf(error) },
          'step failed; its rows wait for the next round',
        );
        return;
      }
    } while (again && !stopped);
  };

  const run = () => {
    if (stopped) return Promise.resolve();
    if (running !== null) {
      again = true;
      return running;
    }
    running = rounds().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    run,
    async stop() {
      stopped = true;
      await running;
    },
  };
}
