import type { Database } from './db.ts';

/** Requests that Discord refused in the seconds that ended then. */
export interface Refusals {
  countedUntil: Date;
  count: number;
}

/**
 * Adds what this process was refused to what all on this database were, and forgets what is older than `since`.
 * @returns all of them since then, oldest first
 */
export async function shareRefusals(
  db: Database,
  own: Refusals[],
  since: Date,
): Promise<Refusals[]> {
  return db.transaction(async (tx) => {
    await tx.query('DELETE FROM refused_requests WHERE counted_until <= $1', [since]);
    if (own.length > 0) {
      await tx.query(
        `INSERT INTO refused_requests AS r (counted_until, count)
         SELECT * FROM unnest($1::timestamptz[], $2::int[]) AS own(counted_until, count) ORDER BY counted_until
         ON CONFLICT (counted_until) DO UPDATE SET count = r.count + excluded.count`,
        [own.map(({ countedUntil }) => countedUntil), own.map(({ count }) => count)],
      );
    }
    return tx.query<Refusals>(
      'SELECT counted_until AS "countedUntil", count FROM refused_requests ORDER BY counted_until',
    );
  });
}
