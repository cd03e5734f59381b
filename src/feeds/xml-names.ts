export type Vocabulary = 'rss' | 'rdf' | 'atom' | 'sitemap';

/** Prefixes as rss-parser and this room write them, by namespace. `''` is the vocabulary of the document itself. */
const PREFIX_OF_NAMESPACE = new Map([
  ['http://purl.org/rss/1.0/', ''],
  ['http://my.netscape.com/rdf/simple/0.9/', ''],
  ['http://channel.netscape.com/rdf/simple/0.9/', ''],
  ['http://purl.org/net/rss1.1#', ''],
  ['http://backend.userland.com/rss2', ''],
  ['http://www.w3.org/2005/atom', 'atom'],
  ['http://purl.org/atom/ns#', 'atom'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'rdf'],
  ['http://purl.org/rss/1.0/modules/content/', 'content'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/syndication/', 'sy'],
  ['http://rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://search.yahoo.com/mrss/', 'media'],
  ['http://www.sitemaps.org/schemas/sitemap/0.9', 'sitemap'],
  ['http://www.google.com/schemas/sitemap-news/0.9', 'news'],
]);

/**
 * Names that the tree uses instead of the document's. Elements that hold HTML are renamed so that rss-parser hands them over
 * untouched: its own plain-text snippets cost most of its time and time in the square of the length on hostile text. Atom's
 * dates are renamed because rss-parser throws on those it cannot read.
 */
const TREE_NAMES = new Map([
  ['pubdate', 'pubDate'],
  ['description', 'html:description'],
  ['summary', 'html:summary'],
  ['abstract', 'html:summary'],
  ['content', 'html:content'],
  ['content:encoded', 'html:encoded'],
  ['xhtml:body', 'html:body'],
  ['published', 'date:published'],
  ['issued', 'date:published'],
  ['created', 'date:created'],
  ['updated', 'date:updated'],
  ['modified', 'date:updated'],
]);

/** Elements that hold HTML or text. Markup found unescaped inside them is kept as written. */
export const TEXT_HOLDERS = new Set([
  'title',
  'html:description',
  'html:summary',
  'html:content',
  'html:encoded',
  'html:body',
]);

/** What is read of a document; everything else is passed over, so that no document can fill the memory with it. */
export const KEPT = new Set([
  ...TEXT_HOLDERS,
  ...['link', 'guid', 'id', 'category', 'author', 'name', 'source', 'language', 'ttl', 'pubDate'],
  ...['dc:creator', 'dc:date', 'dc:subject', 'dc:language', 'dc:title', 'dcterms:modified'],
  ...['date:published', 'date:created', 'date:updated', 'sy:updateperiod', 'sy:updatefrequency'],
  ...['loc', 'lastmod', 'news:news', 'news:publication', 'news:name', 'news:language'],
  ...['news:title', 'news:publication_date', 'news:keywords', 'feedburner:origlink'],
]);

/** The vocabulary that a root element begins, by its name without prefix; null for anything that is no feed. */
export function vocabularyOf(rootName: string): Vocabulary | null {
  const local = rootName.slice(rootName.indexOf(':') + 1).toLowerCase();
  if (local === 'rss' || local === 'channel') return 'rss';
  if (local === 'rdf') return 'rdf';
  if (local === 'feed') return 'atom';
  return local === 'urlset' ? 'sitemap' : null;
}

/**
 * Turns the names of one document into canonical ones: prefixes by their namespace, letters lower-case. A prefix that the
 * document never declares is taken at its word.
 */
export function createNameReader(vocabulary: Vocabulary) {
  const prefixes = new Map<string, string>();
  const known = new Map<string, string>();

  function declare(attributes: Record<string, string>): void {
    for (const name in attributes) {
      if (!name.startsWith('xmlns:')) continue;
      const prefix = prefixOfNamespace(attributes[name] ?? '');
      if (prefix === undefined) continue;
      prefixes.set(name.slice(6).toLowerCase(), prefix);
      known.clear();
    }
  }

  function canonical(rawName: string, defaultPrefix: string): string {
    const lower = rawName.toLowerCase();
    const colon = lower.indexOf(':');
    const written = colon < 0 ? defaultPrefix : lower.slice(0, colon);
    const prefix = colon < 0 ? written : (prefixes.get(written) ?? written);
    const local = lower.slice(colon + 1);
    const name = prefix === '' || prefix === vocabulary ? local : `${prefix}:${local}`;
    return TREE_NAMES.get(name) ?? name;
  }

  return {
    itemName: itemNameOf(vocabulary),
    /** The tree's name for an element; `attributes` may declare namespaces. The root's own default namespace is home. */
    read(rawName: string, attributes: Record<string, string> | null, isRoot: boolean): string {
      if (attributes !== null) {
        declare(attributes);
        const namespace = isRoot ? undefined : attributes.xmlns;
        if (namespace !== undefined) return canonical(rawName, prefixOfNamespace(namespace) ?? '');
      }
      let name = known.get(rawName);
      if (name === undefined) {
        name = canonical(rawName, '');
        known.set(rawName, name);
      }
      return name;
    },
  };
}

function itemNameOf(vocabulary: Vocabulary): string {
  if (vocabulary === 'atom') return 'entry';
  return vocabulary === 'sitemap' ? 'url' : 'item';
}

function prefixOfNamespace(uri: string): string | undefined {
  return PREFIX_OF_NAMESPACE.get(uri.trim().toLowerCase());
}
