import { describe, expect, test } from 'vitest';
import { FeedError } from '../../src/domain/errors.ts';
import { parse, parseFixture, parseItem, rss } from './feed-documents.ts';

async function refusal(text: string): Promise<string> {
  const error = await parse(text).catch((thrown: unknown) => thrown);
  return error instanceof FeedError ? error.code : `not refused: ${JSON.stringify(error)}`;
}

describe('every format is read into the same shape', () => {
  test('RSS 2.0', async () => {
    const feed = await parseFixture('agency-rss2.xml');
    expect(feed).toMatchObject({
      format: 'rss',
      title: 'Harbour Wire & Co',
      language: 'en-GB',
      ttlMinutes: 30,
    });
    expect(feed.items).toEqual([
      {
        id: 'wire-1',
        title: 'Port of Saltmere halts cranes after ransomware & data theft',
        url: 'https://wire.example/news/saltmere-port',
        published: new Date('2026-03-02T05:15:00Z'),
        summary: 'The port stopped all cranes.\nPolice were told.',
        contentHtml: '<p>The port stopped all cranes on Monday.</p>',
        authors: ['Layla Haddad'],
        categories: ['Cyber', 'Ports'],
        outlet: null,
      },
      {
        id: 'https://wire.example/news/ferry',
        title: 'Ferry timetable changes for spring',
        url: 'https://wire.example/news/ferry',
        published: null,
        summary: 'New times from 1 April & later',
        contentHtml: '',
        authors: ['News Desk'],
        categories: [],
        outlet: null,
      },
    ]);
    expect(feed.warnings).toEqual([
      '1 item with HTML in the title: its text is kept (“Port of Saltmere halts cranes after ransomware & data theft”)',
      '1 item with a relative link: resolved (“/news/saltmere-port”)',
      '1 item with a date that is none: left without date (“someday soon”)',
    ]);
  });

  test('Atom, with a prefix, a base address and markup inside its content', async () => {
    const feed = await parseFixture('security-atom.xml');
    expect(feed).toMatchObject({ format: 'atom', title: 'Lab Notes', language: 'en' });
    expect(feed.items).toHaveLength(2);
    expect(feed.items[0]).toMatchObject({
      id: 'tag:lab.example,2026:1',
      title: 'Heap overflow in Vector<T>',
      url: 'https://lab.example/blog/1/',
      published: new Date('2026-02-01T09:00:00Z'),
      summary: 'First.\nSecond\nThird.',
      authors: ['Noor'],
      categories: ['Memory safety'],
    });
    expect(feed.items[0]?.contentHtml).toContain(
      '<p>First.</p><ul><li>Second</li></ul><p>Third.</p>',
    );
    expect(feed.items[1]).toMatchObject({ published: null, summary: 'Short.' });
  });

  test('RDF, whose items stand outside the channel', async () => {
    const feed = await parseFixture('desk-rdf.xml');
    expect(feed).toMatchObject({
      format: 'rdf',
      title: 'مكتب الأخبار',
      language: 'ar',
      ttlMinutes: 30,
      warnings: [],
    });
    expect(feed.items.map(({ id, title, published }) => ({ id, title, published }))).toEqual([
      {
        id: 'https://desk.example/ar/1',
        title: 'هجوم إلكتروني يعطل مستشفى',
        published: new Date('2026-03-01T07:30:00Z'),
      },
      {
        id: 'https://desk.example/ar/2',
        title: 'افتتاح معرض الكتاب',
        published: new Date('2026-03-01T07:30:00Z'),
      },
    ]);
  });

  test('JSON Feed, where a bad field costs no more than itself', async () => {
    const feed = await parseFixture('notes.json', 'https://notes.example/feed.json');
    expect(feed).toMatchObject({ format: 'json', title: 'Field Notes', language: 'en' });
    expect(feed.items).toMatchObject([
      {
        id: '7',
        url: 'https://notes.example/7',
        summary: 'Tags like <form> are text here.',
        published: new Date('2026-01-05T07:00:00Z'),
        authors: ['Omar'],
        categories: ['phishing'],
      },
      {
        id: '8',
        title: 'Linked',
        url: 'https://other.example/8',
        contentHtml: '<p>Linked</p>',
        authors: ['Omar'],
      },
    ]);
    expect(feed.warnings).toContain('1 entries of items are no objects: left out');
  });

  test('news sitemap, whose other pages are left out', async () => {
    const feed = await parseFixture('news-sitemap.xml');
    expect(feed).toMatchObject({ format: 'sitemap', title: 'The Paper', language: 'en' });
    expect(feed.items).toMatchObject([
      {
        id: 'https://paper.example/world/bank-breach',
        title: 'Bank says customer records were stolen',
        published: new Date('2026-03-02T10:00:00Z'),
        categories: ['banks', 'breach'],
      },
    ]);
    expect(feed.warnings).toEqual(['1 addresses without news:title are left out']);
  });

  test('RSS without version, in capitals, or without channel', async () => {
    const item = '<item><title>a</title><link>https://site.example/1</link></item>';
    for (const text of [
      `<rss><channel>${item}</channel></rss>`,
      `<RSS VERSION="0.91"><CHANNEL>${item.toUpperCase()}</CHANNEL></RSS>`,
      `<rss version="2.0">${item}</rss>`,
    ]) {
      expect((await parse(text)).items, text).toHaveLength(1);
    }
  });
});

describe('what is no feed is refused with its reason', () => {
  test.each([
    ['empty', ''],
    ['empty', ' \n\t\0'],
    ['not-a-feed', '<!DOCTYPE html><html><head><title>Just a moment</title></head></html>'],
    ['not-a-feed', '<?xml version="1.0"?><opml version="2.0"><body/></opml>'],
    ['not-a-feed', 'Service unavailable'],
    ['not-a-feed', '{"status":"error"}'],
    ['malformed', '{"version":"https://jsonfeed.org/version/1","items":['],
    [
      'sitemap-index',
      '<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>',
    ],
  ])('%s: %j', async (code, text) => {
    expect(await refusal(text)).toBe(code);
  });
});

describe('broken documents are mended', () => {
  const item = '<item><title>a</title><link>https://site.example/1</link></item>';

  test('error messages before the feed are left out', async () => {
    const feed = await parse(`<br />\n<b>Warning</b>: include() failed\n${rss(item)}`);
    expect(feed.items).toHaveLength(1);
    expect(feed.warnings[0]).toMatch(/^what stands before the feed is left out: “<br/);
  });

  test('a cut-off document keeps its whole items and says so', async () => {
    const feed = await parse(rss(item.repeat(2)).slice(0, -50));
    expect(feed.items).toHaveLength(1);
    expect(feed.warnings[0]).toBe('the document is cut off: its last item is left out');
  });

  test('of an item that is cut in half, whole elements serve when they tell title and link', async () => {
    const feed = await parse(
      '<rss><channel><item><title>a</title><link>https://site.example/1</link><description>half a sen',
    );
    expect(feed.items).toMatchObject([{ title: 'a', url: 'https://site.example/1', summary: '' }]);
  });

  test('an item that is never closed ends where the next begins', async () => {
    const feed = await parse(rss('<item><title>a</title><item><title>b</title></item>'));
    expect(feed.items.map(({ title }) => title)).toEqual(['a', 'b']);
  });

  test('bare ampersands, unknown entities, NULs, control characters', async () => {
    const read = await parseItem(
      '<title>R&D at AT&T &nbsp;\u0007caf&eacute; \0ok</title><link>https://e.example/?a=1&b=2</link>',
    );
    expect(read.title).toBe('R&D at AT&T café ok');
    expect(read.url).toBe('https://e.example/?a=1&b=2');
    expect(read.warnings).toContain('NUL characters are left out');
  });

  test('prefixes that are never declared', async () => {
    const read = await parseItem(
      '<title>a</title><content:encoded>&lt;p&gt;x&lt;/p&gt;</content:encoded><dc:creator>N</dc:creator>',
    );
    expect(read).toMatchObject({ contentHtml: '<p>x</p>', authors: ['N'] });
  });

  test('unescaped HTML inside a description is kept in order', async () => {
    const read = await parseItem(
      '<title>a</title><description><p>One</p><b>two</b><p>three<br></p></description>',
    );
    expect(read.summary).toBe('One\ntwo\nthree');
  });

  test('Atom dates that cannot be, and links without attributes, do not cost the feed', async () => {
    const feed = await parse(
      '<feed xmlns="http://www.w3.org/2005/Atom"><link/><entry><title>a</title><link/><published>never</published></entry></feed>',
    );
    expect(feed.items).toMatchObject([{ title: 'a', url: null, published: null }]);
  });
});
