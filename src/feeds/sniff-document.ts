import { FeedError } from '../domain/errors.ts';
import { cleanLine } from './html-to-text.ts';
import { type Vocabulary, vocabularyOf } from './xml-names.ts';

export type SniffedDocument = { text: string; warnings: string[] } & (
  | { kind: 'json' }
  | { kind: 'xml'; vocabulary: Vocabulary }
);

/** How far into a document a feed's root is looked for, behind what a broken page puts before it. */
const MAX_LEADING_JUNK = 65_536;
const FEED_ROOT = /<([\w.-]+:)?(?:rss|rdf|feed|urlset)(?=[\s>])/i;
const ELEMENT_NAME = /[\w.:-]+/y;

/** What may stand before the root of a document, and what ends it. */
const PROLOGUE: [begin: string, end: string][] = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<!', '>'],
];

/**
 * Says by its first characters what a document is, and drops what stands before a feed's root.
 * @throws FeedError `empty`, `sitemap-index` or `not-a-feed`.
 */
export function sniffDocument(text: string): SniffedDocument {
  const start = text.search(/\S/);
  if (start < 0) throw new FeedError('empty', 'the document is empty');
  if (text[start] === '{' || text[start] === '[') return { kind: 'json', text, warnings: [] };
  const root = rootName(text, start).toLowerCase();
  const vocabulary = root === 'channel' && !isRss11(text) ? null : vocabularyOf(root);
  if (vocabulary !== null) {
    const warnings = text[start] === '<' ? [] : [leftOut(text, start)];
    return { kind: 'xml', text, vocabulary, warnings };
  }
  if (root === 'sitemapindex') {
    throw new FeedError('sitemap-index', 'a list of sitemaps: name one of those it lists instead');
  }
  if (root === 'html') throw new FeedError('not-a-feed', 'the document is a web page, not a feed');
  return sniffBehindJunk(text, start);
}

/** The root `Channel` is RSS 1.1's; it was CDF's before, which is not read. */
function isRss11(text: string): boolean {
  return text.slice(0, MAX_LEADING_JUNK).includes('http://purl.org/net/rss1.1#');
}

/** Broken sites print their error messages before the feed. */
function sniffBehindJunk(text: string, start: number): SniffedDocument {
  const found = FEED_ROOT.exec(text.slice(start, start + MAX_LEADING_JUNK));
  const vocabulary = found === null ? null : vocabularyOf(found[0].slice(1));
  if (found === null || vocabulary === null) {
    const message = `the document is no feed: it begins with ${beginning(text, start)}`;
    throw new FeedError('not-a-feed', message);
  }
  const rest = text.slice(start + found.index);
  return { kind: 'xml', text: rest, vocabulary, warnings: [leftOut(text, start)] };
}

/** The name of the first element, or '' when there is none. */
function rootName(text: string, start: number): string {
  let index = text.indexOf('<', start);
  while (index >= 0) {
    const prologue = PROLOGUE.find(([begin]) => text.startsWith(begin, index));
    if (prologue === undefined) {
      ELEMENT_NAME.lastIndex = index + 1;
      const name = ELEMENT_NAME.exec(text);
      if (name !== null) return name[0];
    }
    const end =
      prologue === undefined ? index + 1 : text.indexOf(endOf(text, index, prologue), index);
    index = end < 0 ? -1 : text.indexOf('<', end);
  }
  return '';
}

/** A document type may hold declarations in brackets, each with its own `>`. */
function endOf(text: string, index: number, [begin, end]: [string, string]): string {
  if (begin !== '<!') return end;
  return text.slice(index, text.indexOf(end, index)).includes('[') ? ']' : end;
}

function leftOut(text: string, start: number): string {
  return `what stands before the feed is left out: ${beginning(text, start)}`;
}

function beginning(text: string, start: number): string {
  return `“${cleanLine(text.slice(start, start + 40))}”`;
}
