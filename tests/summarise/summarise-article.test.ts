import { describe, expect, test } from 'vitest';
import { summariseArticle } from '../../src/summarise/summarise-article.ts';

const weights = { first: 1, logPosition: 0.5, redundancy: 2, gap: 3, salience: 1, coverage: 0 };
const rule = {
  kind: 'salience' as const,
  weights: { ar: { ...weights, gap: 0 }, en: weights },
  maxSentences: 3,
  maxCharacters: 400,
};

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
    };
    expect(summariseArticle(article, rule).text).toBe('A very long one.');
  });

  test('says what else the article keeps saying, where the rule asks for that', () => {
    const sentences = [
      'Hackers took the records of the clinic.',
      'The town has a clinic.',
      'Patients of the clinic were told that records are for sale.',
      'Records for sale name patients.',
    ];
    const encoded = sentences.map(() => ({ salience: 0, vector: Float32Array.of(1) }));
    const covering = { ...weights, salience: 0, redundancy: 0, logPosition: 0, coverage: 1 };
    const both = { ar: covering, en: covering };
    const found = summariseArticle(
      { sentences, encoded, language: 'en' },
      { ...rule, weights: both, maxSentences: 2 },
    );
    expect(found.sentences).toEqual([0, 2]);
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
