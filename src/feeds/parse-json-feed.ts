import { z } from 'zod';
import { FeedError } from '../domain/errors.ts';
import type { FeedItem, ParsedFeed } from '../domain/feed.ts';
import { createItemReader, toHttpUrl, type WrittenItem } from './feed-items.ts';
import { htmlToLine } from './html-to-text.ts';
import { MAX_ITEMS } from './read-feed-tree.ts';

/** A field of the wrong type counts as absent: one bad field must not cost a feed. */
const text = z.string().catch('');
const author = z.object({ name: text }).catch({ name: '' });
const authors = z.array(author).catch([]);

/** JSON Feed 1.1 (https://jsonfeed.org/version/1.1); `author` is version 1's. */
const item = z.object({
  id: z.union([z.string(), z.number().transform(String)]).catch(''),
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  author,
  authors,
  tags: z.array(text).catch([]),
});

const feed = z.object({
  version: text,
  title: text,
  home_page_url: text,
  feed_url: text,
  language: text,
  author,
  authors,
  // Not copied by the schema: only so many are read.
  items: z.custom<unknown[]>((value) => Array.isArray(value)),
});

/**
 * Reads a JSON Feed, version 1 or 1.1.
 * @throws FeedError `malformed` for what is no JSON, `not-a-feed` for JSON that is no feed.
 */
export function parseJsonFeed(source: string, url: string, now: Date): ParsedFeed {
  const read = feed.safeParse(readJson(source));
  if (!read.success || !isJsonFeed(read.data)) {
    throw new FeedError('not-a-feed', 'the document is JSON but no JSON Feed');
  }
  const written = read.data;
  const base = toHttpUrl(written.home_page_url, url) ?? url;
  const reader = createItemReader(now);
  const items: FeedItem[] = [];
  let unreadable = 0;
  for (const candidate of written.items.slice(0, MAX_ITEMS)) {
    const parsed = item.safeParse(candidate);
    if (parsed.success) items.push(reader.read(toWrittenItem(parsed.data, written, base)));
    else unreadable += 1;
  }
  const warnings = reader.warnings();
  if (unreadable > 0) warnings.push(`${unreadable} entries of items are no objects: left out`);
  return {
    format: 'json',
    title: htmlToLine(written.title),
    language: written.language.trim() || null,
    ttlMinutes: null,
    items,
    warnings,
  };
}

/** Far more than any feed has: an object of two characters costs a hundred bytes of memory. */
const MAX_OBJECTS = 500_000;

function readJson(source: string): unknown {
  if (countOf(source, '{') + countOf(source, '[') > MAX_OBJECTS) {
    throw new FeedError('malformed', `the document has more than ${MAX_OBJECTS} objects`);
  }
  try {
    return JSON.parse(source);
  } catch (cause) {
    throw new FeedError('malformed', 'the document is cut off or no JSON', { cause });
  }
}

function countOf(source: string, character: string): number {
  let count = 0;
  for (let at = source.indexOf(character); at >= 0; at = source.indexOf(character, at + 1)) {
    count += 1;
  }
  return count;
}

/** Some feeds leave out the version; a title with items is taken for one. */
function isJsonFeed(written: z.infer<typeof feed>): boolean {
  return (
    written.version.includes('jsonfeed.org') || (written.version === '' && written.title !== '')
  );
}

function toWrittenItem(
  entry: z.infer<typeof item>,
  channel: z.infer<typeof feed>,
  base: string,
): WrittenItem {
  const named = [...entry.authors, entry.author].filter(({ name }) => name !== '');
  const people = named.length > 0 ? named : [...channel.authors, channel.author];
  return {
    id: entry.id,
    title: entry.title,
    links: [entry.url, entry.external_url].filter((link) => link !== ''),
    base,
    dates: [entry.date_published, entry.date_modified],
    summaryHtml: entry.summary || (entry.content_html === '' ? escapeText(entry.content_text) : ''),
    contentHtml: entry.content_html,
    authors: people.map(({ name }) => name),
    categories: entry.tags,
    outlet: '',
  };
}

/** `content_text` is text: its `<` and `&` are no markup. */
function escapeText(plain: string): string {
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
