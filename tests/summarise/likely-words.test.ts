import { describe, expect, test } from 'vitest';
import { createExpectedRouge, readGrams } from '../../src/summarise/likely-words.ts';

const rarity = (word: string) => word.length;
const none = [0, 0, 0, 0, 0, 0, 0];

describe('a word of an article', () => {
  test('is known by where it first stands, how often it comes again and how rare it is', () => {
    const { words, lengths } = readGrams(['The mail.', 'Mail, mail and more.', 'End.'], rarity);
    expect(words.found.find(({ text }) => text === 'mail')?.features).toEqual([
      ...[Math.log(1), 1, Math.log(2), 2 / 3],
      ...[4, 16],
    ]);
    expect(words.found.find(({ text }) => text === 'end')?.features.slice(0, 2)).toEqual([
      Math.log(3),
      0,
    ]);
    expect(lengths).toEqual([2, 4, 1]);
  });

  test('and its neighbour are a pair within a sentence, and not across', () => {
    const { pairs } = readGrams(['The mail.', 'Mail and more.'], rarity);
    expect(pairs.found.map(({ text }) => text)).toEqual(['the mail', 'mail and', 'and more']);
    expect(pairs.found[0]?.features.slice(4)).toEqual([3, 4]);
  });
});

describe('what is expected of some sentences', () => {
  const model = { words: [0, ...none.slice(1)], pairs: [-99, ...none.slice(1)], length: 4 };
  const sentences = ['Hackers took mail.', 'Hackers took gold.', 'Hackers took mail.'];

  test('is the overlap with a summary that has each word as its weights say', () => {
    const expected = createExpectedRouge(sentences, model, rarity);
    expect(expected([0])).toBeCloseTo((2 * 2 * 3 * 0.5) / (3 + 4));
  });

  test('counts a word that two of them have once, and the length of both', () => {
    const expected = createExpectedRouge(sentences, model, rarity);
    expect(expected([0, 1])).toBeCloseTo((2 * 2 * 4 * 0.5) / (6 + 4));
    expect(expected([0, 2])).toBeLessThan(expected([0]));
  });

  test('of a sentence without words is nothing', () => {
    expect(createExpectedRouge(['…'], model, rarity)([0])).toBe(0);
  });
});
