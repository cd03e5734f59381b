import { describe, expect, test } from 'vitest';
import { createArticleTokeniser } from '../../src/models/tokenise-article.ts';

/** Two tokens for a word, so that a cut may fall inside one. */
const tokenise = createArticleTokeniser((word) => [word.length + 10, word.length + 11], 16);

describe('an article as the encoder takes it', () => {
  test('is <s> title </s> body </s>', () => {
    const { ids } = tokenise({ title: 'a', sentences: ['bb'] });
    expect(ids).toEqual([0, 11, 12, 2, 12, 13, 2]);
  });

  test('without a title leaves both marks', () => {
    expect(tokenise({ title: '', sentences: ['a'] }).ids).toEqual([0, 2, 11, 12, 2]);
  });

  test('without anything is three marks', () => {
    expect(tokenise({ title: '', sentences: [] }).ids).toEqual([0, 2, 2]);
  });

  test('is cut to the limit, and its last token is still </s>', () => {
    const { ids, sentences } = tokenise({ title: 'a', sentences: ['b c', 'd e f g h', 'i'] });
    expect(ids).toHaveLength(16);
    expect(ids.at(-1)).toBe(2);
    expect(sentences.map(({ isWhole }) => isWhole)).toEqual([true, false]);
  });

  test('knows the tokens of each sentence and of each word', () => {
    const { sentences, words } = tokenise({ title: 'a', sentences: ['b c', 'd'] });
    expect(sentences).toEqual([
      { start: 4, end: 8, isWhole: true },
      { start: 8, end: 10, isWhole: true },
    ]);
    expect(words.map(({ text, sentence, start }) => [text, sentence, start])).toEqual([
      ['a', -1, 1],
      ['b', 0, 4],
      ['c', 0, 6],
      ['d', 1, 8],
    ]);
  });
});
