/**
 * Every failure that Rasid expects. `code` is a literal that tests, logs and users can rely on; `retryable` says whether
 * trying the same thing later can help.
 */
export class AppError extends Error {
  readonly code: string;
  readonly retryable: boolean;

  constructor(
    code: string,
    message: string,
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** The user's or operator's input is wrong: one line, exit code 2. */
export class UsageError extends AppError {}

/** An address that must never be fetched, or a request that failed on the way. `code` names the reason. */
export class NetError extends AppError {
  readonly url: string;
  readonly status: number | null;

  constructor(
    code: string,
    message: string,
    options: { url: string; status?: number; retryable?: boolean; cause?: unknown },
  ) {
    super(code, message, options);
    this.url = options.url;
    this.status = options.status ?? null;
  }
}

/** A document that claims to be a feed and cannot be read as one. */
export class FeedError extends AppError {}

/** The database is missing, of another version, or refused the work. */
export class StoreError extends AppError {}

/** The model could not be loaded or gave no answer. */
export class ModelError extends AppError {}

/** Discord refused a message for a reason that a retry cannot change (`retryable` false) or can. */
export class DeliveryError extends AppError {}

/** The text of any thrown value, for logs and health lines. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
