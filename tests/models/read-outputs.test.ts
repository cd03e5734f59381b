import { describe, expect, test } from 'vitest';
import { readOutputs } from '../../src/models/read-outputs.ts';
import { createArticleTokeniser } from '../../src/models/tokenise-article.ts';

const TAGS = [
  'O',
  'B-ACTOR',
  'I-ACTOR',
  'B-ORGANISATION',
  'I-ORGANISATION',
  'B-PRODUCT',
  'I-PRODUCT',
  'B-MALWARE',
  'I-MALWARE',
] as const;
const tokenise = createArticleTokeniser((word) => [word.length], 64);

const NONE = { ACTOR: 0, ORGANISATION: 0, PRODUCT: 0, MALWARE: 0 };

/** Names read from words that have the given tags; words without one are O. */
function namesFrom(sentences: string[], tagOf: Record<string, (typeof TAGS)[number]>) {
  const article = tokenise({ title: '', sentences });
  const tags = new Float32Array(article.ids.length * TAGS.length);
  for (const word of article.words) {
    tags[word.start * TAGS.length + TAGS.indexOf(tagOf[word.text] ?? 'O')] = 5;
  }
  const hidden = new Float32Array(article.ids.length * 2).fill(1);
  const heads = {
    tags: [...TAGS],
    tagging: { outsideShift: 0, leastMargin: NONE },
    embeddingCentre: null,
  };
  return readOutputs({ hidden, tags }, article, heads).tags;
}

describe('names from tags', () => {
  test('join words whose tags go on', () => {
    const tags = { Lazarus: 'B-ACTOR', Group: 'I-ACTOR', Microsoft: 'B-ORGANISATION' } as const;
    expect(namesFrom(['Lazarus Group hit Microsoft'], tags)).toEqual([
      { kind: 'ACTOR', text: 'Lazarus Group', margin: 5 },
      { kind: 'ORGANISATION', text: 'Microsoft', margin: 5 },
    ]);
  });

  test('lose punctuation and the possessive, and end at a comma', () => {
    const tags = {
      '(Microsoft),': 'B-ORGANISATION',
      Google: 'I-ORGANISATION',
      "Apple's": 'B-ORGANISATION',
    } as const;
    expect(namesFrom(["(Microsoft), Google and Apple's"], tags).map(({ text }) => text)).toEqual([
      'Microsoft',
      'Google',
      'Apple',
    ]);
  });

  test('do not run on into the next sentence', () => {
    const tags = { Sony: 'B-ORGANISATION', Pictures: 'I-ORGANISATION' } as const;
    expect(namesFrom(['hit Sony', 'Pictures came'], tags)).toHaveLength(2);
  });
});

test('a model without heads gives the mean of its tokens as vector and no score', () => {
  const article = tokenise({ title: 'a', sentences: ['b'] });
  const hidden = Float32Array.from({ length: article.ids.length * 2 }, (_, i) =>
    i % 2 === 0 ? 3 : 4,
  );
  const encoded = readOutputs({ hidden }, article, null);
  expect(Array.from(encoded.embedding)).toEqual([expect.closeTo(0.6), expect.closeTo(0.8)]);
  expect(encoded.cyberLogit).toBeNaN();
});
