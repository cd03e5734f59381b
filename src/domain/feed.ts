import type { Topic } from './topic.ts';

export type FeedKind = 'rss' | 'sitemap' | 'json';

/** Languages that Rasid reads. Anything else is `other` and is kept, but never scored with confidence. */
export type Language = 'ar' | 'en' | 'other';

/** One source of the catalogue (`feeds.json`). */
export interface FeedSource {
  url: string;
  name: string;
  /** The outlet's own name, the same for all of its feeds: `Reuters`. */
  outlet: string;
  language: Language;
  kind: FeedKind;
  topics: Topic[];
  /** 1 (unknown blog) to 5 (agency, CERT): decides what is read first when the model is behind. */
  trust: number;
  /** The feed carries too little text: read the article's page. */
  fullText: boolean;
  enabled: boolean;
  /** Why it is disabled, or what to know about it. */
  note?: string | undefined;
}

/** Health of a feed in words that a person can act on. */
export type FeedStatus = 'new' | 'fresh' | 'slow' | 'failing' | 'refused' | 'gone';

/** A feed as stored: the source and what fetching it has taught. */
export interface Feed extends FeedSource {
  id: string;
  /** Null for the catalogue's own; a guild's id for a source that the guild added. */
  guildId: string | null;
  status: FeedStatus;
  etag: string | null;
  lastModified: string | null;
  nextCheckAt: Date;
  lastFetchedAt: Date | null;
  lastSuccessAt: Date | null;
  failureCount: number;
  failingSince: Date | null;
  lastStatus: number | null;
  lastError: string | null;
}

/** What one fetch has taught about a feed. */
export interface FetchRecord {
  status: FeedStatus;
  /** Null when there was no answer. */
  httpStatus: number | null;
  error: string | null;
  etag: string | null;
  lastModified: string | null;
  nextCheckAt: Date;
  /** The new address after a permanent redirect, or null. */
  movedTo: string | null;
  /** False counts as one more failure in a row; true ends the row. */
  succeeded: boolean;
}

/** One item of a parsed feed, whatever the format. */
export interface FeedItem {
  /** `guid`, `id`, or the link; made from title and date where the feed gives none. Never empty. */
  id: string;
  /** Plain text: HTML and entities are resolved. */
  title: string;
  /** Absolute http(s) address, or null. */
  url: string | null;
  published: Date | null;
  /** Plain text. */
  summary: string;
  /** HTML of `content:encoded`, Atom `content` or JSON Feed `content_html`; empty when the feed has none. Never trusted. */
  contentHtml: string;
  authors: string[];
  categories: string[];
  /** The outlet named by an aggregator (`<source>` of Google News), or null. */
  outlet: string | null;
}

export interface ParsedFeed {
  format: 'rss' | 'rdf' | 'atom' | 'json' | 'sitemap';
  title: string;
  /** As declared by the feed (BCP 47), or null. */
  language: string | null;
  /** Minutes that the feed asks readers to wait, from `ttl` or `sy:updatePeriod`; null when it says nothing. */
  ttlMinutes: number | null;
  items: FeedItem[];
  /** One line each, in English: what was wrong and what was done about it. */
  warnings: string[];
}

/** A feed that was found at an address, and the beginning of what it holds, for someone to say whether it is the right one. */
export interface FoundSource {
  source: FeedSource;
  items: { title: string; published: Date | null }[];
  itemCount: number;
}
