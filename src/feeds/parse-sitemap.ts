import type { FeedItem, ParsedFeed } from '../domain/feed.ts';
import { createItemReader, type WrittenItem } from './feed-items.ts';
import { cleanLine } from './html-to-text.ts';
import type { FeedTree } from './read-feed-tree.ts';
import { childElements, textOf, type XmlElement } from './xml-tree.ts';

/**
 * Reads a news sitemap (https://www.google.com/schemas/sitemap-news/0.9). An address without `news:title` is no news and is
 * left out: a plain sitemap lists every page that a site ever had.
 */
export function parseSitemap(tree: FeedTree, url: string, now: Date): ParsedFeed {
  const reader = createItemReader(now);
  const items: FeedItem[] = [];
  let title = '';
  let language: string | null = null;
  let untitled = 0;
  for (const entry of tree.items) {
    const news = childElements(entry, 'news:news')[0];
    const publication = childElements(news, 'news:publication')[0];
    title ||= cleanLine(textOf(childElements(publication, 'news:name')[0]));
    language ??= cleanLine(textOf(childElements(publication, 'news:language')[0])) || null;
    const written = toWrittenItem(entry, news, url);
    if (written.title.trim() === '') untitled += 1;
    else items.push(reader.read(written));
  }
  const warnings = [...tree.warnings, ...reader.warnings()];
  if (untitled > 0) warnings.push(`${untitled} addresses without news:title are left out`);
  return { format: 'sitemap', title, language, ttlMinutes: null, items, warnings };
}

function toWrittenItem(entry: XmlElement, news: unknown, base: string): WrittenItem {
  const location = textOf(childElements(entry, 'loc')[0]).trim();
  return {
    id: location,
    title: textOf(childElements(news, 'news:title')[0]),
    links: [location],
    base,
    dates: [
      textOf(childElements(news, 'news:publication_date')[0]),
      textOf(childElements(entry, 'lastmod')[0]),
    ],
    summaryHtml: '',
    contentHtml: '',
    authors: [],
    categories: textOf(childElements(news, 'news:keywords')[0]).split(/[,،]/),
    outlet: '',
  };
}
