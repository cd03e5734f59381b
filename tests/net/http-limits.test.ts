import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HttpClient } from '../../src/net/http-client.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { createLocalClient } from '../helpers/local-client.ts';
import { createRawServer, pourZeros } from '../helpers/raw-server.ts';

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

describe('size', () => {
  it('is capped where the server says it beforehand', async () => {
    server.setFeed('/big', { body: Buffer.alloc(2000) });
    const got = client.get(server.url('/big'), { maxBytes: 1999 });
    await expect(got).rejects.toMatchObject({
      code: 'too-large',
      message: 'the answer is larger than 1999 bytes',
      retryable: false,
    });
    expect((await client.get(server.url('/big'), { maxBytes: 2000 })).body).toHaveLength(2000);
  });

  it('is capped where the server does not say it, without reading to the end', async () => {
    const endless = await createRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      pourZeros(socket);
    });
    const got = client.get(`http://127.0.0.1:${endless.port}/`);
    await expect(got).rejects.toMatchObject({ message: 'the answer is larger than 8 MiB' });
    await endless.close();
  });

  it('of an endless error page costs neither time nor the answer', async () => {
    const endless = await createRawServer((socket) => {
      socket.write('HTTP/1.1 404 Not Found\r\n\r\n');
      pourZeros(socket);
    });
    expect((await client.get(`http://127.0.0.1:${endless.port}/`)).status).toBe(404);
    await endless.close();
  });

  it('is capped after decompression: a gigabyte of zeros costs less than 64 MiB', async () => {
    server.setFeed('/bomb', { body: gigabyteOfZeros(), headers: { 'content-encoding': 'gzip' } });
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 1);
    const got = client.get(server.url('/bomb'));
    await expect(got).rejects.toMatchObject({ code: 'too-large' });
    clearInterval(watch);
    expect(peak - before).toBeLessThan(64 * MIB);
  });

  it('is capped after decompression by brotli and deflate', async () => {
    for (const encoding of ['br', 'deflate'] as const) {
      server.setFeed('/bomb', { body: Buffer.alloc(9 * MIB), encoding });
      await expect(client.get(server.url('/bomb'))).rejects.toMatchObject({ code: 'too-large' });
    }
  });
});

/** 64 times the same 16 MiB: a full flush ends each part on a whole byte and without a look back. */
function gigabyteOfZeros(): Buffer {
  const part = deflateRawSync(Buffer.alloc(16 * MIB), { finishFlush: constants.Z_FULL_FLUSH });
  const header = gzipSync('').subarray(0, 10);
  const bomb = Buffer.concat([header, ...new Array<Buffer>(64).fill(part)]);
  expect(bomb.length).toBeLessThan(1.2 * MIB);
  return bomb;
}

describe('the deadline', () => {
  beforeEach(() => {
    client = createLocalClient({ deadlineMs: 150 });
  });

  it.each([
    ['a server that never answers', { stall: 'before-headers' }],
    ['a server that never sends the body', { stall: 'after-headers', body: 'news' }],
    ['a body that comes byte by byte', { drip: { bytes: 1, pauseMs: 20 }, body: 'x'.repeat(999) }],
    ['an answer that comes too late', { delayMs: 20_000 }],
  ] as const)('ends %s', async (_, feed) => {
    server.setFeed('/slow', feed);
    await expect(client.get(server.url('/slow'))).rejects.toMatchObject({
      code: 'timeout',
      message: 'no complete answer within 0.15 s',
      retryable: true,
    });
  });

  it('ends a redirect after redirect that each answer slowly', async () => {
    for (let hop = 0; hop < 8; hop++) {
      server.setFeed(`/hop${hop}`, { redirectTo: `/hop${hop + 1}`, delayMs: 60 });
    }
    await expect(client.get(server.url('/hop0'))).rejects.toMatchObject({ code: 'timeout' });
  });

  it('ends the wait for a name server, and the client still closes', async () => {
    const waiting = createLocalClient({ deadlineMs: 50, resolve: () => new Promise(() => {}) });
    const got = waiting.get('http://publisher.example/');
    await expect(got).rejects.toMatchObject({ code: 'timeout' });
    await waiting.close();
  });

  it('does not count the wait for the turn of the host', async () => {
    server.setFeed('/steady', { body: 'news', delayMs: 100 });
    const single = createLocalClient({ deadlineMs: 800, maxPerHost: 1 });
    const got = await Promise.all(
      Array.from({ length: 10 }, () => single.get(server.url('/steady'))),
    );
    expect(got.map((response) => response.status)).toEqual(new Array(10).fill(200));
    await single.close();
  });

  it('frees the place of the request that it ended', async () => {
    server.setFeed('/slow', { stall: 'before-headers' });
    server.setFeed('/quick', { body: 'news' });
    const patient = createLocalClient({ deadlineMs: 600 });
    const slow = [1, 2, 3].map(() => patient.get(server.url('/slow')).catch(() => 'ended'));
    const quick = patient.get(server.url('/quick'));
    expect(await Promise.all(slow)).toEqual(['ended', 'ended', 'ended']);
    expect((await quick).status).toBe(200);
    await patient.close();
  });
});
