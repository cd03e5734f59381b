import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ExampleFeed,
  readExampleFeeds,
  renderExample,
  serveExamples,
} from '../../src/commands/serve-examples.ts';
import type { DiscoveredArticle } from '../../src/domain/article.ts';
import type { FeedSource, ParsedFeed } from '../../src/domain/feed.ts';
import { prepareArticle } from '../../src/extract/prepare-article.ts';
import { parseFeed } from '../../src/feeds/parse-feed.ts';
import { detectLanguage } from '../../src/language/detect-language.ts';

const FOLDER = join(import.meta.dirname, '../../examples');
const NOW = new Date('2026-03-01T12:00:00Z');
const DAY_MS = 86_400_000;

interface ReadFeed {
  source: FeedSource;
  contentType: string;
  parsed: ParsedFeed;
  articles: DiscoveredArticle[];
}

let feeds: ExampleFeed[];
let read: ReadFeed[];
let close: () => Promise<void>;

beforeAll(async () => {
  feeds = await readExampleFeeds(FOLDER);
  const served = await serveExamples(FOLDER, NOW);
  close = served.close;
  read = await Promise.all(served.sources.map(readSource));
});
afterAll(() => close());

async function readSource(source: FeedSource): Promise<ReadFeed> {
  const response = await fetch(source.url);
  const contentType = response.headers.get('content-type') ?? '';
  const body = Buffer.from(await response.arrayBuffer());
  const parsed = await parseFeed(body, { contentType, url: source.url, now: NOW });
  const articles = parsed.items
    .map((item) => prepareArticle(item, source, NOW))
    .filter((article) => article !== null);
  return { source, contentType, parsed, articles };
}

describe('the example feeds', () => {
  it('are thirteen, in every format and in both languages', () => {
    expect(read).toHaveLength(13);
    expect(new Set(read.map((feed) => feed.parsed.format))).toEqual(
      new Set(['rss', 'rdf', 'atom', 'json']),
    );
    expect(new Set(read.map((feed) => feed.source.language))).toEqual(new Set(['ar', 'en']));
    expect(new Set(feeds.map((feed) => feed.encoding))).toEqual(
      new Set(['utf-8', 'windows-1256', 'iso-8859-6', 'windows-1252', 'utf-16']),
    );
  });

  it('are well-formed: nothing had to be mended but the hostile title', () => {
    const warnings = read.flatMap((feed) => feed.parsed.warnings);
    expect(warnings).toEqual([expect.stringContaining('HTML in the title')]);
  });

  it('can be said in their declared encodings without loss', async () => {
    for (const feed of feeds) {
      const template = await readFile(join(FOLDER, feed.file), 'utf8');
      const bytes = renderExample(template, feed, NOW);
      const utf8 = renderExample(template, { ...feed, encoding: 'utf-8' }, NOW).toString();
      expect(iconv.decode(bytes, feed.encoding)).toBe(utf8);
    }
  });

  it('are read as they were written, whatever their encoding', () => {
    for (const { source, articles } of read) {
      for (const article of articles)
        expect(article.title + article.text).not.toMatch(/\ufffd|\{\{|Ã|Ø/u);
      const own = articles.filter(
        (article) => detectLanguage(article.title, article.text) === source.language,
      );
      expect(own.length, source.name).toBeGreaterThanOrEqual(articles.length / 2);
    }
  });

  it('hold 60 to 90 items of the last three days, each with its own date', () => {
    const articles = read.flatMap((feed) => feed.articles);
    expect(articles.length).toBeGreaterThanOrEqual(60);
    expect(articles.length).toBeLessThanOrEqual(90);
    for (const article of articles) {
      const age = NOW.getTime() - article.publishedAt.getTime();
      expect(age).toBeGreaterThan(0);
      expect(age).toBeLessThanOrEqual(3 * DAY_MS);
    }
  });

  it('tell some articles twice, under addresses that are one', () => {
    const addresses = read.flatMap((feed) => feed.articles.map((article) => article.canonicalUrl));
    expect(addresses.length - new Set(addresses).size).toBe(3);
  });

  it('tell the port story by five outlets or more, in two languages', () => {
    const port = read
      .flatMap((feed) => feed.articles)
      .filter(
        (article) =>
          /Najma|النجمة(?= |:)/u.test(article.title) && /port|مرفأ/iu.test(article.title),
      );
    expect(new Set(port.map((article) => article.outlet)).size).toBeGreaterThanOrEqual(5);
    expect(new Set(port.map((article) => detectLanguage(article.title, article.text)))).toEqual(
      new Set(['ar', 'en']),
    );
  });

  it('carry an agency’s boilerplate, none of which is left in an article', () => {
    const texts = read.flatMap((feed) => feed.articles.map((article) => article.text)).join('\n');
    expect(texts).not.toMatch(
      /Licens|Trust Principles|Editing by|appeared first|Continue reading/u,
    );
    expect(texts).not.toMatch(
      /حقوق الترخيص|معاييرنا|تغطية صحفية|للنشرة العربية|اترك ردك|اقرأ المزيد/u,
    );
  });

  it('have an item in a third language and one that is hostile, which arrives without its direction override', () => {
    const mixed = read.find((feed) => feed.source.name === 'Newsround')?.articles ?? [];
    expect(mixed.map((article) => detectLanguage(article.title, article.text))).toContain('other');
    const hostile = mixed.find((article) => article.title.includes('@everyone'));
    expect(hostile?.title).toContain('gpj.exe');
    expect(`${hostile?.title}${hostile?.text}`).not.toMatch(/[\u202a-\u202e]/u);
  });

  it('are served as their publishers would: declared types, and 404 for anything else', async () => {
    const first = read[0]?.source.url ?? '';
    expect(read.map((feed) => feed.contentType)).toEqual(feeds.map((feed) => feed.contentType));
    expect((await fetch(new URL('/index.json', first))).status).toBe(404);
  });
});
