import { messageOf, StoreError } from '../domain/errors.ts';

/** SQLSTATE classes and codes after which the connection is of no more use but another may be: the server is away or going. */
const UNAVAILABLE = /^(08...|57P0[1-5]|53300|58...|XX...)$/;

/** SQLSTATE codes after which the same work may well succeed: deadlock, serialisation, lock and statement timeouts. */
const BUSY = /^(40001|40P01|55P03|57014|25P03)$/;

/** SQLSTATE `disk_full`. */
const DISK_FULL = '53100';

/** What Node says when nobody listens, the host is unknown, or the line was cut. */
const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

/** pg's own errors about a lost line carry no code. */
const LOST_LINE =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|not queryable|cannot use a pool after calling end/i;

/** The code of a failed query or connection attempt: Node's or Postgres's, or an empty string. */
export function errorCodeOf(error: unknown): string {
  if (error instanceof AggregateError) return errorCodeOf(error.errors[0]);
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** Whether the server could not be reached, or went away. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof StoreError) return error.code === 'database-unavailable';
  const code = errorCodeOf(error);
  return UNAVAILABLE.test(code) || NETWORK.test(code) || LOST_LINE.test(messageOf(error));
}

/** Turns what pg throws into the store's own error; an AppError passes unchanged. */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = messageOf(error) || errorCodeOf(error);
  if (isUnavailable(error)) {
    return new StoreError('database-unavailable', `the database is not reachable: ${message}`, {
      retryable: true,
      cause: error,
    });
  }
  const code = errorCodeOf(error);
  if (code === DISK_FULL) {
    return new StoreError('disk-full', `the database's disk is full: ${message}`, {
      retryable: true,
      cause: error,
    });
  }
  if (BUSY.test(code)) {
    return new StoreError('database-busy', message, { retryable: true, cause: error });
  }
  if (code === '23505') return new StoreError('duplicate', message, { cause: error });
  return new StoreError('database-refused', message, { cause: error });
}
