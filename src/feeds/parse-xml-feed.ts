import RssParser from 'rss-parser';
import { FeedError, messageOf } from '../domain/errors.ts';
import type { FeedItem, ParsedFeed } from '../domain/feed.ts';
import { createItemReader, toHttpUrl, type WrittenItem } from './feed-items.ts';
import { cleanLine, htmlToLine } from './html-to-text.ts';
import type { FeedTree } from './read-feed-tree.ts';
import { attributeOf, childElements, textOf, textsOf, type XmlElement } from './xml-tree.ts';

const KEPT_LISTS = [
  'link',
  'guid',
  'category',
  'author',
  'dc:creator',
  'dc:date',
  'dc:subject',
  'dcterms:modified',
  'source',
  'feedburner:origlink',
  'html:description',
  'html:summary',
  'html:content',
  'html:encoded',
  'html:body',
  'date:published',
  'date:created',
  'date:updated',
  'rasid:base',
] as const;

type ListName = (typeof KEPT_LISTS)[number];
type Lists = { [name in `list:${ListName}`]?: unknown[] };
type RssItem = Lists & RssParser.Item & { id?: unknown; date?: unknown; 'rdf:about'?: unknown };

/** rss-parser copies every item that it is given: of a feed of fifty thousand, a few at once. */
const ITEMS_AT_ONCE = 500;

/**
 * Reads the items of a feed's tree by rss-parser's rules for RSS 0.9 to 2.0, RDF and Atom, and applies Rasid's to each. Takes the
 * items out of the tree, so that no feed is in memory twice.
 * @throws FeedError `malformed` when rss-parser cannot make a feed of it.
 */
export async function parseXmlFeed(tree: FeedTree, url: string, now: Date): Promise<ParsedFeed> {
  const { channel } = tree;
  const home = channelLink(channel, url);
  const reader = createItemReader(now);
  const items: FeedItem[] = [];
  let title: unknown;
  do {
    const feed = await runRssParser({ ...tree, items: tree.items.splice(0, ITEMS_AT_ONCE) });
    title ??= feed.title;
    for (const item of feed.items) items.push(reader.read(toWrittenItem(item, home ?? url)));
  } while (tree.items.length > 0);
  return {
    format: tree.vocabulary === 'rdf' || tree.vocabulary === 'atom' ? tree.vocabulary : 'rss',
    title: htmlToLine(textOf(title)),
    language: languageOf(tree),
    ttlMinutes: ttlOf(channel),
    items,
    warnings: [...tree.warnings, ...reader.warnings()],
  };
}

/** rss-parser with its XML reader, which stops at the first fault of a document, exchanged for a tree that is read already. */
class TreeParser extends RssParser<object, RssItem> {
  readonly xmlParser: {
    parseString(text: string, done: (error: null, root: unknown) => void): void;
  };

  constructor(root: unknown) {
    super({
      customFields: {
        item: KEPT_LISTS.map((name) => [name, `list:${name}`, { keepArray: true }]),
      },
    });
    this.xmlParser = { parseString: (_text, done) => done(null, root) };
  }
}

async function runRssParser(tree: FeedTree): Promise<RssParser.Output<RssItem>> {
  try {
    return await new TreeParser(toRssParserRoot(tree)).parseString('');
  } catch (cause) {
    throw new FeedError('malformed', `not readable as a feed: ${messageOf(cause)}`, { cause });
  }
}

/** The shape that rss-parser expects, whatever version the document says it is and wherever its items stood. */
function toRssParserRoot({ vocabulary, channel, items }: FeedTree): unknown {
  if (vocabulary === 'atom') return { feed: { ...channel, entry: items } };
  if (vocabulary === 'rdf') return { 'rdf:RDF': { channel: [channel], item: items } };
  return { rss: { $: { version: '2.0' }, channel: [{ ...channel, item: items }] } };
}

function toWrittenItem(item: RssItem, home: string): WrittenItem {
  const summaries = firstText(item, 'html:description', 'html:summary');
  return {
    id: textOf(item.guid) || textOf(item.id) || textOf(item['rdf:about']),
    title: textOf(item.title),
    links: linksOf(item),
    base: textOf(item['list:rasid:base']?.[0]) || home,
    dates: datesOf(item),
    summaryHtml: summaries,
    contentHtml: firstText(item, 'html:encoded', 'html:content', 'html:body'),
    authors: authorsOf(item),
    categories: categoriesOf(item),
    outlet: textOf(item['list:source']?.[0]),
  };
}

function firstText(item: RssItem, ...names: ListName[]): string {
  for (const name of names) {
    const text = textsOf(item[`list:${name}`]).find((value) => value.trim() !== '');
    if (text !== undefined) return text;
  }
  return '';
}

/** FeedBurner's record of the original, the links, then a `guid` that is an address. */
function linksOf(item: RssItem): string[] {
  const written = (item['list:link'] ?? []).map(
    (link) => textOf(link) || attributeOf(link, 'href'),
  );
  const chosen = typeof item.link === 'string' ? [item.link] : [];
  const guid = item['list:guid']?.[0];
  const isPermanent = attributeOf(guid, 'isPermaLink').toLowerCase() !== 'false';
  const address = textOf(guid);
  const links = [...textsOf(item['list:feedburner:origlink']), ...chosen, ...written];
  if (isPermanent && /^https?:\/\//i.test(address.trim())) links.push(address);
  return links.filter((link) => link.trim() !== '');
}

function datesOf(item: RssItem): string[] {
  return [
    textOf(item.pubDate),
    ...textsOf(item['list:date:published']),
    ...textsOf(item['list:dc:date']),
    ...textsOf(item['list:date:created']),
    ...textsOf(item['list:date:updated']),
    ...textsOf(item['list:dcterms:modified']),
  ];
}

function authorsOf(item: RssItem): string[] {
  const people = item['list:author'] ?? [];
  const named = people.map((person) => {
    const name = textOf(childElements(person, 'name')[0]);
    return name || nameOfMailbox(textOf(person));
  });
  return [...textsOf(item['list:dc:creator']), ...named];
}

/** RSS writes `mail@example.org (Name)`. */
function nameOfMailbox(text: string): string {
  const name = text.length > 300 ? null : /^\S+@\S+ \((.+)\)$/.exec(text.trim());
  return name?.[1] ?? text;
}

function categoriesOf(item: RssItem): string[] {
  const categories = (item['list:category'] ?? []).map(
    (category) =>
      textOf(category) || attributeOf(category, 'label') || attributeOf(category, 'term'),
  );
  return [...categories, ...textsOf(item['list:dc:subject'])];
}

/** The page that the feed belongs to, as an absolute address. */
function channelLink(channel: XmlElement, url: string): string | null {
  const links = childElements(channel, 'link');
  const alternate = links.find((link) => /^(alternate)?$/.test(attributeOf(link, 'rel')));
  const written = textOf(alternate) || attributeOf(alternate, 'href');
  return toHttpUrl(written.trim(), url);
}

function languageOf({ channel, attributes }: FeedTree): string | null {
  const declared =
    textOf(childElements(channel, 'language')[0]) ||
    textOf(childElements(channel, 'dc:language')[0]) ||
    attributeOf(channel, 'xml:lang') ||
    (attributes['xml:lang'] ?? '');
  return cleanLine(declared) || null;
}

const PERIOD_MINUTES: Record<string, number> = {
  hourly: 60,
  daily: 1440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};

/** RSS 2.0's `ttl`, or the syndication module's period divided by its frequency. */
function ttlOf(channel: XmlElement): number | null {
  const ttl = Number.parseInt(textOf(childElements(channel, 'ttl')[0]), 10);
  if (ttl > 0) return ttl;
  const period = textOf(childElements(channel, 'sy:updateperiod')[0]).trim().toLowerCase();
  const minutes = PERIOD_MINUTES[period];
  if (minutes === undefined) return null;
  const frequency = Number.parseInt(textOf(childElements(channel, 'sy:updatefrequency')[0]), 10);
  return frequency > 0 ? Math.max(1, Math.round(minutes / frequency)) : minutes;
}
