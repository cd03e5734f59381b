import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createQueue, type Queue, type Step } from '../../src/store/queue.ts';
import { useTestDatabase } from '../helpers/database.ts';

const database = useTestDatabase({ poolSize: 8 });
let queues: Queue[] = [];

beforeEach(async () => {
  await database.clear();
  await database.db.query('CREATE TABLE IF NOT EXISTS marks (mark text); DELETE FROM marks');
});
afterEach(async () => {
  await Promise.all(queues.map((queue) => queue.stop()));
  queues = [];
});

async function startQueue(onError?: (error: unknown, step: Step) => void): Promise<Queue> {
  const queue = createQueue(database.db, onError ? { onError } : {});
  queues.push(queue);
  await queue.start();
  return queue;
}

/** Writes a mark and wakes the step in one transaction. */
async function markAndWake(queue: Queue, step: Step, mark: string): Promise<void> {
  await database.db.transaction(async (tx) => {
    await tx.query('INSERT INTO marks VALUES ($1)', [mark]);
    await queue.wake(tx, step);
  });
}

/** A handler that reads the marks, and a promise for the call that sees a given one. */
function watchMarks() {
  const waiting = new Map<string, () => void>();
  const seen = new Set<string>();
  return {
    sees: (mark: string) =>
      new Promise<void>((resolve) => {
        if (seen.has(mark)) resolve();
        else waiting.set(mark, resolve);
      }),
    handler: async () => {
      for (const { mark } of await database.db.query<{ mark: string }>('SELECT mark FROM marks')) {
        seen.add(mark);
        waiting.get(mark)?.();
      }
    },
  };
}

async function waitingJobs(step: Step): Promise<number> {
  return (await database.db.query('SELECT FROM pgboss.job WHERE name = $1', [step])).length;
}

describe('a wake-up', () => {
  it('reaches the step when the transaction commits, and never when it rolls back', async () => {
    const queue = await startQueue();
    const marks = watchMarks();
    await queue.work('analyse', marks.handler);
    await database.db
      .transaction(async (tx) => {
        await queue.wake(tx, 'analyse');
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    expect(await waitingJobs('analyse')).toBe(0);
    for (const mark of ['one', 'two', 'three']) {
      await markAndWake(queue, 'analyse', mark);
      await marks.sees(mark);
    }
  });

  it('waits for a worker that starts later, in another process', async () => {
    await markAndWake(createQueue(database.db), 'deliver', 'early');
    expect(await waitingJobs('deliver')).toBe(1);
    const worker = await startQueue();
    const marks = watchMarks();
    await worker.work('deliver', marks.handler);
    await marks.sees('early');
    await worker.stop();
    expect(await waitingJobs('deliver')).toBe(0);
  });

  it('is one however often the step is woken while nobody works', async () => {
    const queue = createQueue(database.db);
    await Promise.all(
      Array.from({ length: 20 }, () => database.db.transaction((tx) => queue.wake(tx, 'cluster'))),
    );
    expect(await waitingJobs('cluster')).toBe(1);
    expect(await waitingJobs('compose')).toBe(0);
  });

  it('whose handler fails is reported and kept for another try', async () => {
    const failed: unknown[] = [];
    const queue = await startQueue((error, step) => failed.push([step, error]));
    let calls = 0;
    const first = new Promise<void>((resolve) => {
      void queue.work('compose', async () => {
        calls += 1;
        resolve();
        throw new Error('not now');
      });
    });
    await database.db.transaction((tx) => queue.wake(tx, 'compose'));
    await first;
    await queue.stop();
    expect(calls).toBeGreaterThan(0);
    expect(failed).toContainEqual(['compose', new Error('not now')]);
    expect(await waitingJobs('compose')).toBe(1);
  });
});

describe('the queue', () => {
  it('goes on when the database has cut every connection', async () => {
    const queue = await startQueue(() => undefined);
    const marks = watchMarks();
    await queue.work('analyse', marks.handler);
    await markAndWake(queue, 'analyse', 'before');
    await marks.sees('before');
    await database.db.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await markAndWake(queue, 'analyse', 'after');
    await marks.sees('after');
  });

  it('stops only when the handler that runs has finished', async () => {
    const queue = await startQueue();
    const events: string[] = [];
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    await queue.work('deliver', async () => {
      begin();
      await database.db.query('SELECT pg_sleep(0.05)');
      events.push('handled');
    });
    await database.db.transaction((tx) => queue.wake(tx, 'deliver'));
    await begun;
    await queue.stop();
    events.push('stopped');
    expect(events.at(-1)).toBe('stopped');
    expect(events).toContain('handled');
  });
});
