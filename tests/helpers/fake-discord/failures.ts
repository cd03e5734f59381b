import type { RestRequest } from './rest-server.ts';

/** Something that goes wrong with the next requests that it matches. */
export interface Failure {
  /** Only these; all when left out. */
  matches?: (request: RestRequest) => boolean;
  /** How many requests; one when left out. */
  times?: number;
  /** Answers with this status instead. */
  status?: number;
  code?: number;
  /** For 429. */
  retryAfterSeconds?: number;
  global?: boolean;
  /** The connection breaks before Discord has done anything, or after it did the work but before it could say so. */
  drop?: 'before' | 'after';
}

/** The first failure that is meant for this request; it is used up by it. */
export function takeFailure(failures: Failure[], request: RestRequest): Failure | null {
  const index = failures.findIndex(({ matches }) => matches === undefined || matches(request));
  const failure = failures[index];
  if (failure === undefined) return null;
  const left = (failure.times ?? 1) - 1;
  if (left <= 0) failures.splice(index, 1);
  else failures[index] = { ...failure, times: left };
  return failure;
}
