import { expect, test } from 'vitest';
import type { FeedSource } from '../../src/domain/feed.ts';
import { loadCatalogue } from '../../src/feeds/catalogue.ts';
import { parseOpml, writeOpml } from '../../src/feeds/opml.ts';

const SHIPPED = new URL('../../feeds.json', import.meta.url).pathname;

test('every field of every shipped source comes back', async () => {
  const { sources } = await loadCatalogue(SHIPPED);
  expect(parseOpml(writeOpml(sources))).toEqual(sources);
});

test('characters with a meaning in XML come back', () => {
  const source: FeedSource = {
    url: 'https://a.example/?a=1&b="2"',
    name: 'R&D <"daily"> أخبار',
    outlet: "O'Reilly & Co",
    language: 'ar',
    kind: 'sitemap',
    topics: ['breach', 'ai-security'],
    trust: 5,
    fullText: true,
    enabled: false,
    note: 'two\nlines',
  };
  expect(parseOpml(writeOpml([source]))).toEqual([source]);
});

test('a list from another reader gets defaults; folders that are topics become topics', () => {
  const sources =
    parseOpml(`<?xml version="1.0"?><opml version="1.0"><head><title>x</title></head><body>
    <outline text="News"><outline title="Ransomware">
      <outline type="rss" text="A" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" language="ar-EG"/>
    </outline></outline>
    <outline type="rss" xmlurl=" https://b.example/feed "/>
    <outline text="A twice" xmlUrl="https://a.example/feed"/>
  </body></opml>`);
  expect(sources).toMatchObject([
    {
      url: 'https://a.example/feed',
      name: 'A',
      outlet: 'A',
      language: 'ar',
      topics: ['ransomware'],
      trust: 3,
      enabled: true,
    },
    {
      url: 'https://b.example/feed',
      name: 'b.example',
      language: 'other',
      topics: [],
      kind: 'rss',
    },
  ]);
});

test('addresses that must not be fetched, and nonsense in fields, are not taken over', () => {
  const sources = parseOpml(`<!DOCTYPE o [<!ENTITY e SYSTEM "file:///etc/hostname">]><opml><body>
    <outline text="1" xmlUrl="javascript:alert(1)"/><outline text="2" xmlUrl="file:///etc/passwd"/>
    <outline text="3" xmlUrl="https://user:secret@c.example/"/><outline text="4"/>
    <outline text="&e;&#10;x" xmlUrl="https://d.example/" trust="99" kind="exe" language="&e;" category="/breach,weather" __proto__="x"/>
  </body></opml>`);
  expect(sources).toMatchObject([
    {
      url: 'https://d.example/',
      name: '&e; x',
      trust: 3,
      kind: 'rss',
      language: 'other',
      topics: ['breach'],
    },
  ]);
});

test('anything but OPML is refused, and nesting without end', () => {
  expect(() => parseOpml('<html><body/></html>')).toThrow(
    expect.objectContaining({ code: 'not-opml' }),
  );
  expect(() => parseOpml(`<opml>${'<outline>'.repeat(500_000)}`)).toThrow(
    expect.objectContaining({ code: 'malformed' }),
  );
});
