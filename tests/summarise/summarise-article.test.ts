import { describe, expect, test } from 'vitest';
import { summariseArticle } from '../../src/summarise/summarise-article.ts';

const weights = { first: 1, logPosition: 0.5, redundancy: 2, gap: 3 };
const rule = {
  kind: 'salience' as const,
  weights: { ar: { ...weights, gap: 0 }, en: weights },
  likelyWords: {},
  maxSentences: 3,
  maxCharacters: 400,
};

const rarity = () => 5;

/** An article of sentences, each with its salience; the vector says which sentences say the same. */
function summarise(
  sentences: [text: string, salience: number, about: number][],
  language: 'ar' | 'en' = 'en',
) {
  return summariseArticle(
    {
      sentences: sentences.map(([text]) => text),
      encoded: sentences.map(([, salience, about]) => ({
        salience,
        vector: Float32Array.from([Math.cos(about), Math.sin(about)]),
      })),
      language,
      rarity,
    },
    rule,
  );
}

describe('a summary', () => {
  test('is the most salient sentence and what else matters, in the order of the article', () => {
    const summary = summarise([
      ['The weather was fine.', -3, 0],
      ['Hackers took 60,000 messages.', 2, 1.5],
      ['Nine accounts were in Asia.', 4, 3],
    ]);
    expect(summary).toEqual({
      text: 'Hackers took 60,000 messages. Nine accounts were in Asia.',
      sentences: [1, 2],
    });
  });

  test('does not say one thing twice', () => {
    const { sentences } = summarise([
      ['Hackers took messages.', 3, 0],
      ['Messages were taken by hackers.', 2.5, 0.05],
      ['Nine accounts were in Asia.', 2, 1.6],
    ]);
    expect(sentences).toEqual([0, 2]);
  });

  test('has the length that its language likes', () => {
    const sentences: [string, number, number][] = [
      ['سرق قراصنة الرسائل.', 3, 0],
      ['كانت تسعة حسابات في آسيا.', 2, 1.6],
    ];
    expect(summarise(sentences, 'ar').sentences).toEqual([0]);
    expect(summarise(sentences, 'en').sentences).toEqual([0, 1]);
  });

  test('is never longer than an embed shows, and ends at a clause or a word', () => {
    const { text } = summarise([
      [`Hackers took mail, ${'and they took more of it '.repeat(30)}`, 1, 0],
    ]);
    expect(text.length).toBeLessThanOrEqual(400);
    expect(text).toMatch(/(?:and|they|took|more|of|it)…$/);
  });

  test('of one sentence is that sentence', () => {
    expect(summarise([['Hackers took mail.', -9, 0]])).toEqual({
      text: 'Hackers took mail.',
      sentences: [0],
    });
  });

  test('of nothing is empty', () => {
    expect(summarise([])).toEqual({ text: '', sentences: [] });
  });

  test('is the first sentence when none fits the window of the encoder', () => {
    const article = {
      sentences: ['A very long one.', 'Another.'],
      encoded: [],
      language: 'en' as const,
      rarity,
    };
    expect(summariseArticle(article, rule).text).toBe('A very long one.');
  });

  test('takes a long sentence without its asides when only so it fits', () => {
    const first = `Hackers took ${'mail '.repeat(67)}today.`;
    const found = summarise([
      [first, 4, 0],
      ['The firm shut its site and its shops, which angered clients.', 3, 1.6],
    ]);
    expect(found.text).toBe(`${first} The firm shut its site and its shops.`);
  });

  test('never cuts a character in two', () => {
    const { text } = summarise([['😀'.repeat(300), 1, 0]]);
    expect(text).toBe(`${'😀'.repeat(199)}…`);
  });
});

describe('a summary by the words that people would use', () => {
  /** What comes early and comes again is likely. */
  const again = { words: [-3, -0.5, 0, 3, 0, 0, 0], pairs: [-6, -1, 0, 2, 0, 0, 0], length: 60 };

  function likely(sentences: string[], maxCharacters = 400) {
    return summariseArticle(
      { sentences, encoded: [], language: 'en', rarity },
      { ...rule, likelyWords: { en: again }, maxCharacters },
    );
  }

  test('says what else the article keeps saying, not what it says once', () => {
    const { sentences } = likely(
      [
        'Hackers took the records of the clinic.',
        'A museum elsewhere opens on Monday with music by young players from abroad.',
        'Patients of the clinic were told that records are for sale.',
        'Records for sale name patients.',
      ],
      120,
    );
    expect(sentences).toContain(2);
    expect(sentences).not.toContain(1);
  });

  test('does not say one thing twice', () => {
    const { sentences } = likely(
      [
        'Hackers took the records of the clinic.',
        'Hackers took the records of the clinic.',
        'Patients were told of it on Monday.',
        'Patients were told of it by letter.',
      ],
      75,
    );
    expect(sentences).toEqual([0, 2]);
  });

  test('has at most three sentences and the room of an embed', () => {
    const wordsFrom = (i: number) => [0, 1, 2, 3, 4].map((k) => `clinic${i + k}`).join(' ');
    const many = Array.from({ length: 30 }, (_, i) => `Hackers left ${wordsFrom(i)}.`);
    expect(likely(many).sentences).toHaveLength(3);
    const long = many.map((text) => text.repeat(6));
    expect(likely(long).text.length).toBeLessThanOrEqual(400);
  });

  test('has none of the page’s own lines', () => {
    const { sentences } = likely([
      'Scroll down for video.',
      'Hackers took the records of the clinic.',
      'Scroll down for video.',
    ]);
    expect(sentences).toEqual([1]);
  });

  test('of a page’s own lines alone, or of one sentence, is the first', () => {
    expect(likely(['Scroll down for video.']).text).toBe('Scroll down for video.');
    expect(likely(['Hackers took mail.']).sentences).toEqual([0]);
  });

  test('never cuts a character in two', () => {
    expect(likely(['😀'.repeat(300)]).text).toBe(`${'😀'.repeat(199)}…`);
  });

  test('is not asked for in a language whose words it has not learnt', () => {
    const article = { encoded: [], language: 'ar' as const, rarity };
    const sentences = ['سرق قراصنة الرسائل.', 'سرق قراصنة سجلات العيادة.'];
    const learnt = { ...rule, likelyWords: { en: again } };
    expect(summariseArticle({ ...article, sentences }, learnt).sentences).toEqual([0]);
  });
});
