import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ngramsOf } from '../../src/classify/ngrams.ts';
import { pairFeatures } from '../../src/cluster/pair-features.ts';
import { termsOf } from '../../src/cluster/term-weights.ts';
import { NO_ENTITIES } from '../../src/domain/entity.ts';
import type { StoryArticle } from '../../src/domain/story.ts';
import { prepareForModel } from '../../src/language/normalise-arabic.ts';
import { splitSentences } from '../../src/language/split-sentences.ts';
import { createEncoder } from '../../src/models/encoder.ts';

const FILE = 'training/parity.json';
const isThere = existsSync(FILE);
if (!isThere) console.warn(`${FILE} is absent: the two sides are not compared`);

const schema = z.object({
  cases: z.array(
    z.object({
      title: z.string(),
      text: z.string(),
      cyberLogit: z.number(),
      ngramLogit: z.number(),
      terms: z.record(z.string(), z.number()),
      skeletons: z.array(z.string()),
    }),
  ),
  pairs: z.array(
    z.object({
      a: z.string(),
      b: z.string(),
      features: z.object({
        cosine: z.number(),
        cross: z.number(),
        words: z.number(),
        names: z.number(),
      }),
    }),
  ),
  pairTexts: z.array(
    z.object({ id: z.string(), lang: z.enum(['ar', 'en']), title: z.string(), text: z.string() }),
  ),
});

type Parity = z.infer<typeof schema>;

describe.skipIf(!isThere)('the program computes what the training side computed', () => {
  const encoder = createEncoder({ model: 'models' });
  let parity: Parity = { cases: [], pairs: [], pairTexts: [] };
  beforeAll(() => {
    parity = schema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
  });
  afterAll(() => encoder.close());

  const encode = (texts: { title: string; text: string }[]) =>
    encoder.encode(
      texts.map(({ title, text }) => ({
        title: prepareForModel(title),
        sentences: splitSentences(text).map(prepareForModel),
      })),
    );

  const article = (id: string, title: string, text: string): StoryArticle => ({
    id,
    title,
    opening: text,
    language: 'en',
    publishedAt: new Date(0),
    embedding: new Float32Array(),
    entities: NO_ENTITIES,
    topics: [],
  });

  test('the encoder: tokens, graph and cyber score', async () => {
    const encoded = await encode(parity.cases);
    for (const [i, { cyberLogit }] of parity.cases.entries()) {
      expect(Math.abs((encoded[i]?.cyberLogit ?? Number.NaN) - cyberLogit)).toBeLessThan(0.01);
    }
  });

  test('the n-gram model', () => {
    const ngrams = ngramsOf(encoder);
    for (const { title, text, ngramLogit } of ngrams ? parity.cases : []) {
      expect(ngrams?.(title, text)).toBeCloseTo(ngramLogit, 2);
    }
  });

  test('the words of a story, how rare they are, and how they sound', () => {
    for (const [i, { title, text, terms, skeletons }] of parity.cases.entries()) {
      const found = termsOf(article(String(i), title, text), encoder.heads.story.idf);
      expect(Object.fromEntries(found.weights)).toEqual(terms);
      expect([...found.skeletons.keys()].sort()).toEqual([...skeletons].sort());
    }
  });

  test('what two articles have in common', async () => {
    const encoded = await encode(parity.pairTexts);
    const articles = new Map(
      parity.pairTexts.map(({ id, lang, title, text }, i) => [
        id,
        {
          ...article(id, title, text),
          language: lang,
          embedding: encoded[i]?.embedding ?? new Float32Array(),
        },
      ]),
    );
    for (const { a, b, features } of parity.pairs) {
      const [first, second] = [articles.get(a), articles.get(b)];
      if (!first || !second) throw new Error(`${a} and ${b} must be among the texts`);
      const found = pairFeatures(first, second, encoder.heads.story.idf);
      for (const name of ['cosine', 'cross', 'words', 'names'] as const) {
        expect(found[name]).toBeCloseTo(features[name], 2);
      }
    }
  });
});
