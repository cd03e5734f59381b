import type { Database } from '../store/db.ts';
import {
  deleteOldRows,
  expireUnread,
  lastBelieved,
  noteBelieved,
  trimArticles,
} from '../store/retention-store.ts';
import type { Meters } from '../web/metrics-meters.ts';
import type { ClockJudge } from './judge-clock.ts';
import { articleLines, type StepLog } from './step-log.ts';

export interface RetentionDeps {
  db: Database;
  log: StepLog;
  /** The setting `RASID_RETENTION_DAYS`. */
  retentionDays: number;
  judgeClock: ClockJudge;
  meters?: Meters;
}

/** Of each kind, in one transaction: a fraction of a second, so that nothing else waits for it. */
const ROWS_PER_STEP = 500;

/**
 * Trims one batch of what is older than the retention: articles that were never read are given up, then texts, later rows; never what a
 * person entered, and nothing while the clock is not to be believed.
 * @returns how many rows changed; 0 when nothing was left to do.
 */
export async function applyRetention(deps: RetentionDeps, clock: () => Date): Promise<number> {
  const { db, log } = deps;
  const believed = await lastBelieved(db);
  const now = clock();
  if (!deps.judgeClock(believed)) {
    const fields = { clock: now, lastBelieved: believed };
    log.warn(fields, 'the clock is days ahead of the last time that is known: nothing is deleted');
    return 0;
  }
  const limits = { now, days: deps.retentionDays, batch: ROWS_PER_STEP };
  const expired = await expireUnread(db, limits);
  const trimmed = await trimArticles(db, limits);
  const deleted = await deleteOldRows(db, limits);
  await noteBelieved(db, now);
  deps.meters?.expired(expired.length);
  const lines = expired.length === 0 ? [] : articleLines(expired, { articles: expired.length });
  for (const line of lines) log.warn(line, 'given up unread: more came than the model reads');
  if (trimmed + deleted > 0) log.info({ trimmed, deleted }, 'old articles trimmed');
  return expired.length + trimmed + deleted;
}
