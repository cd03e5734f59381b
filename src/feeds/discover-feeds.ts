import { Parser } from 'htmlparser2';
import { toHttpUrl } from './feed-items.ts';

const FEED_TYPES = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/feed+json',
  'application/rdf+xml',
]);

/** Where sites that announce no feed most often keep one. */
const COMMON_PATHS = [
  '/feed',
  '/rss',
  '/rss.xml',
  '/feed.xml',
  '/atom.xml',
  '/index.xml',
  '/feed.json',
];

/** More announced feeds than this are those of sections and of single articles' comments. */
const MAX_ANNOUNCED = 5;

/**
 * Addresses at which a web page's feed may be, likeliest first: those that it announces (`<link rel="alternate">`, as
 * https://www.rssboard.org/rss-autodiscovery has it; those of comments last), then the usual paths of its site.
 */
export function discoverFeeds(html: string, url: string): string[] {
  const announced = announcedFeeds(html, url);
  const isOfComments = ({ title, href }: Announced) => /comment|تعليق/i.test(`${title} ${href}`);
  const ordered = [
    ...announced.filter((link) => !isOfComments(link)),
    ...announced.filter(isOfComments),
  ];
  const usual = COMMON_PATHS.map((path) => new URL(path, url).href);
  return [...new Set([...ordered.slice(0, MAX_ANNOUNCED).map(({ href }) => href), ...usual])];
}

interface Announced {
  href: string;
  title: string;
}

function announcedFeeds(html: string, url: string): Announced[] {
  const found: Announced[] = [];
  let base = url;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'base' && attributes.href) base = toHttpUrl(attributes.href, url) ?? base;
      if (name !== 'link' || !isFeedLink(attributes)) return;
      const href = toHttpUrl(attributes.href ?? '', base);
      if (href !== null) found.push({ href, title: attributes.title ?? '' });
    },
  });
  parser.end(html);
  return found;
}

function isFeedLink({ rel = '', type = '' }: Record<string, string>): boolean {
  const [mediaType = ''] = type.toLowerCase().split(';');
  return rel.toLowerCase().split(/\s+/).includes('alternate') && FEED_TYPES.has(mediaType.trim());
}
