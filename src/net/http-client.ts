import { Agent } from 'undici';
import { NetError } from '../domain/errors.ts';
import { isPublicAddress } from './address-check.ts';
import { checkUrl } from './check-url.ts';
import { createCheckedConnector, type ResolveName } from './connect-checked.ts';
import { ACCEPTED_ENCODINGS, decodeBody } from './decode-body.ts';
import { type Answer, exchange } from './exchange.ts';
import { createHostLimiter } from './host-limiter.ts';
import { aborted, timedOut, toNetError } from './net-failures.ts';

export interface HttpResponse {
  status: number;
  /** The address that answered, after redirects. */
  url: string;
  /** Where the permanent redirects (301, 308) at the start of the way lead; null when there are none. */
  permanentUrl: string | null;
  /** Names in lower case; values of a repeated header joined by a comma. */
  headers: Record<string, string>;
  /** Decompressed. Empty unless the status is 2xx: error pages are not kept. */
  body: Buffer;
}

interface GetOptions {
  headers?: Record<string, string>;
  maxBytes?: number;
  signal?: AbortSignal;
}

export interface HttpClient {
  /** @throws NetError. Any status is an answer, not an error. */
  get(url: string, options?: GetOptions): Promise<HttpResponse>;
  /** Ends what is under way with NetError `aborted` and closes every connection. */
  close(): Promise<void>;
}

export interface HttpClientOptions {
  allowPrivateNetworks: boolean;
  /** Should say who asks and how to reach them. */
  userAgent: string;
  /** Milliseconds for name, connection, headers, body and redirects together, without waiting for the host's turn. Default 30,000. */
  deadlineMs?: number;
  /** Of a body, both as sent and decompressed. Default 8 MiB. */
  maxBytes?: number;
  /** Requests at once for one host. Default 2. */
  maxPerHost?: number;
  /** Milliseconds between the starts of two requests to one host, but for this machine itself. Default 250. */
  hostDelayMs?: number;
  /** Default 8. */
  maxRedirects?: number;
  /** How names become addresses; default the operating system's way. */
  resolve?: ResolveName;
  /** Which addresses may be reached when private ones may not; default `isPublicAddress`. */
  isPublic?: (ip: string) => boolean;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PERMANENT_REDIRECTS = new Set([301, 308]);

/** Milliseconds for a connection: a server that is there takes one well before. */
const CONNECT_MS = 10_000;

/** The one way out of this process to publishers: bounded in time and size, polite to hosts, and closed to private addresses. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const deadlineMs = options.deadlineMs ?? 30_000;
  const maxPerHost = options.maxPerHost ?? 2;
  const maxRedirects = options.maxRedirects ?? 8;
  const limiter = createHostLimiter({ maxPerHost, delayMs: options.hostDelayMs ?? 250 });
  const agent = new Agent({
    connections: maxPerHost,
    // One deadline for the whole exchange is kept in `exchange`.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: createCheckedConnector({
      isAllowed: options.allowPrivateNetworks ? () => true : (options.isPublic ?? isPublicAddress),
      timeoutMs: Math.min(CONNECT_MS, deadlineMs),
      ...(options.resolve && { resolve: options.resolve }),
    }),
  });

  async function askOnce(url: URL, trip: Trip): Promise<Answer> {
    const endTurn = await limiter.takeTurn(url.hostname, trip.signal);
    const began = performance.now();
    try {
      if (trip.timeLeftMs <= 0) throw timedOut(deadlineMs, url.href);
      trip.signal?.throwIfAborted();
      const { headers, maxBytes, signal, timeLeftMs: timeoutMs } = trip;
      return await exchange(agent, { url, headers, maxBytes, signal, timeoutMs, deadlineMs });
    } finally {
      trip.timeLeftMs -= performance.now() - began;
      endTurn();
    }
  }

  async function follow(trip: Trip): Promise<HttpResponse> {
    for (;;) {
      const answer = await askOnce(trip.url, trip);
      const next = redirectTarget(answer, trip.url);
      if (!next) return finish(answer, trip);
      turn(trip, next, answer.status, maxRedirects);
    }
  }

  return {
    async get(url, request = {}) {
      const trip: Trip = {
        url: checkUrl(url),
        visited: new Set(),
        permanentUrl: null,
        isPermanent: true,
        headers: {
          'user-agent': options.userAgent,
          'accept-encoding': ACCEPTED_ENCODINGS,
          ...request.headers,
        },
        maxBytes: request.maxBytes ?? options.maxBytes ?? 8 * 1024 * 1024,
        timeLeftMs: deadlineMs,
        signal: request.signal,
      };
      try {
        return await follow(trip);
      } catch (error) {
        if (request.signal?.aborted) throw aborted(trip.url.href);
        throw toNetError(error, trip.url.href);
      }
    },
    async close() {
      const reason = aborted('');
      limiter.close(reason);
      await agent.destroy(reason);
    },
  };
}

/** A request on its way along redirects. */
interface Trip {
  url: URL;
  visited: Set<string>;
  permanentUrl: string | null;
  /** Every redirect so far was permanent. */
  isPermanent: boolean;
  headers: Record<string, string>;
  maxBytes: number;
  timeLeftMs: number;
  signal: AbortSignal | undefined;
}

async function finish(answer: Answer, trip: Trip): Promise<HttpResponse> {
  const { maxBytes, url } = trip;
  return {
    status: answer.status,
    url: url.href,
    permanentUrl: trip.permanentUrl,
    headers: answer.headers,
    body: await decodeBody(answer.headers['content-encoding'], answer.body, {
      maxBytes,
      url: url.href,
    }),
  };
}

function redirectTarget(answer: Answer, from: URL): URL | null {
  const { location } = answer.headers;
  if (!REDIRECTS.has(answer.status) || location === undefined) return null;
  // Header bytes are read as Latin-1; addresses with Arabic words are sent in UTF-8.
  return checkUrl(Buffer.from(location, 'latin1').toString('utf8'), from);
}

function turn(trip: Trip, next: URL, status: number, maxRedirects: number): void {
  trip.visited.add(trip.url.href);
  if (trip.visited.has(next.href)) {
    throw new NetError('redirect-loop', 'the server redirects in a circle', { url: next.href });
  }
  if (trip.visited.size > maxRedirects) {
    throw new NetError('too-many-redirects', `more than ${maxRedirects} redirects`, {
      url: next.href,
    });
  }
  trip.isPermanent &&= PERMANENT_REDIRECTS.has(status);
  if (trip.isPermanent) trip.permanentUrl = next.href;
  trip.headers = withoutCredentials(trip.headers);
  trip.url = next;
}

/** What was meant for the first host is not for the next. */
function withoutCredentials(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(authorization|cookie)$/i.test(name)),
  );
}
