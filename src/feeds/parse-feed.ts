import { FeedError } from '../domain/errors.ts';
import type { ParsedFeed } from '../domain/feed.ts';
import { decodeDocument } from './decode-document.ts';
import { parseJsonFeed } from './parse-json-feed.ts';
import { parseSitemap } from './parse-sitemap.ts';
import { parseXmlFeed } from './parse-xml-feed.ts';
import { readFeedTree } from './read-feed-tree.ts';
import { sniffDocument } from './sniff-document.ts';

/** Twice the cap on what is fetched, for files given by hand. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a feed of any format: RSS 0.9 to 2.0, RDF, Atom, JSON Feed, news sitemap. `contentType` is the HTTP header as sent, `url`
 * the address that relative links start from, `now` the bound for dates. What could be mended is mended and said in `warnings`.
 * @throws FeedError `empty`, `too-large`, `not-a-feed` (a web page, other XML or JSON), `sitemap-index`, `malformed`.
 */
export async function parseFeed(
  body: Buffer,
  options: { contentType?: string | null; url: string; now: Date },
): Promise<ParsedFeed> {
  const { contentType, url, now } = options;
  if (body.length > MAX_BYTES) {
    throw new FeedError('too-large', `${body.length} bytes: at most ${MAX_BYTES} are read`);
  }
  const { text, warnings } = decodeDocument(body, contentType);
  const document = sniffDocument(text);
  const feed = await parseSniffed(document, url, now);
  return { ...feed, warnings: [...warnings, ...document.warnings, ...feed.warnings] };
}

async function parseSniffed(
  document: ReturnType<typeof sniffDocument>,
  url: string,
  now: Date,
): Promise<ParsedFeed> {
  if (document.kind === 'json') return parseJsonFeed(document.text, url, now);
  const tree = readFeedTree(document.text, document.vocabulary, url);
  return tree.vocabulary === 'sitemap'
    ? parseSitemap(tree, url, now)
    : parseXmlFeed(tree, url, now);
}
