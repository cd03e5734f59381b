import { describe, expect, it } from 'vitest';
import { NetError } from '../../src/domain/errors.ts';
import type { FetchOutcome } from '../../src/feeds/fetch-feed.ts';
import {
  type CheckResult,
  NEVER,
  planFetchRecord,
  planNextCheck,
} from '../../src/feeds/next-check.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const BOUNDS = { minSeconds: 300, maxSeconds: 86_400 };

function secondsToWait(
  result: CheckResult,
  options: { failureCount?: number; jitter?: number; bounds?: typeof BOUNDS } = {},
): number {
  const { failureCount = 0, jitter = 0, bounds = BOUNDS } = options;
  const plan = planNextCheck({ result, feed: { failureCount }, bounds, now: NOW, jitter });
  return (plan.nextCheckAt.getTime() - NOW.getTime()) / 1000;
}

const healthy = (ttlMinutes: number | null, freshForSeconds: number | null): CheckResult => ({
  kind: 'succeeded',
  ttlMinutes,
  freshForSeconds,
});

describe('a healthy feed is asked again', () => {
  it.each([
    ['after the least interval when it says nothing', null, null, 300],
    ['after its ttl', 15, null, 900],
    ['after its HTTP freshness', null, 1200, 1200],
    ['after the longer of the two', 15, 1200, 1200],
    ['never sooner than the least interval', 1, 10, 300],
    ['never later than the greatest interval', 525_600, null, 86_400],
  ])('%s', (_, ttlMinutes, freshForSeconds, expected) => {
    expect(secondsToWait(healthy(ttlMinutes, freshForSeconds))).toBe(expected);
  });

  it('a little later than others that were asked with it, but within the bounds', () => {
    expect(secondsToWait(healthy(null, null), { jitter: 0.5 })).toBe(315);
    expect(secondsToWait(healthy(null, 86_400), { jitter: 0.5 })).toBe(86_400);
  });
});

describe('a failing feed is asked again', () => {
  it('after the least interval, doubled with each failure up to a day', () => {
    const waits = [0, 1, 2, 3, 8, 9, 5000].map((failureCount) =>
      secondsToWait({ kind: 'failed' }, { failureCount }),
    );
    expect(waits).toEqual([300, 600, 1200, 2400, 76_800, 86_400, 86_400]);
  });

  it('within the greatest interval, and after a day even where that is longer', () => {
    const shorter = { minSeconds: 1, maxSeconds: 60 };
    expect(secondsToWait({ kind: 'failed' }, { failureCount: 20, bounds: shorter })).toBe(60);
    const longer = { minSeconds: 300, maxSeconds: 604_800 };
    expect(secondsToWait({ kind: 'failed' }, { failureCount: 20, bounds: longer })).toBe(86_400);
  });

  it('is slow at first, failing from the third time, and fresh again at once', () => {
    const judge = (result: CheckResult, failureCount: number) => {
      const check = { result, feed: { failureCount }, bounds: BOUNDS, now: NOW, jitter: 0 };
      const { status, failureCount: count } = planNextCheck(check);
      return [status, count];
    };
    expect(judge({ kind: 'failed' }, 0)).toEqual(['slow', 1]);
    expect(judge({ kind: 'failed' }, 1)).toEqual(['slow', 2]);
    expect(judge({ kind: 'failed' }, 2)).toEqual(['failing', 3]);
    expect(judge({ kind: 'busy', retryAfterSeconds: 5 }, 2)).toEqual(['failing', 3]);
    expect(judge(healthy(null, null), 9)).toEqual(['fresh', 0]);
  });
});

describe('a server that does not want us is asked again', () => {
  it.each([
    ['when it says', 3600, 3600],
    ['not sooner than the least interval', 1, 300],
    ['not later than the greatest', 999_999_999, 86_400],
  ])('%s', (_, retryAfterSeconds, expected) => {
    expect(secondsToWait({ kind: 'busy', retryAfterSeconds })).toBe(expected);
  });

  it('as a failing one when it is busy and does not say', () => {
    const busy: CheckResult = { kind: 'busy', retryAfterSeconds: null };
    expect(secondsToWait(busy, { failureCount: 2 })).toBe(1200);
  });

  it('daily when it refuses', () => {
    expect(secondsToWait({ kind: 'refused' })).toBe(86_400);
  });

  it('never when the feed is gone', () => {
    const check = { feed: { failureCount: 0 }, bounds: BOUNDS, now: NOW, jitter: 0 };
    const plan = planNextCheck({ ...check, result: { kind: 'gone' } });
    expect(plan).toMatchObject({ status: 'gone', nextCheckAt: NEVER });
  });
});

describe('what is kept of a check', () => {
  const FETCHED: FetchOutcome = {
    kind: 'fetched',
    status: 200,
    body: Buffer.from('<rss/>'),
    contentType: null,
    url: 'https://publisher.example/feed',
    etag: '"new"',
    lastModified: null,
    freshForSeconds: null,
    movedTo: 'https://publisher.example/feed',
  };

  function recordOf(
    outcome: FetchOutcome,
    parsed: { parseError?: string; ttlMinutes?: number } = {},
  ) {
    return planFetchRecord({
      feed: { failureCount: 0, etag: '"old"', lastModified: 'Sat, 28 Feb 2026 10:00:00 GMT' },
      outcome,
      parseError: parsed.parseError ?? null,
      ttlMinutes: parsed.ttlMinutes ?? null,
      bounds: BOUNDS,
      now: NOW,
      jitter: 0,
    });
  }

  it('a read feed: new validators, new address, its ttl, no error', () => {
    expect(recordOf(FETCHED, { ttlMinutes: 60 })).toEqual({
      status: 'fresh',
      httpStatus: 200,
      error: null,
      etag: '"new"',
      lastModified: null,
      nextCheckAt: new Date('2026-03-01T13:00:00Z'),
      movedTo: 'https://publisher.example/feed',
      succeeded: true,
    });
  });

  it('a feed that could not be read: the reason, and nothing that would make it "unchanged" next time', () => {
    expect(recordOf(FETCHED, { parseError: 'this is a web page, not a feed' })).toMatchObject({
      status: 'slow',
      httpStatus: 200,
      error: 'this is a web page, not a feed',
      etag: '"old"',
      lastModified: 'Sat, 28 Feb 2026 10:00:00 GMT',
      movedTo: null,
      succeeded: false,
    });
  });

  it('an unchanged feed is a success', () => {
    const unchanged = { etag: '"old"', lastModified: null, freshForSeconds: 600, movedTo: null };
    expect(recordOf({ kind: 'not-modified', status: 304, ...unchanged })).toMatchObject({
      status: 'fresh',
      httpStatus: 304,
      error: null,
      nextCheckAt: new Date('2026-03-01T12:10:00Z'),
      succeeded: true,
    });
  });

  it.each([
    [{ kind: 'gone', status: 410 }, 'gone', 'the publisher has closed this feed for good (410)'],
    [{ kind: 'refused', status: 403 }, 'refused', 'the server refuses us (403)'],
    [
      { kind: 'busy', status: 429, retryAfterSeconds: 60 },
      'slow',
      'the server asks us to wait (429)',
    ],
    [
      {
        kind: 'failed',
        status: null,
        error: new NetError('timeout', 'no complete answer within 30 s', { url: 'https://x/' }),
      },
      'slow',
      'no complete answer within 30 s',
    ],
  ] as [FetchOutcome, string, string][])('a failure in words: %o', (outcome, status, error) => {
    expect(recordOf(outcome)).toMatchObject({
      status,
      error,
      httpStatus: outcome.status,
      etag: '"old"',
      succeeded: false,
    });
  });
});
