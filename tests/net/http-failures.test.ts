import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HttpClient } from '../../src/net/http-client.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { createLocalClient } from '../helpers/local-client.ts';
import { createRawServer } from '../helpers/raw-server.ts';

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

describe('failures', () => {
  it('of a name that does not exist say so', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
    const nameless = createLocalClient({ resolve });
    await expect(nameless.get('http://nowhere.example/')).rejects.toMatchObject({
      code: 'dns',
      message: 'the name of the server is not known',
      url: 'http://nowhere.example/',
    });
    await nameless.close();
  });

  it('of a closed port say so', async () => {
    const closed = await createRawServer(() => {});
    await closed.close();
    await expect(client.get(`http://127.0.0.1:${closed.port}/`)).rejects.toMatchObject({
      code: 'connect',
      message: 'the server refuses connections',
    });
  });

  it.each([
    ['cut before the answer', { drop: 'before-headers' }],
    ['cut half-way through the body', { drop: 'mid-body', body: 'x'.repeat(1000) }],
    [
      'shorter than announced',
      {
        body: 'short',
        headers: { 'content-length': '999', connection: 'close' },
      },
    ],
  ] as const)('of a connection %s say so', async (_, feed) => {
    server.setFeed('/cut', feed);
    await expect(client.get(server.url('/cut'))).rejects.toMatchObject({
      name: 'NetError',
      code: 'connection-lost',
      retryable: true,
    });
  });

  it('of something that is not HTTP say so', async () => {
    const other = await createRawServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    await expect(client.get(`http://127.0.0.1:${other.port}/`)).rejects.toMatchObject({
      code: 'bad-response',
      message: 'the answer is not valid HTTP',
    });
    await other.close();
  });

  it('of an encrypted connection say so', async () => {
    const plain = await createRawServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    const got = client.get(`https://127.0.0.1:${plain.port}/`);
    await expect(got).rejects.toMatchObject({ code: 'tls' });
    await plain.close();
  });

  it('of one request leave the next alone', async () => {
    server.setFeed('/cut', { drop: 'before-headers' });
    server.setFeed('/feed', { body: 'news' });
    await expect(client.get(server.url('/cut'))).rejects.toMatchObject({ code: 'connection-lost' });
    expect((await client.get(server.url('/feed'))).body.toString()).toBe('news');
  });
});
