import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HttpClient } from '../../src/net/http-client.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { createLocalClient } from '../helpers/local-client.ts';

const MIB = 1024 * 1024;

let server: FeedServer;
let client: HttpClient;

beforeAll(async () => {
  server = await createFeedServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
  client = createLocalClient();
});
afterEach(() => client.close());

const lastRequest = () => server.requests.at(-1);

describe('an answer', () => {
  it('comes with its status, address, headers and body', async () => {
    server.setFeed('/feed', { body: 'أخبار', contentType: 'text/xml; charset=windows-1256' });
    const response = await client.get(server.url('/feed#newest'));
    expect(response).toMatchObject({ status: 200, url: server.url('/feed'), permanentUrl: null });
    expect(response.headers['content-type']).toBe('text/xml; charset=windows-1256');
    expect(response.body.toString()).toBe('أخبار');
  });

  it('is asked for with the honest name of the bot and the headers of the caller', async () => {
    await client.get(server.url('/feed'), { headers: { 'if-none-match': '"1"' } });
    expect(lastRequest()?.headers).toMatchObject({
      'user-agent': 'Rasid test (+https://example.com)',
      'accept-encoding': 'gzip, deflate, br',
      'if-none-match': '"1"',
    });
  });

  it('that is an error page is an answer, without the page', async () => {
    server.setFeed('/broken', { status: 500, body: 'x'.repeat(2 * MIB) });
    const response = await client.get(server.url('/broken'));
    expect(response.status).toBe(500);
    expect(response.body).toHaveLength(0);
  });

  it.each(['gzip', 'deflate', 'br'] as const)('compressed by %s is read', async (encoding) => {
    server.setFeed('/packed', { body: 'news '.repeat(10_000), encoding });
    const response = await client.get(server.url('/packed'));
    expect(response.body.toString()).toBe('news '.repeat(10_000));
  });

  it.each([
    ['deflate without its frame', 'deflate', deflateRawSync('news')],
    ['gzip in deflate', 'gzip, deflate', deflateSync(gzipSync('news'))],
    ['gzip in capitals', 'GZIP', gzipSync('news')],
    ['no encoding by name', 'identity', Buffer.from('news')],
  ])('compressed as %s is read', async (_, encoding, body) => {
    server.setFeed('/packed', { body, headers: { 'content-encoding': encoding } });
    expect((await client.get(server.url('/packed'))).body.toString()).toBe('news');
  });

  it.each([
    ['an unknown encoding', 'zip', Buffer.from('news')],
    ['a name of every object', 'constructor', Buffer.from('news')],
    ['plain text called gzip', 'gzip', Buffer.from('news')],
    ['a gzip that is cut off', 'gzip', gzipSync('news '.repeat(1000)).subarray(0, 40)],
    ['three layers', 'gzip, gzip, gzip', gzipSync(gzipSync(gzipSync('news')))],
  ])('with %s is refused', async (_, encoding, body) => {
    server.setFeed('/packed', { body, headers: { 'content-encoding': encoding } });
    await expect(client.get(server.url('/packed'))).rejects.toMatchObject({ code: 'bad-encoding' });
  });
});

describe('redirects', () => {
  it('are followed, and the permanent ones at the start are told apart', async () => {
    server.setFeed('/a', { status: 301, redirectTo: '/b' });
    server.setFeed('/b', { status: 308, redirectTo: server.url('/c') });
    server.setFeed('/c', { status: 302, redirectTo: '/d' });
    server.setFeed('/d', { status: 301, redirectTo: '/e' });
    server.setFeed('/e', { body: 'news' });
    const response = await client.get(server.url('/a'));
    expect(response.url).toBe(server.url('/e'));
    expect(response.permanentUrl).toBe(server.url('/c'));
    expect((await client.get(server.url('/c'))).permanentUrl).toBe(null);
  });

  it.each([303, 307])('by %i are followed', async (status) => {
    server.setFeed('/from', { status, redirectTo: '/to' });
    server.setFeed('/to', { body: 'news' });
    expect((await client.get(server.url('/from'))).body.toString()).toBe('news');
  });

  it('to an address in Arabic are followed as it was meant', async () => {
    const path = encodeURI('/أخبار');
    server.setFeed('/from', { redirectTo: Buffer.from('/أخبار').toString('latin1') });
    server.setFeed(path, { body: 'news' });
    expect((await client.get(server.url('/from'))).url).toBe(server.url(path));
  });

  it('in a circle are ended', async () => {
    server.setFeed('/round', { redirectTo: '/and-round' });
    server.setFeed('/and-round', { redirectTo: '/round' });
    server.setFeed('/self', { status: 302, redirectTo: '/self' });
    const round = client.get(server.url('/round'));
    await expect(round).rejects.toMatchObject({ code: 'redirect-loop' });
    await expect(client.get(server.url('/self'))).rejects.toMatchObject({ code: 'redirect-loop' });
    expect(server.requests).toHaveLength(3);
  });

  it('without end are ended', async () => {
    for (let hop = 0; hop < 20; hop++)
      server.setFeed(`/hop${hop}`, { redirectTo: `/hop${hop + 1}` });
    const got = client.get(server.url('/hop0'));
    await expect(got).rejects.toMatchObject({
      code: 'too-many-redirects',
      message: 'more than 8 redirects',
    });
    expect(server.requests).toHaveLength(9);
  });

  it('that lead nowhere readable are refused', async () => {
    server.setFeed('/bad', { redirectTo: 'http://[/' });
    await expect(client.get(server.url('/bad'))).rejects.toMatchObject({ code: 'bad-url' });
    server.setFeed('/none', { status: 302 });
    expect((await client.get(server.url('/none'))).status).toBe(302);
  });

  it('never pass on credentials', async () => {
    server.setFeed('/from', { redirectTo: '/to' });
    const headers = { Authorization: 'Bearer secret', Cookie: 'a=b', 'if-none-match': '"1"' };
    await client.get(server.url('/from'), { headers });
    expect(server.requests.map((request) => request.headers.authorization)).toEqual([
      'Bearer secret',
      undefined,
    ]);
    expect(lastRequest()?.headers.cookie).toBeUndefined();
    expect(lastRequest()?.headers['if-none-match']).toBe('"1"');
  });
});

describe('a host', () => {
  it('sees two requests at once and two connections, however many are wanted', async () => {
    const quiet = await createFeedServer();
    quiet.setFeed('/feed', { body: 'news', delayMs: 5 });
    await Promise.all(Array.from({ length: 20 }, () => client.get(quiet.url('/feed'))));
    expect(quiet.requests).toHaveLength(20);
    expect(quiet.mostAtOnce()).toBe(2);
    expect(quiet.connections()).toBe(2);
    await quiet.close();
  });
});

describe('calling off', () => {
  it('ends a request that waits for an answer', async () => {
    server.setFeed('/slow', { stall: 'before-headers' });
    const controller = new AbortController();
    const got = client.get(server.url('/slow'), { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(got).rejects.toMatchObject({ name: 'NetError', code: 'aborted' });
  });

  it('before the start asks nobody', async () => {
    const got = client.get(server.url('/feed'), { signal: AbortSignal.abort() });
    await expect(got).rejects.toMatchObject({ code: 'aborted' });
    expect(server.requests).toHaveLength(0);
  });

  it('by closing the client ends what runs, what waits and what comes later', async () => {
    server.setFeed('/slow', { stall: 'before-headers' });
    const codes = [1, 2, 3, 4].map(() => client.get(server.url('/slow')).catch((e) => e.code));
    setTimeout(() => void client.close(), 20);
    expect(await Promise.all(codes)).toEqual(new Array(4).fill('aborted'));
    await expect(client.get(server.url('/slow'))).rejects.toMatchObject({ code: 'aborted' });
  });
});
