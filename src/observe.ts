import type { Parts } from './parts.ts';
import type { Drain } from './pipeline/drain.ts';
import { createMetrics } from './web/metrics.ts';
import { checkReadiness } from './web/readiness.ts';
import { createReadinessWatch } from './web/watch-readiness.ts';

/** How often this process looks whether something needs a person. */
const WATCH_MS = 60_000;

/** What can be seen of a running process from outside: its metrics, whether it is ready, and the log's word of it. */
export function observe(
  parts: Pick<Parts, 'db' | 'bot' | 'encoder' | 'registry' | 'log' | 'drains'>,
  clock: () => Date,
) {
  const { db, bot, encoder, registry, log } = parts;
  const failures = () => lastErrors(parts);
  const check = () =>
    checkReadiness({ db, bot, modelError: encoder.lastError, failures, now: clock() });
  return {
    metrics: createMetrics(db, { registry, clock, state: { bot, failures } }),
    checkReadiness: check,
    /** Says in the log, once, what `/ready` says. @returns what ends it */
    watch(): () => Promise<void> {
      const look = createReadinessWatch(check, log);
      let looking = Promise.resolve();
      const timer = setInterval(() => {
        looking = look();
      }, WATCH_MS);
      return async () => {
        clearInterval(timer);
        await looking;
      };
    },
  };
}

function lastErrors({ drains }: Pick<Parts, 'drains'>): Record<string, string | null> {
  const steps: [string, Drain][] = Object.entries(drains);
  return Object.fromEntries(steps.map(([step, drain]) => [step, drain.lastError()]));
}
