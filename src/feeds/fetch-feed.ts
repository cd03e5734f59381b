import { NetError } from '../domain/errors.ts';
import type { Feed } from '../domain/feed.ts';
import type { HttpClient, HttpResponse } from '../net/http-client.ts';

interface Learned {
  etag: string | null;
  lastModified: string | null;
  /** How long the publisher says that nothing new will come: the longer of Cache-Control max-age and Expires; null when it says neither. */
  freshForSeconds: number | null;
  /** Where the feed lives for good now, or null. */
  movedTo: string | null;
}

/** What asking for a feed once led to. */
export type FetchOutcome =
  | ({ kind: 'not-modified'; status: number } & Learned)
  | ({
      kind: 'fetched';
      status: number;
      body: Buffer;
      /** As the server gave it, with its charset. */
      contentType: string | null;
      /** The address that answered: relative links start from here. */
      url: string;
    } & Learned)
  /** 410: the publisher closed the feed. */
  | { kind: 'gone'; status: number }
  /** 401, 403, 451: not for us. */
  | { kind: 'refused'; status: number }
  /** 429, 503: not now. */
  | { kind: 'busy'; status: number; retryAfterSeconds: number | null }
  | { kind: 'failed'; status: number | null; error: NetError };

const ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5';

const REFUSED = new Set([401, 403, 451]);
const BUSY = new Set([429, 503]);

/** Asks for a feed, saying what is known of it already. Failures of the network are outcomes, not errors. */
export async function fetchFeed(
  client: HttpClient,
  feed: KnownFeed,
  now: Date,
): Promise<FetchOutcome> {
  const headers: Record<string, string> = { accept: ACCEPT };
  if (feed.etag !== null) headers['if-none-match'] = feed.etag;
  if (feed.lastModified !== null) headers['if-modified-since'] = feed.lastModified;
  try {
    return outcomeOf(await client.get(feed.url, { headers }), feed, now);
  } catch (error) {
    if (error instanceof NetError) return { kind: 'failed', status: error.status, error };
    throw error;
  }
}

type KnownFeed = Pick<Feed, 'url' | 'etag' | 'lastModified'>;

function outcomeOf(response: HttpResponse, feed: KnownFeed, now: Date): FetchOutcome {
  const { status, headers, url, body } = response;
  if (status >= 200 && status < 300) {
    const contentType = headers['content-type'] ?? null;
    return { kind: 'fetched', status, body, contentType, url, ...learn(response, feed, now) };
  }
  const wasAskedForChanges = feed.etag !== null || feed.lastModified !== null;
  if (status === 304 && wasAskedForChanges) {
    const learned = learn(response, feed, now);
    // A 304 may leave out what has not changed.
    const etag = learned.etag ?? feed.etag;
    const lastModified = learned.lastModified ?? feed.lastModified;
    return { kind: 'not-modified', status, ...learned, etag, lastModified };
  }
  if (status === 410) return { kind: 'gone', status };
  if (REFUSED.has(status)) return { kind: 'refused', status };
  if (BUSY.has(status)) {
    return { kind: 'busy', status, retryAfterSeconds: retryAfter(headers['retry-after'], now) };
  }
  return { kind: 'failed', status, error: statusError(status, url) };
}

function learn(response: HttpResponse, feed: KnownFeed, now: Date): Learned {
  const { headers, permanentUrl } = response;
  return {
    etag: headers.etag ?? null,
    lastModified: headers['last-modified'] ?? null,
    freshForSeconds: freshness(headers, now),
    movedTo: permanentUrl === feed.url ? null : permanentUrl,
  };
}

/** RFC 9111, 4.2: lifetime less age. `no-store` and `no-cache` ask for no waiting. */
function freshness(headers: Record<string, string>, now: Date): number | null {
  const control = (headers['cache-control'] ?? '').toLowerCase();
  if (/\bno-(store|cache)\b/.test(control)) return null;
  const maxAge = /\bmax-age="?(\d+)/.exec(control)?.[1];
  const servedAt = new Date(headers.date ?? '');
  const expires = secondsUntil(headers.expires, Number.isNaN(servedAt.getTime()) ? now : servedAt);
  if (maxAge === undefined && expires === null) return null;
  const age = Number.parseInt(headers.age ?? '', 10) || 0;
  return Math.max(0, Number(maxAge ?? 0) - age, expires ?? 0);
}

/** RFC 9110, 10.2.3: a number of seconds or an HTTP date; null when it is neither. */
function retryAfter(value: string | undefined, now: Date): number | null {
  return value !== undefined && /^\s*\d+\s*$/.test(value)
    ? Number(value)
    : secondsUntil(value, now);
}

/** Never negative; null for anything but an HTTP date, all of whose forms begin with the day's name. */
function secondsUntil(date: string | undefined, from: Date): number | null {
  const at = date !== undefined && /^\s*[a-z]{3}/i.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - from.getTime()) / 1000));
}

const STATUS_WORDS: Record<number, string> = {
  304: 'the server says "unchanged" of a feed never read',
  404: 'the server has no such page',
};

function statusError(status: number, url: string): NetError {
  const words =
    STATUS_WORDS[status] ?? (status >= 500 ? 'the server failed' : 'the server would not answer');
  return new NetError('status', `${words} (${status})`, { url, status, retryable: true });
}
