import { expect, test } from 'vitest';
import { fitLogistic } from '../../src/commands/evaluation/fit-logistic.ts';
import { storyPairs } from '../../src/commands/evaluation/story-pairs.ts';
import { NO_ENTITIES } from '../../src/domain/entity.ts';
import type { StoryArticle } from '../../src/domain/story.ts';

test('the fit tells what decides from what does not', () => {
  const examples = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({
    features: [i % 2, i < 4 ? 1 : 0],
    is: i % 2 === 1,
    weight: 1 / 8,
  }));
  const [bias = 0, deciding = 0, idle = 0] = fitLogistic(examples, 1e-3);
  expect(bias).toBeLessThan(-1);
  expect(deciding).toBeGreaterThan(2);
  expect(idle).toBeCloseTo(0, 6);
});

test('pairs with other stories of the same days count as two stories, unless they may be one', () => {
  const idf = new Uint8Array(65_536).fill(112);
  const article = (id: string, title: string, day: number): StoryArticle => ({
    id,
    title,
    language: 'en',
    opening: '',
    publishedAt: new Date(Date.UTC(2025, 0, day)),
    embedding: Float32Array.from([1, 0]).with(0, 0.5),
    entities: NO_ENTITIES,
    topics: [],
  });
  const pairs = storyPairs(
    [
      { article: article('a', 'Harrods data stolen', 1), event: 'HARRODS' },
      { article: article('b', 'Data of Harrods customers stolen', 2), event: 'HARRODS' },
      { article: article('c', 'Botnet of cameras taken down', 3), event: null },
      { article: article('d', 'Harrods data stolen again', 3), event: null },
      { article: article('e', 'Bank robbed online', 90), event: null },
    ],
    idf,
  );
  // a–b is one story; c with a, b and d are two; d may be the same as a and b; e is far from all.
  expect(pairs.map(({ is }) => is)).toEqual([true, false, false, false]);
});
