import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FetchOutcome, fetchFeed } from '../../src/feeds/fetch-feed.ts';
import type { HttpClient } from '../../src/net/http-client.ts';
import { createFeedServer, type FeedServer, type ServedFeed } from '../helpers/feed-server.ts';
import { createLocalClient } from '../helpers/local-client.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000).toUTCString();

let server: FeedServer;
let client: HttpClient;

beforeAll(async () => {
  server = await createFeedServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
  client = createLocalClient({ deadlineMs: 5_000 });
});
afterEach(() => client.close());

function fetchServed(
  feed: ServedFeed,
  known: { etag?: string; lastModified?: string } = {},
): Promise<FetchOutcome> {
  server.setFeed('/feed.xml', feed);
  const url = server.url('/feed.xml');
  return fetchFeed(client, { url, etag: null, lastModified: null, ...known }, NOW);
}

describe('a feed', () => {
  it('is fetched with its content type, address and validators', async () => {
    const outcome = await fetchServed({
      body: '<rss/>',
      contentType: 'text/xml; charset=windows-1256',
      etag: '"v1"',
      lastModified: new Date('2026-02-28T10:00:00Z'),
    });
    expect(outcome).toEqual({
      kind: 'fetched',
      status: 200,
      body: Buffer.from('<rss/>'),
      contentType: 'text/xml; charset=windows-1256',
      url: server.url('/feed.xml'),
      etag: '"v1"',
      lastModified: 'Sat, 28 Feb 2026 10:00:00 GMT',
      freshForSeconds: null,
      movedTo: null,
    });
  });

  it('never asked for before is asked for without conditions, and as a feed', async () => {
    await fetchServed({ body: '<rss/>' });
    const headers = server.requests[0]?.headers;
    expect(headers).not.toHaveProperty('if-none-match');
    expect(headers).not.toHaveProperty('if-modified-since');
    expect(headers?.accept).toContain('application/rss+xml');
  });

  it('that has not changed is not sent again, by tag', async () => {
    const first = await fetchServed({ body: '<rss/>' });
    if (first.kind !== 'fetched' || first.etag === null) throw new Error('no tag served');
    const second = await fetchServed({ body: '<rss/>' }, { etag: first.etag });
    expect(second).toMatchObject({ kind: 'not-modified', status: 304, etag: first.etag });
    const changed = await fetchServed({ body: '<rss></rss>' }, { etag: first.etag });
    expect(changed.kind).toBe('fetched');
  });

  it('that has not changed is not sent again, by date', async () => {
    const feed = { body: '<rss/>', etag: null, lastModified: new Date('2026-02-28T10:00:00Z') };
    const known = { lastModified: 'Sat, 28 Feb 2026 10:00:00 GMT' };
    expect(await fetchServed(feed, known)).toMatchObject({ kind: 'not-modified', ...known });
  });

  it('keeps its validators when a 304 does not repeat them', async () => {
    const known = { etag: '"v1"', lastModified: 'Sat, 28 Feb 2026 10:00:00 GMT' };
    expect(await fetchServed({ status: 304 }, known)).toMatchObject({
      kind: 'not-modified',
      ...known,
    });
  });

  it('that was never read cannot be unchanged', async () => {
    const outcome = await fetchServed({ status: 304 });
    expect(outcome).toMatchObject({ kind: 'failed', status: 304 });
  });

  it('that moved for good says where to; one that moved for now does not', async () => {
    server.setFeed('/new.xml', { body: '<rss/>' });
    const moved = { redirectTo: '/new.xml' };
    expect(await fetchServed(moved)).toMatchObject({
      kind: 'fetched',
      movedTo: server.url('/new.xml'),
      url: server.url('/new.xml'),
    });
    expect(await fetchServed({ ...moved, status: 308 })).toMatchObject({
      movedTo: server.url('/new.xml'),
    });
    expect(await fetchServed({ ...moved, status: 302 })).toMatchObject({
      movedTo: null,
      url: server.url('/new.xml'),
    });
  });

  it('that moved for good to a page that fails has not moved', async () => {
    server.setFeed('/login', { status: 403 });
    const outcome = await fetchServed({ redirectTo: '/login' });
    expect(outcome).toEqual({ kind: 'refused', status: 403 });
  });
});

describe('how long a feed stays fresh', () => {
  it.each([
    ['nothing said', {}, null],
    ['max-age', { 'cache-control': 'public, max-age=600' }, 600],
    ['max-age in quotes and capitals', { 'cache-control': 'Max-Age="600"' }, 600],
    ['max-age less the age', { 'cache-control': 'max-age=600', age: '200' }, 400],
    ['an age beyond', { 'cache-control': 'max-age=600', age: '900' }, 0],
    ['s-maxage alone, which is for proxies', { 'cache-control': 's-maxage=600' }, null],
    ['no-cache', { 'cache-control': 'no-cache, max-age=600', expires: inSeconds(900) }, null],
    ['Expires', { expires: inSeconds(900), date: inSeconds(0) }, 900],
    [
      'Expires by a clock that is wrong',
      { expires: inSeconds(90_000), date: inSeconds(86_400) },
      3600,
    ],
    ['Expires in the past', { expires: inSeconds(-900), date: inSeconds(0) }, 0],
    ['Expires that is no date', { expires: 'never' }, null],
    ['Expires that is a number', { expires: '900' }, null],
    [
      'the longer of the two',
      { 'cache-control': 'max-age=600', expires: inSeconds(900), date: inSeconds(0) },
      900,
    ],
  ] as const)('%s', async (_, headers, freshForSeconds) => {
    const outcome = await fetchServed({ body: '<rss/>', headers: { ...headers } });
    expect(outcome).toMatchObject({ kind: 'fetched', freshForSeconds });
    const unchanged = await fetchServed(
      { body: '<rss/>', etag: '"v1"', headers: { ...headers } },
      { etag: '"v1"' },
    );
    expect(unchanged).toMatchObject({ kind: 'not-modified', freshForSeconds });
  });
});

describe('a server that does not want us', () => {
  it('for good is believed', async () => {
    expect(await fetchServed({ status: 410 })).toEqual({ kind: 'gone', status: 410 });
  });

  it.each([401, 403, 451])('answers %i: refused', async (status) => {
    expect(await fetchServed({ status })).toEqual({ kind: 'refused', status });
  });

  it.each([
    [429, '120', 120],
    [503, ' 0 ', 0],
    [503, inSeconds(90), 90],
    [429, inSeconds(-90), 0],
    [429, 'soon', null],
    [429, '-5', null],
    [503, undefined, null],
  ])('for now answers %i with Retry-After "%s"', async (status, value, retryAfterSeconds) => {
    const headers: Record<string, string> = value === undefined ? {} : { 'retry-after': value };
    expect(await fetchServed({ status, headers })).toEqual({
      kind: 'busy',
      status,
      retryAfterSeconds,
    });
  });
});

describe('a feed that fails', () => {
  it.each([
    [404, 'the server has no such page (404)'],
    [400, 'the server would not answer (400)'],
    [500, 'the server failed (500)'],
    [522, 'the server failed (522)'],
  ])('with %i says so in words', async (status, message) => {
    const outcome = await fetchServed({ status });
    expect(outcome).toMatchObject({ kind: 'failed', status, error: { code: 'status', message } });
  });

  it('on the way is an outcome, not an exception', async () => {
    const cut = await fetchServed({ drop: 'before-headers' });
    expect(cut).toMatchObject({ kind: 'failed', status: null, error: { code: 'connection-lost' } });
    const feed = { url: 'gopher://x/', etag: null, lastModified: null };
    expect(await fetchFeed(client, feed, NOW)).toMatchObject({
      kind: 'failed',
      error: { code: 'scheme' },
    });
  });
});
