import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const COLLECTION = join(ROOT, '../shared/feeds');

/** Feeds that this repository holds itself. */
const OWN = ['tests/fixtures/feeds', 'examples'].map((folder) => join(ROOT, folder));

/** What is neither feed nor page: lists, and what a suite expects. */
const OTHER = /\.(?:jsonl|md|txt|js|go|php|png|gif|ico)$/;

/** Documents to mutate: the collected feeds with their hostile part where they are, else the repository's own. */
export function readOriginals(): Buffer[] {
  const collected = existsSync(COLLECTION);
  if (!collected) console.warn('../shared/feeds is not there: only own feeds are mutated');
  return (collected ? [COLLECTION] : OWN).flatMap(readFolder).filter(({ length }) => length > 0);
}

/** The documents that were built to do harm, whole; empty where they are not there. */
export function readHostile(): { name: string; body: Buffer }[] {
  const folder = join(COLLECTION, 'constructed-hostile');
  if (!existsSync(folder)) {
    console.warn('../shared/feeds is not there: its hostile part is not read');
    return [];
  }
  return readdirSync(folder).map((name) => ({ name, body: readFileSync(join(folder, name)) }));
}

function readFolder(folder: string): Buffer[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !OTHER.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => readFileSync(path));
}

/**
 * A feed as a web page: its items' escaped HTML becomes markup within the page's own, as on a publisher's site. Pages of that kind
 * are mutated for the reader of articles.
 */
export function toPage(feed: Buffer): Buffer {
  const text = feed.toString('utf8');
  const markup = /<html/i.test(text)
    ? text
    : `<!doctype html><html><head><meta charset="utf-8"><title>News</title><link rel="canonical" href="https://site.example/1"></head><body><nav><a href="/">Home</a></nav><article><h1>News</h1>${unescapeMarkup(text)}</article><footer>© News</footer></body></html>`;
  return Buffer.from(markup);
}

function unescapeMarkup(text: string): string {
  return text
    .replaceAll('<![CDATA[', '')
    .replaceAll(']]>', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
