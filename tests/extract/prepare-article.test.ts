import { describe, expect, it } from 'vitest';
import type { FeedItem } from '../../src/domain/feed.ts';
import { prepareArticle } from '../../src/extract/prepare-article.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const SOURCE = {
  name: 'Example Times – Tech',
  outlet: 'Example Times',
  url: 'https://times.example/rss',
};

const ITEM: FeedItem = {
  id: 'guid-1',
  title: 'Bank hacked',
  url: 'https://www.times.example/a/?utm_source=rss',
  published: new Date('2026-03-01T10:00:00Z'),
  summary: 'Hackers emptied accounts.',
  contentHtml: '',
  authors: ['  Ann\nLee '],
  categories: ['Tech', ' '],
  outlet: null,
};

const prepare = (change: Partial<FeedItem> = {}) =>
  prepareArticle({ ...ITEM, ...change }, SOURCE, NOW);

describe('an item of a feed', () => {
  it('becomes an article with one canonical address beside the one to open', () => {
    expect(prepare()).toEqual({
      itemId: 'guid-1',
      canonicalUrl: 'https://times.example/a',
      url: 'https://www.times.example/a/',
      title: 'Bank hacked',
      text: 'Hackers emptied accounts.',
      publishedAt: new Date('2026-03-01T10:00:00Z'),
      authors: ['Ann Lee'],
      categories: ['Tech'],
      outlet: 'Example Times',
    });
  });

  it('gives the longer of its content and its summary, cleaned', () => {
    const contentHtml =
      '<p>Hackers emptied accounts &amp; left.</p><p>Police know.</p><p>Read also: more</p>';
    expect(prepare({ contentHtml })?.text).toBe('Hackers emptied accounts & left.\nPolice know.');
    expect(prepare({ contentHtml: '<img src="x">' })?.text).toBe('Hackers emptied accounts.');
  });

  it.each([
    ['Bank hacked - Example Times', 'Bank hacked'],
    ['Bank hacked | EXAMPLE TIMES', 'Bank hacked'],
    ['Bank hacked – Example Times – Tech', 'Bank hacked – Example Times – Tech'],
    ['Bank hacked - police', 'Bank hacked - police'],
    ['Example Times', 'Example Times'],
    ['\u202eBank\u0000\n hacked ', 'Bank hacked'],
  ])('has its title without the outlet: %s', (title, clean) => {
    expect(prepare({ title })?.title).toBe(clean);
  });

  it('from an aggregator is named after the outlet that wrote it', () => {
    const article = prepare({ title: 'هجوم على بنك - الصحيفة', outlet: 'الصحيفة' });
    expect(article).toMatchObject({ title: 'هجوم على بنك', outlet: 'الصحيفة' });
  });

  it.each([
    ['Bank hacked\nPolice know.', 'Police know.'],
    ['Bank hacked: Police know.', 'Police know.'],
    ['Bank hacked by insiders, police say.', 'Bank hacked by insiders, police say.'],
    ['Bank hacked', ''],
  ])('does not tell its title twice: %s', (summary, text) => {
    expect(prepare({ summary })?.text).toBe(text);
  });

  it('loses the outlet’s own tag behind the place, and no other bracket', () => {
    const tagged = prepare({ summary: 'OSLO (Example Times) - Hackers came.' });
    expect(tagged?.text).toBe('OSLO - Hackers came.');
    const other = prepare({ summary: 'The gang (Grey Lantern) - came.' });
    expect(other?.text).toBe('The gang (Grey Lantern) - came.');
  });

  it('without address has a stable one of its own', () => {
    const [one, again, other] = [
      prepare({ url: null }),
      prepare({ url: null }),
      prepare({ url: null, id: '2' }),
    ];
    expect(one?.canonicalUrl).toMatch(/^urn:rasid:[0-9a-f]{64}$/u);
    expect(one?.url).toBe(one?.canonicalUrl);
    expect(again?.canonicalUrl).toBe(one?.canonicalUrl);
    expect(other?.canonicalUrl).not.toBe(one?.canonicalUrl);
  });

  it.each([
    ['missing', null],
    ['before the web', new Date('1970-01-01T00:00:00Z')],
    ['in the far future', new Date('2099-01-01T00:00:00Z')],
    ['impossible', new Date('nonsense')],
  ])('whose date is %s is dated now', (_what, published) => {
    expect(prepare({ published })?.publishedAt).toEqual(NOW);
  });

  it('dated some hours ahead keeps its date: clocks and zones differ', () => {
    const published = new Date('2026-03-01T20:00:00Z');
    expect(prepare({ published })?.publishedAt).toEqual(published);
  });

  it.each([
    ['neither title nor text', { title: ' \u200b', summary: '<p> </p>' }, null],
    ['only emoji', { title: '', summary: '🔥🔥' }, '🔥🔥'],
    ['one letter', { title: '', summary: 'x' }, 'x'],
  ])('with %s', (_what, change, text) => {
    expect(prepare(change)?.text ?? null).toBe(text);
  });

  it('of a megabyte is cut at the end of a sentence', () => {
    const text = prepare({ summary: 'وقال المتحدث إن الهجوم توقف. '.repeat(40_000) })?.text ?? '';
    expect(text.length).toBeLessThanOrEqual(20_000);
    expect(text.length).toBeGreaterThan(19_900);
    expect(text.endsWith('توقف.')).toBe(true);
  });

  it('of a megabyte without a full stop is cut without halving a character', () => {
    const text = prepare({ summary: `a${'😀'.repeat(300_000)}` })?.text ?? '';
    expect(text.length).toBe(19_999);
    expect(text).not.toMatch(/\p{Cs}/u);
  });
});
