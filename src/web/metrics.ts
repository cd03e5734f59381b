import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Database } from '../store/db.ts';
import { countFeedsByStatus } from '../store/feed-store.ts';
import { readStoredSize, readWaitingWork } from '../store/waiting-work.ts';
import { createStateReader } from './metrics-state.ts';

/** What of this process is exported beside the counters. */
export interface ProcessState {
  /** Null where this process has no bot. */
  bot: { isConnected(): boolean; invalidRequestsLeft(): number } | null;
  /** The steps that this process runs, each with its last round's error, or null. */
  failures(): Record<string, string | null>;
}

const IDLE: ProcessState = { bot: null, failures: () => ({}) };

/**
 * Figures for Prometheus: the counters that are in `registry` (`metrics-meters.ts`); what waits, read from the database when asked for
 * and so the same whichever process answers; and Node's own. A database that is away takes away its figures, not the answer.
 */
export function createMetrics(
  db: Database,
  {
    registry = new Registry(),
    clock = () => new Date(),
    state = IDLE,
  }: { registry?: Registry; clock?: () => Date; state?: ProcessState } = {},
): Registry {
  collectDefaultMetrics({ register: registry });
  exportDatabase(db, registry, clock);
  exportProcess(registry, state);
  return registry;
}

/** One reading serves all gauges of a scrape, and every scrape within its few seconds. */
function exportDatabase(db: Database, registry: Registry, clock: () => Date): void {
  const read = createStateReader(async () => {
    const now = clock();
    const [feeds, work, size] = await Promise.all([
      countFeedsByStatus(db),
      readWaitingWork(db, now),
      readStoredSize(db),
    ]);
    return { feeds, work, size, now };
  }, clock);
  const gauge = createGauges(registry);
  gauge('rasid_database_up', 'Whether the database answers', null, async () => [
    ['', (await read()) ? 1 : 0],
  ]);
  gauge('rasid_feeds', 'Feeds by health', 'status', async () =>
    Object.entries((await read())?.feeds ?? {}),
  );
  gauge('rasid_queue_depth', 'Rows that wait for a step', 'step', async () =>
    Object.entries((await read())?.work ?? {}).map(([step, { count }]) => [step, count]),
  );
  gauge('rasid_queue_oldest_seconds', 'Age of the oldest of them', 'step', async () => {
    const state = await read();
    return Object.entries(state?.work ?? {}).map(([step, { oldest }]) => [
      step,
      state && oldest ? Math.max(0, (state.now.getTime() - oldest.getTime()) / 1000) : 0,
    ]);
  });
  gauge('rasid_stored_rows', 'Rows stored, as the database estimates', 'table', async () => {
    const size = (await read())?.size;
    return size ? [['articles', size.articles] as const, ['stories', size.stories] as const] : [];
  });
  gauge('rasid_database_bytes', 'Size of the database', null, async () => {
    const size = (await read())?.size;
    return size ? [['', size.bytes] as const] : [];
  });
}

function exportProcess(registry: Registry, { bot, failures }: ProcessState): void {
  const gauge = createGauges(registry);
  gauge('rasid_step_failing', 'Whether the last round of a step failed', 'step', async () =>
    Object.entries(failures()).map(([step, error]) => [step, error === null ? 0 : 1]),
  );
  if (bot === null) return;
  gauge('rasid_discord_up', 'Whether the gateway is connected', null, async () => [
    ['', bot.isConnected() ? 1 : 0],
  ]);
  gauge(
    'rasid_discord_invalid_requests_left',
    'Requests that Discord may still refuse (401, 403, 429) within 10 minutes before it blocks this address',
    null,
    async () => [['', bot.invalidRequestsLeft()]],
  );
}

function createGauges(registry: Registry) {
  return (
    name: string,
    help: string,
    label: string | null,
    read: () => Promise<(readonly [value: string, count: number])[]>,
  ): Gauge =>
    new Gauge({
      name,
      help,
      labelNames: label === null ? [] : [label],
      registers: [registry],
      async collect() {
        // What is not known is absent, and not 0, which a reset would make of a gauge without labels.
        if (label === null) this.remove();
        else this.reset();
        for (const [value, count] of await read())
          this.set(label === null ? {} : { [label]: value }, count);
      },
    });
}
