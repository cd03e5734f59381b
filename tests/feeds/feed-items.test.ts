import { describe, expect, test } from 'vitest';
import { parse, parseItem, rss } from './feed-documents.ts';

describe('ids', () => {
  test('come from the link where a feed gives none, and are the same at the next fetch', async () => {
    const read = await parseItem('<title>a</title><link>https://site.example/1</link>');
    expect(read.id).toBe('https://site.example/1');
    expect(read.warnings).toContain('1 item without id');
  });

  test('come from title and date where there is no link either', async () => {
    const inner = '<title>a</title><pubDate>Mon, 02 Mar 2026 08:15:00 GMT</pubDate>';
    const first = await parseItem(inner);
    expect(first.id).toMatch(/^[\da-f]{32}$/);
    expect((await parseItem(inner)).id).toBe(first.id);
    expect((await parseItem(inner.replace('08:15', '09:15'))).id).not.toBe(first.id);
  });

  test('that are repeated are told apart by link and title', async () => {
    const feed = await parse(
      rss(
        ['a', 'b', 'b', 'b']
          .map((title) => `<item><guid>1</guid><title>${title}</title></item>`)
          .join(''),
      ),
    );
    const ids = feed.items.map(({ id }) => id);
    expect(ids[0]).toBe('1');
    expect(new Set(ids).size).toBe(4);
    expect(feed.warnings).toContain(
      '3 items with the id of another item: told apart by link and title (“1”)',
    );
  });
});

describe('links', () => {
  test.each([
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['http://', null],
    ['//cdn.example/x', 'https://cdn.example/x'],
    ['story?id=1', 'https://site.example/story?id=1'],
    [' https://site.example/أخبار/١ ', 'https://site.example/أخبار/١'],
    ['https://site.example/\u202egpj.exe', 'https://site.example/%E2%80%AEgpj.exe'],
  ])('%j becomes %j', async (link, url) => {
    expect((await parseItem(`<title>a</title><link>${link}</link>`)).url).toBe(url);
  });

  test('start from xml:base before the channel, and from the document where the channel has no link', async () => {
    const based = await parse(
      '<rss xml:base="https://base.example/x/"><channel><link>https://c.example/</link><item><link>1</link></item></channel></rss>',
    );
    expect(based.items[0]?.url).toBe('https://base.example/x/1');
    expect((await parseItem('<link>1</link>', '')).url).toBe('https://site.example/1');
  });

  test('that FeedBurner replaced are its record of the original', async () => {
    const read = await parseItem(
      '<title>a</title><link>https://feeds.example/~r/1</link><feedburner:origLink>https://site.example/1</feedburner:origLink>',
    );
    expect(read.url).toBe('https://site.example/1');
  });
});

describe('titles', () => {
  test('of Google News lose the outlet that they end with', async () => {
    const read = await parseItem(
      '<title>Bank hit - again - Reuters</title><source url="https://www.reuters.com">Reuters</source>',
    );
    expect(read).toMatchObject({ title: 'Bank hit - again', outlet: 'Reuters' });
  });

  test('of Google News are not repeated as a summary', async () => {
    const read = await parseItem(
      '<title>Bank hit - Reuters</title><source url="https://www.reuters.com">Reuters</source><description>&lt;a href="x"&gt;Bank hit&lt;/a&gt;&amp;nbsp;&amp;nbsp;&lt;font&gt;Reuters&lt;/font&gt;</description>',
    );
    expect(read.summary).toBe('');
  });

  test('with HTML become text, with a warning', async () => {
    const read = await parseItem('<title>&lt;b&gt;Bank&lt;/b&gt; hit</title>');
    expect(read.title).toBe('Bank hit');
    expect(read.warnings).toContain('1 item with HTML in the title: its text is kept (“Bank hit”)');
  });

  test('that are missing are made from the summary', async () => {
    const read = await parseItem(`<description>${'word '.repeat(60)}</description>`);
    expect(read.title).toMatch(/^(word )+word…$/);
    expect(read.title.length).toBeLessThanOrEqual(121);
    expect(read.warnings).toContain('1 item without title');
  });

  test('hold no direction overrides', async () => {
    expect((await parseItem('<title>\u202eevil\u2066 \u200fعنوان</title>')).title).toBe(
      'evil \u200fعنوان',
    );
  });
});

describe('dates', () => {
  test('that are missing are missed', async () => {
    const read = await parseItem('<title>a</title>');
    expect(read).toMatchObject({ published: null });
    expect(read.warnings).toContain('1 item without date (“a”)');
  });

  test.each([
    ['Mon, 02 Mar 2026 08:15:00 EST', '2026-03-02T13:15:00.000Z'],
    ['Thu, 05 Mar 2026 23:59:00 GMT', '2026-03-05T23:59:00.000Z'],
    ['Sat, 07 Mar 2026 00:00:00 GMT', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT', undefined],
  ])('%s', async (written, expected) => {
    const read = await parseItem(`<title>a</title><pubDate>${written}</pubDate>`);
    expect(read.published?.toISOString()).toBe(expected);
    expect(read.warnings.includes('dated before 1995 or more than a day ahead')).toBe(
      expected === undefined,
    );
  });
});
