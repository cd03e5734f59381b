import { createHash } from 'node:crypto';
import type { DiscoveredArticle } from '../domain/article.ts';
import type { FeedItem } from '../domain/feed.ts';
import { neutraliseControls } from '../language/bidi.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import { splitSentences } from '../language/split-sentences.ts';
import { canonicalUrl, readerUrl } from './canonical-url.ts';
import { htmlToText } from './html-to-text.ts';
import { withoutRepeatedTitle } from './repeated-title.ts';
import { stripBoilerplate } from './strip-boilerplate.ts';

/** Characters of an article's text that are kept, to the end of a sentence. */
const MAX_TEXT_CHARACTERS = 20_000;

/** Characters that are cleaned to find them: boilerplate is never this much. */
const MAX_READ_CHARACTERS = 3 * MAX_TEXT_CHARACTERS;

/** A longer headline is a paragraph in the wrong place. */
const MAX_TITLE_CHARACTERS = 500;

/** No news is older than the web's first newspapers: an earlier date is a default or an error. */
const EARLIEST = Date.UTC(1995, 0, 1);
const DAY_MS = 86_400_000;

interface Source {
  name: string;
  outlet: string;
  url: string;
}

/**
 * What an item of a feed becomes before it is stored, or null when it says nothing: neither title nor text. The text is the
 * longer of the item's content and summary, cleaned; the outlet is the aggregator's named one, else the source's. An item
 * without address gets a stable `urn:rasid:…` of feed and id in place of one.
 */
export function prepareArticle(
  item: FeedItem,
  source: Source,
  now: Date,
): DiscoveredArticle | null {
  const outlet = cleanLine(item.outlet ?? '') || source.outlet;
  const outlets = [outlet, source.outlet, source.name];
  const title = cleanTitle(item.title, outlets);
  const text = withoutRepeatedTitle(longestText(item, outlets), title);
  if (title === '' && text === '') return null;
  const url =
    item.url ??
    `urn:rasid:${createHash('sha256').update(`${source.url}\n${item.id}`).digest('hex')}`;
  return {
    itemId: item.id,
    canonicalUrl: canonicalUrl(url),
    url: readerUrl(url),
    title,
    text: capAtSentence(text),
    publishedAt: boundedDate(item.published, now),
    authors: item.authors.map(cleanLine).filter((author) => author !== ''),
    categories: item.categories.map(cleanLine).filter((category) => category !== ''),
    outlet,
  };
}

function longestText(item: FeedItem, outlets: string[]): string {
  const [content, summary] = [item.contentHtml, item.summary].map((html) =>
    stripBoilerplate(neutraliseControls(cut(htmlToText(html), MAX_READ_CHARACTERS)), outlets),
  );
  return (content ?? '').length >= (summary ?? '').length ? (content ?? '') : (summary ?? '');
}

function cleanLine(line: string): string {
  return neutraliseControls(line).replace(/\s+/gu, ' ').trim();
}

/** ` - Reuters`, ` | BBC News عربي`: dropped where it names the outlet. */
function cleanTitle(written: string, outlets: string[]): string {
  const title = cleanLine(cut(written, 4 * MAX_TITLE_CHARACTERS));
  const suffix = /^(.+\S)\s+[-–—|•·]\s+([^-–—|•·]{2,60})$/u.exec(title);
  const named = normaliseForMatching(suffix?.[2] ?? '').replace(/\.(?:com|net|org)$/u, '');
  const isOutlet = outlets.some((outlet) => {
    const known = normaliseForMatching(outlet).replace(/\.(?:com|net|org)$/u, '');
    return known !== '' && known === named;
  });
  return cut(isOutlet ? (suffix?.[1] ?? title) : title, MAX_TITLE_CHARACTERS);
}

function capAtSentence(text: string): string {
  if (text.length <= MAX_TEXT_CHARACTERS) return text;
  const short = cut(text, MAX_TEXT_CHARACTERS);
  const lastBreak = short.lastIndexOf('\n');
  const lastSentence = splitSentences(short.slice(lastBreak + 1)).at(-1) ?? '';
  const end = short.length - lastSentence.length;
  // One endless sentence is cut where it stands.
  return end > MAX_TEXT_CHARACTERS / 2 ? short.slice(0, end).trimEnd() : short;
}

/** At most so many UTF-16 units, and no half of a character. */
function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : text
        .slice(0, length)
        .replace(/[\ud800-\udbff]$/u, '')
        .trimEnd();
}

function boundedDate(published: Date | null, now: Date): Date {
  const time = published?.getTime() ?? Number.NaN;
  return time >= EARLIEST && time <= now.getTime() + DAY_MS ? new Date(time) : now;
}
