import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calibrate } from '../../src/classify/calibrate.ts';
import { classifyArticle } from '../../src/classify/classify-article.ts';
import { TOPICS } from '../../src/domain/topic.ts';
import { parseHeads } from '../../src/models/heads.ts';

const shipped = parseHeads(
  JSON.parse(readFileSync('models/heads.json', 'utf8')),
  readFileSync('models/idf.bin'),
);
const heads = {
  ...shipped,
  cyber: {
    threshold: 0.5,
    calibration: { kind: 'piecewise' as const, logit: [-4, 0, 4], probability: [0.02, 0.5, 0.98] },
    ngrams: null,
  },
  topics: shipped.topics.map((topic) => ({ ...topic, threshold: 0.6, scale: 1, shift: 0 })),
};
const quiet = new Array<number>(14).fill(-9);

describe('calibration', () => {
  const curve = heads.cyber.calibration;
  test.each([
    [-9, 0.02],
    [-4, 0.02],
    [-2, 0.26],
    [0, 0.5],
    [2, 0.74],
    [9, 0.98],
  ])('of a logit of %d is %d: linear between points, constant outside', (logit, probability) => {
    expect(calibrate(logit, curve)).toBeCloseTo(probability, 6);
  });
});

describe('an article', () => {
  test('is cyber from the threshold on, with its topics in order', () => {
    const topicLogits = quiet.with(0, 1).with(2, 3).with(5, 0.3);
    const said = classifyArticle(
      { cyberLogit: 2, topicLogits },
      { language: 'en', heads, ngramLogit: null, title: '', text: '' },
    );
    expect(said.cyber).toEqual({ isCyber: true, score: expect.closeTo(0.74), threshold: 0.5 });
    expect(said.topics.map(({ topic }) => topic)).toEqual(['ransomware', 'breach']);
  });

  test('that is not cyber has no topics', () => {
    const topicLogits = quiet.with(0, 5);
    const said = classifyArticle(
      { cyberLogit: -2, topicLogits },
      { language: 'ar', heads, ngramLogit: null, title: '', text: '' },
    );
    expect(said.cyber.isCyber).toBe(false);
    expect(said.topics).toEqual([]);
  });

  test('in a third language is never called cyber, and scored without confidence', () => {
    const said = classifyArticle(
      { cyberLogit: 9, topicLogits: quiet },
      { language: 'other', heads, ngramLogit: null, title: '', text: '' },
    );
    expect(said.cyber.isCyber).toBe(false);
    expect(said.cyber.score).toBeLessThan(0.5);
  });

  test('is judged by the mean of encoder and n-grams where the heads say so', () => {
    const ngrams = { file: 'ngrams.bin', weight: 0.5, scale: 1, bias: 0, bodyCharacters: 1200 };
    const both = { ...heads, cyber: { ...heads.cyber, ngrams } };
    const encoded = { cyberLogit: 3, topicLogits: quiet };
    const said = classifyArticle(encoded, {
      language: 'en',
      heads: both,
      ngramLogit: -3,
      title: '',
      text: '',
    });
    expect(said.cyber.score).toBeCloseTo(0.5, 6);
  });

  test('read by a model without heads is refused with what to do about it', () => {
    const encoded = { cyberLogit: Number.NaN, topicLogits: [] };
    expect(() =>
      classifyArticle(encoded, { language: 'en', heads, ngramLogit: null, title: '', text: '' }),
    ).toThrow(/needs a model made by training/);
  });
});

test('words of a topic count beside the encoder where the rule says so', () => {
  const said = { title: 'برمجيات الفدية تشل مستشفى', text: 'طلب المهاجمون فدية كبيرة.' };
  const topics = TOPICS.map((name) => ({
    ...{ name, threshold: 0.5, scale: 1, shift: -2 },
    ...{ title: 3, body: 0 },
  }));
  const { topics: found } = classifyArticle(
    { cyberLogit: 9, topicLogits: TOPICS.map(() => 0) },
    { language: 'ar', heads: { ...heads, topics }, ngramLogit: null, ...said },
  );
  expect(found.map(({ topic }) => topic)).toEqual(['ransomware']);
});
