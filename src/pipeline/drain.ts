import { messageOf } from '../domain/errors.ts';
import type { TrailLog } from './step-log.ts';

/** A step takes some rows and says whether it took any. */
export type Step = () => Promise<number | boolean>;

export interface Drain {
  /** Repeats the step until nothing is left. A call during a run asks for one more round rather than a second run. */
  run(): Promise<void>;
  /** Why the last round failed; null when it did not. */
  lastError(): string | null;
  /** Lets the round in progress finish and refuses further ones. */
  stop(): Promise<void>;
}

/**
 * Wraps a step so that it can be called by wake-ups, ticks and at start alike. An error ends the round:
 * its transaction was rolled back, the rows are still waiting, and the next call finds them. It is said once, and once that it is over.
 */
export function createDrain(name: string, step: Step, log: TrailLog): Drain {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let failure: string | null = null;

  /** @returns whether the round came to its end. */
  const round = async (): Promise<boolean> => {
    try {
      while (!stopped && (await step()));
      if (failure !== null) log.info({ step: name }, 'step works again');
      failure = null;
    } catch (error) {
      const message = messageOf(error);
      const level = message === failure ? 'debug' : 'error';
      log[level]({ step: name, error: message }, 'step failed; its rows wait for the next round');
      failure = message;
    }
    return failure === null;
  };

  const rounds = async () => {
    do again = false;
    while ((await round()) && again && !stopped);
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
    lastError: () => failure,
    async stop() {
      stopped = true;
      await running;
    },
  };
}
