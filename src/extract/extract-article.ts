import { isUtf8 } from 'node:buffer';
import { Readability } from '@mozilla/readability';
import iconv from 'iconv-lite';
import { parseHTML } from 'linkedom';
import { AppError, NetError } from '../domain/errors.ts';
import { canonicalUrl } from './canonical-url.ts';
import { deepestNesting, htmlToText } from './html-to-text.ts';
import { withoutRepeatedTitle } from './repeated-title.ts';
import { stripBoilerplate } from './strip-boilerplate.ts';

export interface ExtractedArticle {
  title: string;
  /** Without boilerplate; paragraphs separated by a newline. */
  text: string;
  /** What the page itself says its address is, made canonical; null when it says nothing usable. */
  canonicalUrl: string | null;
}

/** What is needed of an HTTP answer; the net room's client gives it. */
interface Page {
  status: number;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** No news page needs more; the work of reading one grows with both. */
const MAX_PAGE_CHARACTERS = 3_000_000;
const MAX_ELEMENTS = 20_000;

/** Readability walks the tree by recursion: deeper markup is an attack or broken. */
const MAX_NESTING = 150;

/** Shorter is a cookie notice or a paywall's first line, not an article. */
const SHORTEST_ARTICLE = 140;

/**
 * The article of a page, or null when there is none: too short, too large, too deeply nested, or no HTML. Bounded in size, and
 * by that in time.
 * @throws AppError `unreadable-page` when the parser gives up.
 */
export function extractArticle(html: string, url: string): ExtractedArticle | null {
  if (html.length > MAX_PAGE_CHARACTERS || !/<[a-z!]/iu.test(html)) return null;
  if (deepestNesting(html) > MAX_NESTING) return null;
  const { document } = parsePage(html);
  const declaredUrl = declaredAddress(document, url);
  const article = readArticle(document);
  if (article === null) return null;
  const title = htmlToText(article.title);
  const text = withoutRepeatedTitle(stripBoilerplate(htmlToText(article.content)), title);
  if (text.length < SHORTEST_ARTICLE) return null;
  return { title, text, canonicalUrl: declaredUrl };
}

/**
 * Fetches a page and reads its article; null where `extractArticle` says so, or where the page is not HTML.
 * @throws NetError from the client, or `http-status` when the answer is not a success; AppError `unreadable-page`.
 */
export async function fetchArticlePage(
  client: { get(url: string): Promise<Page> },
  url: string,
): Promise<ExtractedArticle | null> {
  const page = await client.get(url);
  if (page.status < 200 || page.status > 299) {
    throw new NetError('http-status', `the page answered ${page.status}`, {
      url,
      status: page.status,
      retryable: page.status >= 500 || page.status === 429,
    });
  }
  const contentType = String(page.headers['content-type'] ?? '');
  if (contentType !== '' && !/html|xml|text\/plain/iu.test(contentType)) return null;
  return extractArticle(decodePage(page.body, contentType), page.url);
}

type PageDocument = ReturnType<typeof parseHTML>['document'];

function parsePage(html: string): { document: PageDocument } {
  try {
    return parseHTML(html);
  } catch (cause) {
    throw new AppError('unreadable-page', 'the page could not be parsed', { cause });
  }
}

function readArticle(document: PageDocument): { title: string; content: string } | null {
  // A fragment without <html> leaves linkedom without a root that readability could walk.
  if (document.documentElement === null || document.body === null) return null;
  try {
    const read = new Readability(document, { maxElemsToParse: MAX_ELEMENTS }).parse();
    return read?.content ? { title: read.title ?? '', content: read.content } : null;
  } catch (cause) {
    throw new AppError('unreadable-page', 'the page could not be read as an article', { cause });
  }
}

function declaredAddress(document: PageDocument, url: string): string | null {
  const link = document.querySelector('link[rel="canonical"]')?.getAttribute('href');
  const meta = document.querySelector('meta[property="og:url"]')?.getAttribute('content');
  const declared = (link || meta || '').trim();
  if (declared === '' || !URL.canParse(declared, url)) return null;
  const absolute = new URL(declared, url);
  // Some sites call their front page the canonical address of every article.
  if (!/^https?:$/u.test(absolute.protocol) || absolute.pathname === '/') return null;
  return canonicalUrl(absolute.href);
}

/** Bytes of a page in which a `<meta charset>` must stand, by the HTML standard and with some grace. */
const META_BYTES = 4096;

const BYTE_ORDER_MARKS = [
  ['utf-8', '\xef\xbb\xbf'],
  ['utf-16le', '\xff\xfe'],
  ['utf-16be', '\xfe\xff'],
] as const;

/** By byte order mark, HTTP header, `<meta>`, then what the bytes are. */
function decodePage(body: Buffer, contentType: string): string {
  const head = body.subarray(0, META_BYTES).toString('latin1');
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => head.startsWith(mark));
  if (marked !== undefined) return iconv.decode(body, marked[0]);
  const declared = [contentType, head]
    .map((text) => /charset\s*=\s*["']?([\w:.-]+)/iu.exec(text)?.[1])
    .find((name) => name !== undefined && iconv.encodingExists(name));
  if (declared !== undefined && !/^utf-?8$/iu.test(declared)) return iconv.decode(body, declared);
  return iconv.decode(body, isUtf8(body) ? 'utf-8' : 'windows-1252');
}
