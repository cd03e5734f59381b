import type { QueryResultRow } from 'pg';

/** What a store function needs: a pool or an open transaction. Parameters are `$1`, `$2`, … */
export interface Queryable {
  query<Row extends QueryResultRow>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** The database of this process. */
export interface Database extends Queryable {
  /** Runs `work` in one transaction on one connection; commits, or rolls back and rethrows. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
