import type { Feed, FeedStatus, FetchRecord } from '../domain/feed.ts';
import type { FetchOutcome } from './fetch-feed.ts';

export interface IntervalBounds {
  minSeconds: number;
  maxSeconds: number;
}

/** What became of one check, reduced to what the plan depends on. */
export type CheckResult =
  | { kind: 'succeeded'; freshForSeconds: number | null; ttlMinutes: number | null }
  | { kind: 'failed' }
  | { kind: 'busy'; retryAfterSeconds: number | null }
  | { kind: 'refused' }
  | { kind: 'gone' };

export interface CheckPlan {
  nextCheckAt: Date;
  status: FeedStatus;
  /** Failures in a row, this one included. */
  failureCount: number;
}

const DAY_SECONDS = 86_400;

/** Failures in a row after which a feed is called failing and no longer merely slow. */
const FAILING_AFTER = 3;

/** Feeds that were asked together drift apart by up to this share of their interval. */
const SPREAD = 0.1;

/** A feed that is gone is not asked again until a person changes it. */
export const NEVER = new Date('9999-12-31T00:00:00Z');

/**
 * When to ask again. A healthy feed: the longest of its ttl, its HTTP freshness and the least interval. A failing one: the least interval,
 * doubled with each failure in a row up to a day. A busy one: when it asked for. A refusing one: daily. All within the bounds.
 * `jitter` is a random number in [0, 1).
 */
export function planNextCheck(check: {
  result: CheckResult;
  feed: Pick<Feed, 'failureCount'>;
  bounds: IntervalBounds;
  now: Date;
  jitter: number;
}): CheckPlan {
  const { result, bounds } = check;
  const failureCount = result.kind === 'succeeded' ? 0 : check.feed.failureCount + 1;
  const status = statusOf(result, failureCount);
  if (status === 'gone') return { nextCheckAt: NEVER, status, failureCount };
  const wanted = Math.max(bounds.minSeconds, wantedSeconds(result, failureCount, bounds));
  const seconds = Math.min(bounds.maxSeconds, wanted * (1 + SPREAD * check.jitter));
  return { nextCheckAt: new Date(check.now.getTime() + seconds * 1000), status, failureCount };
}

function wantedSeconds(result: CheckResult, failureCount: number, bounds: IntervalBounds): number {
  const backOff = Math.min(DAY_SECONDS, bounds.minSeconds * 2 ** (failureCount - 1));
  if (result.kind === 'succeeded') {
    return Math.max((result.ttlMinutes ?? 0) * 60, result.freshForSeconds ?? 0);
  }
  if (result.kind === 'busy') return result.retryAfterSeconds ?? backOff;
  return result.kind === 'refused' ? DAY_SECONDS : backOff;
}

function statusOf(result: CheckResult, failureCount: number): FeedStatus {
  if (result.kind === 'succeeded') return 'fresh';
  if (result.kind === 'gone' || result.kind === 'refused') return result.kind;
  return failureCount < FAILING_AFTER ? 'slow' : 'failing';
}

/**
 * The record of one check. `parseError` says why a fetched body could not be read; null when it could, or when there was none. The
 * validators of an answer that could not be read are not kept: else the next answer would be "unchanged".
 */
export function planFetchRecord(check: {
  feed: Pick<Feed, 'failureCount' | 'etag' | 'lastModified'>;
  outcome: FetchOutcome;
  parseError: string | null;
  ttlMinutes: number | null;
  bounds: IntervalBounds;
  now: Date;
  jitter: number;
}): FetchRecord {
  const { outcome, feed, parseError } = check;
  const result = resultOf(outcome, parseError, check.ttlMinutes);
  const plan = planNextCheck({ ...check, result });
  const succeeded = result.kind === 'succeeded';
  const learned = succeeded && 'etag' in outcome ? outcome : { ...feed, movedTo: null };
  return {
    status: plan.status,
    httpStatus: outcome.status,
    error: succeeded ? null : describeFailure(outcome, parseError),
    etag: learned.etag,
    lastModified: learned.lastModified,
    nextCheckAt: plan.nextCheckAt,
    movedTo: learned.movedTo,
    succeeded,
  };
}

function resultOf(
  outcome: FetchOutcome,
  parseError: string | null,
  ttlMinutes: number | null,
): CheckResult {
  if (outcome.kind !== 'fetched' && outcome.kind !== 'not-modified') return outcome;
  if (parseError !== null) return { kind: 'failed' };
  return { kind: 'succeeded', freshForSeconds: outcome.freshForSeconds, ttlMinutes };
}

/** What became of a fetch that brought nothing, as a plain sentence. */
export function describeFailure(outcome: FetchOutcome, parseError: string | null): string {
  switch (outcome.kind) {
    case 'gone':
      return 'the publisher has closed this feed for good (410)';
    case 'refused':
      return `the server refuses us (${outcome.status})`;
    case 'busy':
      return `the server asks us to wait (${outcome.status})`;
    case 'failed':
      return outcome.error.message;
    default:
      return parseError ?? '';
  }
}
