import type { QueryResultRow } from 'pg';

/** What a store function needs: a pool or an open transaction. Parameters are `$1`, `$2`, … */
export interface Queryable {
  /**
   * `preparedName` is for a statement that runs many times a second: each connection parses and plans it once. Not for one whose best
   * plan depends on its parameters or on the size of a growing table.
   * @throws StoreError: `database-unavailable` and `database-busy` are retryable, `duplicate` and `database-refused` are not.
   */
  query<Row extends QueryResultRow>(
    sql: string,
    parameters?: unknown[],
    preparedName?: string,
  ): Promise<Row[]>;
}

/** The database of this process. */
export interface Database extends Queryable {
  /** Runs `work` in one transaction on one connection; commits, or rolls back and rethrows. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * Calls `onMessage` for each NOTIFY on `channel`, on a connection of its own that is opened again whenever it is lost; after
   * such a gap it is called once with an empty message, because notifications may have been missed.
   */
  listen(channel: string, onMessage: (message: string) => void): Listener;
  /**
   * Takes an advisory lock on a connection of its own; with `wait`, when it is free. Gives null when another holds it, or when
   * `signal` was aborted. @throws StoreError `database-unavailable` (retryable)
   */
  lock(options: { key: number; wait: boolean; signal: AbortSignal }): Promise<HeldLock | null>;
  close(): Promise<void>;
}

export interface HeldLock {
  /** Resolves when the connection is gone, and with it the lock. */
  lost: Promise<void>;
  release(): Promise<void>;
}

export interface Listener {
  /** Whether notifications arrive at present. */
  isConnected(): boolean;
  close(): Promise<void>;
}
