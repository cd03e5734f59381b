import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FeedError } from '../../src/domain/errors.ts';
import type { ParsedFeed } from '../../src/domain/feed.ts';
import { parseFeed } from '../../src/feeds/parse-feed.ts';

/** Feeds of publishers and of other parsers' test suites, kept beside the repository where it is developed. */
const FOLDER = new URL('../../../shared/feeds/', import.meta.url);
const isPresent = existsSync(new URL('manifest.jsonl', FOLDER));
if (!isPresent)
  console.log('skipped: ../shared/feeds is absent, so no collected feeds were parsed');

const NOW = new Date('2026-11-24T00:00:00Z');
const MIB = 1024 * 1024;

/** Matches reached; the rest are files whose count in the manifest disregards namespaces or comments, and one cut mid-title. */
const REACHED = 1979;

interface ManifestLine {
  file: string;
  items: number;
}

async function parseFile(name: string): Promise<ParsedFeed> {
  return parseFeed(readFileSync(new URL(name, FOLDER)), {
    url: 'https://feeds.example/',
    now: NOW,
  });
}

/** The number of items, or null for a refusal. Anything but a FeedError is a crash and fails the test. */
async function countItems(name: string): Promise<number | null> {
  try {
    return (await parseFile(name)).items.length;
  } catch (error) {
    if (error instanceof FeedError) return null;
    throw new Error(`${name} crashed the parser`, { cause: error });
  }
}

function suiteOf(suites: Map<string, { matched: number; of: number }>, file: string) {
  const name = file.split('/')[0] ?? file;
  const suite = suites.get(name) ?? { matched: 0, of: 0 };
  suites.set(name, suite);
  return suite;
}

function readManifest(): ManifestLine[] {
  const lines = readFileSync(new URL('manifest.jsonl', FOLDER), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as ManifestLine);
}

describe.skipIf(!isPresent)('collected feeds', () => {
  test('every file is parsed or refused, and the items are as many as were counted', async () => {
    const suites = new Map<string, { matched: number; of: number }>();
    const mismatches: string[] = [];
    let heaviest = 0;
    for (const { file, items } of readManifest()) {
      const before = process.memoryUsage.rss();
      const found = (await countItems(file)) ?? 0;
      heaviest = Math.max(heaviest, process.memoryUsage.rss() - before);
      if (file.endsWith('.json')) continue;
      const suite = suiteOf(suites, file);
      const isMatch = found === items;
      suite.of += 1;
      if (isMatch) suite.matched += 1;
      else mismatches.push(`${file}: ${found}, counted ${items}`);
    }
    const matched = [...suites.values()].reduce((sum, suite) => sum + suite.matched, 0);
    const lines = [...suites].map(([name, suite]) => `${name}: ${suite.matched} of ${suite.of}`);
    console.log(
      [...lines, `together: ${matched} of ${matched + mismatches.length}`, ...mismatches].join(
        '\n',
      ),
    );
    expect(matched).toBeGreaterThanOrEqual(REACHED);
    expect(mismatches.filter((line) => line.startsWith('publishers/'))).toEqual([]);
    expect(heaviest).toBeLessThan(300 * MIB);
  });

  test('hostile files do no harm', async () => {
    for (const name of readdirSync(new URL('constructed-hostile/', FOLDER))) {
      const before = process.memoryUsage.rss();
      const found = await countItems(`constructed-hostile/${name}`);
      expect(process.memoryUsage.rss() - before, name).toBeLessThan(300 * MIB);
      expect(found === null, name).toBe(name.endsWith('.html'));
    }
  });

  const variants = isPresent
    ? readdirSync(new URL('constructed-from-real-arabic/', FOLDER)).filter((name) =>
        name.endsWith('.xml'),
      )
    : [];

  test.each(variants)('Arabic reads right in %s', async (name) => {
    const expected = JSON.parse(
      readFileSync(
        new URL(`constructed-from-real-arabic/${name.split('_')[0]}_expected.json`, FOLDER),
        'utf8',
      ),
    ) as { title: string; url: string; date: string }[];
    const { items } = await parseFile(`constructed-from-real-arabic/${name}`);
    const isWhole = !name.includes('truncated');
    expect(items.length).toBeGreaterThanOrEqual(isWhole ? expected.length : 15);
    const known = expected.slice(0, items.length);
    expect(items.map(({ title }) => title)).toEqual(known.map(({ title }) => title));
    expect(items.map(({ url }) => url)).toEqual(known.map(({ url }) => url));
    if (name.includes('nodate') || !isWhole) return;
    expect(items.map(({ published }) => published)).toEqual(
      known.map(({ date }) => new Date(date)),
    );
  });
});
