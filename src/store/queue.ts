import { setTimeout as sleep } from 'node:timers/promises';
import PgBoss from 'pg-boss';
import type { Database, Listener, Queryable } from './db.ts';
import { lockSetup } from './migrate.ts';

/** The steps that are woken by the one before them. */
export type Step = 'analyse' | 'cluster' | 'compose' | 'deliver';

const STEPS: readonly Step[] = ['analyse', 'cluster', 'compose', 'deliver'];

export type Queue = ReturnType<typeof createQueue>;

export interface QueueOptions {
  /** Told about a handler that failed; its wake-up is given again after `RETRY_SECONDS`. */
  onError?(error: unknown, step: Step): void;
}

const CHANNEL = 'rasid_wake';

/** How often a worker looks for wake-ups: pg-boss's own shortest interval, or rarely while notifications arrive. */
const POLL_MS = 500;
const LISTENING_POLL_MS = 5_000;

/** A wake-up whose handler failed, or whose process was killed, is given to a worker again after this long. */
const RETRY_SECONDS = 5;
const EXPIRE_SECONDS = 300;

/**
 * Wake-ups between the steps of the pipeline, through pg-boss in the same database. A job carries nothing: the rows are the truth, and a
 * worker drains all that it finds. Each step has at most one waiting job (policy `short`), so a burst makes one wake-up.
 *
 * Jobs are fetched here rather than by pg-boss's own `work`, which in version 10 does not wait for the completion that it writes: with the
 * database away, that is an unhandled rejection, and the end of the process.
 */
export function createQueue(db: Database, options: QueueOptions = {}) {
  const boss = createBoss(db, true);
  const report =
    options.onError ??
    ((error) => process.emitWarning(error instanceof Error ? error : String(error)));
  // Without a listener, an `error` event of pg-boss's maintenance would end the process; it tries again by itself.
  boss.on('error', () => undefined);
  const workers = new Map<Step, Worker>();
  let listener: Listener | null = null;

  return {
    /** Begins to listen, and pg-boss's maintenance. */
    async start(): Promise<void> {
      await boss.start();
      listener ??= db.listen(CHANNEL, (step) => {
        // An empty message follows a gap: any step may have been missed.
        for (const [name, worker] of workers) if (step === '' || step === name) worker.wake();
      });
    },

    /**
     * Wakes a step when `tx` commits, and not if it rolls back. Call it last in the transaction: of several transactions that wake the
     * same step, each waits at the one waiting job until the one before it has committed.
     */
    async wake(tx: Queryable, step: Step): Promise<void> {
      await boss.send(step, {}, { db: asBossDatabase(tx) });
      // The job may be taken by a worker before this transaction's rows can be seen; the notification comes after the commit.
      await tx.query('SELECT pg_notify($1, $2)', [CHANNEL, step]);
    },

    /** Calls `handler` now, for what has waited, and for each wake-up, one call at a time. One that fails is reported, and called again later. */
    async work(step: Step, handler: () => Promise<void>): Promise<void> {
      const isListening = () => listener?.isConnected() ?? false;
      workers.set(step, createWorker({ boss, step, handler, report, isListening }));
    },

    /** Lets the handlers that run finish, and calls none again. */
    async stop(): Promise<void> {
      await listener?.close();
      await Promise.all([...workers.values()].map((worker) => worker.stop()));
      await boss.stop({ graceful: false, close: false });
    },
  };
}

/** Creates pg-boss's tables and the steps' queues where they are missing. */
export async function installQueue(db: Database): Promise<void> {
  // pg-boss fails where two processes make its tables at the same moment. It needs connections of its own beside this one.
  await db.transaction(async (tx) => {
    await lockSetup(tx);
    await install(db);
  });
}

async function install(db: Database): Promise<void> {
  const boss = createBoss(db, false);
  await boss.start();
  for (const step of STEPS) {
    await boss.createQueue(step, {
      name: step,
      policy: 'short',
      retryLimit: 1_000_000,
      retryDelay: RETRY_SECONDS,
      expireInSeconds: EXPIRE_SECONDS,
    });
  }
  await boss.stop({ graceful: false, close: false });
}

function createBoss(db: Queryable, supervise: boolean): PgBoss {
  return new PgBoss({ db: asBossDatabase(db), schema: 'pgboss', schedule: false, supervise });
}

/** pg-boss sends scripts without parameters as an empty list, which would forbid several statements in one query. */
function asBossDatabase(db: Queryable): PgBoss.Db {
  return {
    async executeSql(text, values) {
      return { rows: await db.query(text, values?.length ? values : undefined) };
    },
  };
}

interface Worker {
  wake(): void;
  stop(): Promise<void>;
}

function createWorker(deps: {
  boss: PgBoss;
  step: Step;
  handler: () => Promise<void>;
  report: (error: unknown, step: Step) => void;
  isListening: () => boolean;
}): Worker {
  const { boss, step } = deps;
  let stopped = false;
  let woken = true;
  let pause = new AbortController();

  const handle = async (jobIds: string[]) => {
    try {
      await deps.handler();
      // Deleted, not completed: a wake-up leaves nothing worth keeping.
      if (jobIds.length > 0) await boss.deleteJob(step, jobIds);
    } catch (error) {
      deps.report(error, step);
      // With the database away this fails too; then the job expires and is given again.
      if (jobIds.length > 0) await boss.fail(step, jobIds).catch(() => undefined);
    }
  };

  /** Handles what waits. @returns whether to look again at once. */
  const handleNext = async (): Promise<boolean> => {
    const wasWoken = woken;
    woken = false;
    const jobs = await boss.fetch(step);
    if (jobs.length > 0 || wasWoken) await handle(jobs.map((job) => job.id));
    return jobs.length > 0 || woken;
  };

  const loop = async () => {
    while (!stopped) {
      if ((await handleNext()) || stopped) continue;
      pause = new AbortController();
      const wait = deps.isListening() ? LISTENING_POLL_MS : POLL_MS;
      await sleep(wait, undefined, { signal: pause.signal }).catch(() => undefined);
    }
  };

  const running = loop();

  return {
    wake() {
      woken = true;
      pause.abort();
    },
    async stop() {
      stopped = true;
      pause.abort();
      await running;
    },
  };
}
