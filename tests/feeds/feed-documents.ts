import { readFile } from 'node:fs/promises';
import type { FeedItem } from '../../src/domain/feed.ts';
import { parseFeed } from '../../src/feeds/parse-feed.ts';

const NOW = new Date('2026-03-05T00:00:00Z');
const FIXTURES = new URL('../fixtures/feeds/', import.meta.url);

export function parse(text: string, url = 'https://site.example/feed.xml') {
  return parseFeed(Buffer.from(text), { url, now: NOW });
}

export async function parseFixture(name: string, url = 'https://site.example/feed.xml') {
  return parseFeed(await readFile(new URL(name, FIXTURES)), { url, now: NOW });
}

/** An RSS document around the given items. */
export function rss(items: string, channel = '<link>https://site.example/</link>'): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>${channel}${items}</channel></rss>`;
}

/** The one item with this inner XML, and the feed's warnings. */
export async function parseItem(
  inner: string,
  channel?: string,
): Promise<FeedItem & { warnings: string }> {
  const feed = await parse(rss(`<item>${inner}</item>`, channel));
  const item = feed.items[0];
  if (item === undefined) throw new Error('the feed has no item');
  return { ...item, warnings: feed.warnings.join('\n') };
}
