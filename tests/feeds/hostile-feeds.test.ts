import { expect, test } from 'vitest';
import { FeedError } from '../../src/domain/errors.ts';
import { MAX_ITEMS } from '../../src/feeds/read-feed-tree.ts';
import { parse, parseItem, rss } from './feed-documents.ts';

const MIB = 1024 * 1024;
const fill = (unit: string, bytes = 8 * MIB) => unit.repeat(Math.floor(bytes / unit.length));

test('an entity bomb expands to nothing', async () => {
  const levels = Array.from(
    { length: 9 },
    (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
  );
  const feed = await parse(
    `<!DOCTYPE x [<!ENTITY l0 "lol">${levels.join('')}]>${rss('<item><title>a &l9; &l0;</title></item>')}`,
  );
  expect(feed.items[0]?.title).toBe('a lol');
  expect(feed.warnings).toContain(
    'the document declares entities: only short plain ones are expanded',
  );
});

test('external entities are never read', async () => {
  const feed = await parse(
    `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>${rss('<item><title>a &f;</title></item>')}`,
  );
  expect(feed.items[0]?.title).toBe('a');
});

test('fifty thousand items are kept, more are counted', async () => {
  const feed = await parse(rss(fill('<item><guid>1</guid></item>')));
  expect(feed.items).toHaveLength(MAX_ITEMS);
  expect(new Set(feed.items.map(({ id }) => id)).size).toBe(MAX_ITEMS);
  expect(feed.warnings[0]).toMatch(/^more than 50000 items: \d+ are left out$/);
});

// Each of these costs some parser time in the square of its length: minutes at this size.
test.each([
  ['angle brackets', `<description><![CDATA[${fill('<')}]]></description>`],
  ['open tags', `<description><![CDATA[${fill('<p ')}]]></description>`],
  ['nested tags', `<description><![CDATA[${fill('<b>')}]]></description>`],
  ['ampersands', `<description>${fill('&')}</description>`],
  ['open CDATA', fill('<![CDATA[')],
  ['mail addresses', `<author>${fill('@')}</author>`],
  ['spaces', `<description>a${fill(' ')}b</description>`],
  ['digits in a date', `<pubDate>${fill('1 ')}</pubDate>`],
  ['links', fill('<link b=""/>')],
])('an item of eight megabytes of %s is read without harm', async (_name, inner) => {
  const before = process.memoryUsage.rss();
  const read = await parseItem(
    `<guid>1</guid><title>a</title><link>https://site.example/1</link>${inner}`,
  );
  expect(read.id).toBe('1');
  expect(process.memoryUsage.rss() - before).toBeLessThan(300 * MIB);
});

test.each([
  ['declarations', fill('<!>')],
  ['comments that never end', fill('<!--')],
  ['elements without end', `<rss>${fill('<a>')}`],
  ['spaces', fill(' ')],
  ['JSON objects', `{"version":"https://jsonfeed.org/version/1","items":[${fill('{},')}{}]}`],
  ['JSON lists', fill('[')],
])('a document of eight megabytes of %s is refused', async (_name, text) => {
  const before = process.memoryUsage.rss();
  await expect(parse(text)).rejects.toBeInstanceOf(FeedError);
  expect(process.memoryUsage.rss() - before).toBeLessThan(300 * MIB);
});
