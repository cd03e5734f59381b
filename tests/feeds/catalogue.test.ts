import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FeedSource } from '../../src/domain/feed.ts';
import { loadCatalogue, parseCatalogue } from '../../src/feeds/catalogue.ts';
import { addMissingSources, addSource, removeSource } from '../../src/feeds/edit-catalogue.ts';

const SHIPPED = new URL('../../feeds.json', import.meta.url).pathname;

const SOURCE: FeedSource = {
  url: 'https://new.example/feed',
  name: 'New',
  outlet: 'The New',
  language: 'en',
  kind: 'rss',
  topics: ['breach'],
  trust: 3,
  fullText: false,
  enabled: true,
};

const WRITTEN = `[
  { "url": "https://a.example/feed", "name": "A", "language": "ar" },

  {
    "url": "https://b.example/feed",   "name": "B"
  }
]
`;

async function writeCatalogue(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'rasid-feeds-')), 'feeds.json');
  await writeFile(path, text);
  return path;
}

describe('the shipped catalogue', () => {
  test('is sound, and holds the sources that were promised', async () => {
    const { sources, problems } = await loadCatalogue(SHIPPED);
    expect(problems).toEqual([]);
    expect(sources.filter(({ enabled }) => enabled).length).toBeGreaterThanOrEqual(40);
    const hosts = sources.filter(({ enabled }) => enabled).map(({ url }) => new URL(url).host);
    for (const host of [
      'news.google.com',
      'feeds.bbci.co.uk',
      'www.aljazeera.net',
      'www.skynewsarabia.com',
      'www.france24.com',
      'rss.dw.com',
      'arabic.cnn.com',
      'arabic.rt.com',
      'aawsat.com',
      'www.alarabiya.net',
      'news.un.org',
      'feeds.feedburner.com',
      'www.bleepingcomputer.com',
      'krebsonsecurity.com',
      'www.securityweek.com',
      'therecord.media',
      'www.darkreading.com',
      'www.cisa.gov',
      'egcert.eg',
    ]) {
      expect(hosts).toContain(host);
    }
  });

  test('says why each disabled source is', async () => {
    const { sources } = await loadCatalogue(SHIPPED);
    const silent = sources.filter(
      ({ enabled, note }) => !enabled && !note?.startsWith('Disabled: '),
    );
    expect(silent).toEqual([]);
  });
});

describe('reading a catalogue', () => {
  test('fills in what may be left out', () => {
    expect(
      parseCatalogue('[{"url":"https://a.example/","name":"A"}]', 'feeds.json').sources,
    ).toEqual([
      {
        url: 'https://a.example/',
        name: 'A',
        outlet: 'A',
        language: 'other',
        kind: 'rss',
        topics: [],
        trust: 3,
        fullText: false,
        enabled: true,
      },
    ]);
  });

  test('names a bad entry with its line and field, and keeps the others', () => {
    const text = `[
  { "url": "https://a.example/", "name": "A" },
  { "url": "https://b.example/", "name": "B",
    "language": "fr",
    "trust": 9, "colour": "red" },
  { "name": "C" },
  { "url": "ftp://d.example/", "name": "D" },
  { "url": "https://user:secret@e.example/", "name": "E" },
  7,
  { "url": "https://f.example/", "name": "F", "topics": ["breach", "weather"] },
  { "url": "https://A.example", "name": "A again" },
  { "url": "https://g.example/", "name": "A" }
]`;
    const { sources, problems } = parseCatalogue(text, 'feeds.json');
    expect(sources.map(({ url }) => url)).toEqual(['https://a.example/', 'https://g.example/']);
    expect(problems.map((problem) => problem.split(':').slice(0, 2).join(':'))).toEqual([
      'line 4: language',
      'line 5: trust',
      'line 5: colour',
      'line 6: url',
      'line 7: url',
      'line 8: url',
      'line 9: entry',
      'line 10: topics.1',
      'line 11: url',
      'line 12: name',
    ]);
    expect(problems[0]).toContain('“B” left out');
    expect(problems.join('\n')).not.toContain('secret');
  });

  test.each([
    ['line 3: no valid JSON (comma expected)', '[\n {"url":"https://a.example/"\n "name":"A"}\n]'],
    ['line 2: no valid JSON', '[\n'],
    ['must be a list of sources', '{"sources":[]}'],
  ])('that is no JSON list is refused: %s', (message, text) => {
    expect(() => parseCatalogue(text, 'feeds.json')).toThrow(
      `feeds.json ${message.startsWith('line') ? message : `line 1: ${message}`}`,
    );
  });

  test('that does not exist is refused in one line', async () => {
    await expect(loadCatalogue('/nowhere/feeds.json')).rejects.toMatchObject({
      name: 'UsageError',
      code: 'no-catalogue',
    });
  });
});

describe('editing a catalogue', () => {
  test('adds at the end and leaves the rest as written', async () => {
    const path = await writeCatalogue(WRITTEN);
    await addSource(path, SOURCE);
    const text = await readFile(path, 'utf8');
    expect(text.startsWith(WRITTEN.slice(0, WRITTEN.lastIndexOf('\n]')))).toBe(true);
    expect((await loadCatalogue(path)).sources[2]).toEqual(SOURCE);
  });

  test('removes by address, however it is spelt, and leaves the rest as written', async () => {
    const path = await writeCatalogue(WRITTEN);
    await removeSource(path, 'https://A.example/feed');
    const text = await readFile(path, 'utf8');
    expect(text).toContain('"url": "https://b.example/feed",   "name": "B"');
    expect((await loadCatalogue(path)).sources.map(({ name }) => name)).toEqual(['B']);
  });

  test('refuses to add what is there and to remove what is not', async () => {
    const path = await writeCatalogue(WRITTEN);
    await expect(
      addSource(path, { ...SOURCE, url: 'https://A.example/feed' }),
    ).rejects.toMatchObject({ code: 'known-source' });
    await expect(removeSource(path, SOURCE.url)).rejects.toMatchObject({ code: 'unknown-source' });
    expect(await readFile(path, 'utf8')).toBe(WRITTEN);
  });

  test('makes the file where there is none', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'rasid-feeds-')), 'feeds.json');
    expect(await addMissingSources(path, [SOURCE])).toBe(1);
    expect(await addMissingSources(path, [SOURCE])).toBe(0);
    expect((await loadCatalogue(path)).sources).toEqual([SOURCE]);
  });
});
