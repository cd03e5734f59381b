import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';

const COMPRESSORS = {
  gzip: (body: Buffer) => gzipSync(body),
  deflate: (body: Buffer) => deflateSync(body),
  // The default quality, 11, takes a second for some megabytes.
  br: (body: Buffer) =>
    brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
};

/** What the server does when a path is asked for. Everything is optional: an empty answer is a 200 with an empty body. */
export interface ServedFeed {
  status?: number;
  body?: string | Buffer;
  headers?: Record<string, string>;
  /** Default `application/rss+xml`. */
  contentType?: string;
  /** Quoted entity tag; made from the body when not given; `null` serves none, so that the feed never answers 304. */
  etag?: string | null;
  lastModified?: Date;
  /** Compresses `body` and says so. For a body that is compressed already, set `content-encoding` in `headers`. */
  encoding?: keyof typeof COMPRESSORS;
  /** A redirect (301 unless `status` says otherwise). */
  redirectTo?: string;
  /** Sends the body so many bytes at a time, with a pause (milliseconds) before each. */
  drip?: { bytes: number; pauseMs: number };
  /** Never answers: nothing at all, or headers without a body. */
  stall?: 'before-headers' | 'after-headers';
  /** Cuts the connection: before anything is sent, or half-way through the body. */
  drop?: 'before-headers' | 'mid-body';
  /** Milliseconds before the answer. */
  delayMs?: number;
}

interface SeenRequest {
  method: string;
  path: string;
  /** The `Host` header. */
  host: string;
  headers: Record<string, string | string[] | undefined>;
}

export interface FeedServer {
  port: number;
  /** Absolute address of a path; `host` defaults to the address that the server listens on. */
  url(path: string, host?: string): string;
  /** Replaces what a path answers. Paths that were never set answer 404. */
  setFeed(path: string, feed: ServedFeed): void;
  /** Every request, oldest first. Set its length to 0 to forget them. */
  requests: SeenRequest[];
  /** The most requests that were being answered at one moment for one `Host`. */
  mostAtOnce(): number;
  /** TCP connections accepted so far. */
  connections(): number;
  close(): Promise<void>;
}

/**
 * A publisher on loopback. `host` is the address to listen on: `127.0.0.1` by default, another loopback address, or `0.0.0.0`
 * to be reached at any of them (`url('/feed.xml', '127.0.0.77')`), as benches with hundreds of hosts do.
 */
export async function createFeedServer(options: { host?: string } = {}): Promise<FeedServer> {
  const host = options.host ?? '127.0.0.1';
  const feeds = new Map<string, PreparedFeed>();
  const requests: SeenRequest[] = [];
  const atOnce = countAtOnce();
  let connections = 0;
  const server = createServer((request, response) => {
    const seen = { method: request.method ?? '', path: request.url ?? '', host: hostOf(request) };
    requests.push({ ...seen, headers: request.headers });
    atOnce.begin(seen.host, response);
    answer(request, response, feeds.get(seen.path) ?? NOT_FOUND);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const ownHost = host === '0.0.0.0' ? '127.0.0.1' : host;
  return {
    port,
    url: (path, at = ownHost) => `http://${at.includes(':') ? `[${at}]` : at}:${port}${path}`,
    setFeed: (path, feed) => void feeds.set(path, prepare(feed)),
    requests,
    mostAtOnce: () => atOnce.most(),
    connections: () => connections,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface PreparedFeed extends ServedFeed {
  /** As it goes over the wire. */
  body: Buffer;
}

/** Tag and compression are made once per feed, not per request: a bench asks for the same feed many times. */
function prepare(feed: ServedFeed): PreparedFeed {
  const plain = Buffer.from(feed.body ?? '');
  const body = feed.encoding ? COMPRESSORS[feed.encoding](plain) : plain;
  if (feed.etag !== undefined || (feed.status ?? 200) !== 200 || feed.redirectTo)
    return { ...feed, body };
  return {
    ...feed,
    body,
    etag: `"${createHash('sha1').update(plain).digest('hex').slice(0, 16)}"`,
  };
}

function hostOf(request: IncomingMessage): string {
  return request.headers.host ?? '';
}

function countAtOnce() {
  const running = new Map<string, number>();
  let most = 0;
  return {
    begin(host: string, response: ServerResponse) {
      const now = (running.get(host) ?? 0) + 1;
      running.set(host, now);
      most = Math.max(most, now);
      response.once('close', () => running.set(host, (running.get(host) ?? 1) - 1));
    },
    most: () => most,
  };
}

const NOT_FOUND = prepare({ status: 404, body: 'not found' });

function answer(request: IncomingMessage, response: ServerResponse, feed: PreparedFeed): void {
  if (feed.drop === 'before-headers') request.socket.destroy();
  else if (feed.stall !== 'before-headers') {
    if (feed.delayMs) setTimeout(() => respond(request, response, feed), feed.delayMs);
    else respond(request, response, feed);
  }
}

function respond(request: IncomingMessage, response: ServerResponse, feed: PreparedFeed): void {
  const validators = validatorsOf(feed);
  if (isUnchanged(request, validators)) {
    response.writeHead(304, { ...validators, ...feed.headers }).end();
    return;
  }
  const headers: Record<string, string | number> = {
    'content-type': feed.contentType ?? 'application/rss+xml',
    'content-length': feed.body.length,
    ...validators,
    ...feed.headers,
  };
  if (feed.redirectTo !== undefined) headers.location = feed.redirectTo;
  if (feed.encoding) headers['content-encoding'] = feed.encoding;
  response.writeHead(feed.status ?? (feed.redirectTo === undefined ? 200 : 301), headers);
  sendBody(response, feed);
}

function validatorsOf(feed: ServedFeed): Record<string, string> {
  return {
    ...(feed.etag ? { etag: feed.etag } : {}),
    ...(feed.lastModified ? { 'last-modified': feed.lastModified.toUTCString() } : {}),
  };
}

/** As RFC 9110, 13.2.2 has it: the date counts only where no entity tag is sent. */
function isUnchanged(request: IncomingMessage, validators: Record<string, string>): boolean {
  const tag = request.headers['if-none-match'];
  if (tag !== undefined) return tag === validators.etag;
  const date = request.headers['if-modified-since'];
  return date !== undefined && date === validators['last-modified'];
}

function sendBody(response: ServerResponse, feed: PreparedFeed): void {
  const { body } = feed;
  if (feed.stall === 'after-headers') {
    response.flushHeaders();
  } else if (feed.drop === 'mid-body') {
    response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
  } else if (feed.drip) {
    dripBody(response, body, feed.drip);
  } else {
    response.end(body);
  }
}

function dripBody(
  response: ServerResponse,
  body: Buffer,
  drip: { bytes: number; pauseMs: number },
): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + drip.bytes));
    sent += drip.bytes;
    if (sent >= body.length) {
      clearInterval(timer);
      response.end();
    }
  }, drip.pauseMs);
  response.once('close', () => clearInterval(timer));
}
