import { Parser } from 'htmlparser2';
import { z } from 'zod';
import { UsageError } from '../domain/errors.ts';
import type { FeedSource } from '../domain/feed.ts';
import { isTopic } from '../domain/topic.ts';
import { httpAddress } from './catalogue.ts';
import { cleanLine } from './html-to-text.ts';

type Attributes = Record<string, string>;

/** Outlines nested deeper are an attack: htmlparser2's stack costs time in the square of the depth. */
const MAX_DEPTH = 256;
const MAX_SOURCES = 10_000;

const label = z.string().transform((value) => cleanLine(value).slice(0, 200));

/** An outline's attributes, names in lower case. What is absent or unusable gets the catalogue's own default. */
const outline = z.object({
  xmlurl: z.string().trim().pipe(httpAddress),
  text: label.catch(''),
  title: label.catch(''),
  outlet: label.catch(''),
  language: z
    .string()
    .transform((tag) => tag.trim().toLowerCase().split(/[-_]/)[0])
    .pipe(z.enum(['ar', 'en', 'other']))
    .catch('other'),
  kind: z.enum(['rss', 'sitemap', 'json']).catch('rss'),
  category: z.string().catch(''),
  trust: z.coerce.number().int().min(1).max(5).catch(3),
  fulltext: z.string().catch('false'),
  enabled: z.string().catch('true'),
  note: z
    .string()
    .transform((note) => note.trim().slice(0, 1000))
    .catch(''),
});

/**
 * Reads the subscriptions of an OPML 1 or 2 document (http://opml.org/spec2.opml). Rasid's own fields are attributes that other
 * readers ignore. Folders named as one of Rasid's topics become topics; other folders are passed through.
 * @throws UsageError `not-opml` for anything else, `malformed` for outlines nested too deeply.
 */
export function parseOpml(text: string): FeedSource[] {
  const sources = new Map<string, FeedSource>();
  const folders: string[] = [];
  let isOpml = false;
  const handler = {
    onopentag(name: string, attributes: Attributes) {
      if (folders.length >= MAX_DEPTH) throw new UsageError('malformed', 'nested too deeply');
      if (/^opml$/i.test(name)) isOpml = true;
      const source = /^outline$/i.test(name) ? toSource(attributes, folders) : null;
      folders.push(source === null ? (attributes.text ?? attributes.title ?? '') : '');
      if (source !== null && sources.size < MAX_SOURCES && !sources.has(source.url)) {
        sources.set(source.url, source);
      }
    },
    onclosetag() {
      folders.pop();
    },
  };
  new Parser(handler, { xmlMode: true }).end(text);
  if (!isOpml) throw new UsageError('not-opml', 'the file is no OPML document');
  return [...sources.values()];
}

/** An OPML 2.0 document that `parseOpml` reads back into the same sources, and any feed reader as a list of subscriptions. */
export function writeOpml(sources: FeedSource[]): string {
  const outlines = sources.map(
    (source) => `    <outline ${writeAttributes(toAttributes(source))}/>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head><title>Rasid</title></head>',
    '  <body>',
    ...outlines,
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function toSource(written: Attributes, folders: string[]): FeedSource | null {
  const lowered = Object.entries(written).map(([name, value]) => [name.toLowerCase(), value]);
  const read = outline.safeParse(Object.fromEntries(lowered));
  if (!read.success) return null;
  const { xmlurl, text, title, outlet, language, kind, category, trust, note } = read.data;
  const name = text || title || new URL(xmlurl).hostname;
  return {
    url: xmlurl,
    name,
    outlet: outlet || name,
    language,
    kind,
    topics: readTopics(category, folders),
    trust,
    fullText: read.data.fulltext === 'true',
    enabled: read.data.enabled !== 'false',
    ...(note === '' ? {} : { note }),
  };
}

/** Topics from `category` (comma-separated, perhaps with slashes before) and from the folders around the outline. */
function readTopics(category: string, folders: string[]): FeedSource['topics'] {
  const words = [...category.split(','), ...folders].map((word) =>
    word.trim().toLowerCase().replace(/^\//, ''),
  );
  return [...new Set(words)].filter(isTopic);
}

function toAttributes(source: FeedSource): Attributes {
  return {
    type: 'rss',
    text: source.name,
    xmlUrl: source.url,
    outlet: source.outlet,
    language: source.language,
    kind: source.kind,
    ...(source.topics.length > 0 ? { category: source.topics.join(',') } : {}),
    trust: String(source.trust),
    fullText: String(source.fullText),
    enabled: String(source.enabled),
    ...(source.note === undefined ? {} : { note: source.note }),
  };
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function writeAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      const escaped = value.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
      // XML readers turn a raw line break inside an attribute into a space.
      return `${name}="${escaped.replace(/[\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`)}"`;
    })
    .join(' ');
}
