import type { Database } from '../store/db.ts';
import { deleteOldRows, trimArticles } from '../store/retention-store.ts';
import type { StepLog } from './step-log.ts';

export interface RetentionDeps {
  db: Database;
  log: StepLog;
  /** The setting `RASID_RETENTION_DAYS`. */
  retentionDays: number;
}

/** Of each kind, in one transaction: a fraction of a second, so that nothing else waits for it. */
const ROWS_PER_STEP = 500;

/**
 * Trims one batch of what is older than the retention: texts first, later rows; never what a person entered.
 * @returns how many rows changed; 0 when nothing was left to do.
 */
export async function applyRetention(deps: RetentionDeps, clock: () => Date): Promise<number> {
  const limits = { now: clock(), days: deps.retentionDays, batch: ROWS_PER_STEP };
  const trimmed = await trimArticles(deps.db, limits);
  const deleted = await deleteOldRows(deps.db, limits);
  if (trimmed + deleted > 0) deps.log.info({ trimmed, deleted }, 'old articles trimmed');
  return trimmed + deleted;
}
