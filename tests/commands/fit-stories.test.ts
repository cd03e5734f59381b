import { expect, test } from 'vitest';
import { fitLogistic } from '../../src/commands/evaluation/fit-logistic.ts';
import {
  renamed,
  type StoryExample,
  shortened,
} from '../../src/commands/evaluation/story-examples.ts';
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

test('what is known already is not found a second time', () => {
  const examples = [0, 1, 2, 3].flatMap((i) => [
    { features: [i], is: true, weight: 1 / 8, offset: 3 },
    { features: [i], is: false, weight: 1 / 8, offset: -3 },
  ]);
  const [bias = 1, idle = 1] = fitLogistic(examples, 1e-3);
  expect(bias).toBeCloseTo(0, 6);
  expect(idle).toBeCloseTo(0, 6);
});

const idf = new Uint8Array(65_536).fill(112);

function told(id: string, title: string, parts: Partial<StoryExample> & { day?: number } = {}) {
  const { day = 1, ...rest } = parts;
  const example: StoryExample = {
    ...{ id, title, text: '', date: '', part: 'train', event: null, family: null, madeFrom: null },
    ...rest,
  };
  const article: StoryArticle = {
    ...{ id, title, language: 'en', opening: '', entities: NO_ENTITIES, topics: [] },
    publishedAt: new Date(Date.UTC(2025, 0, day)),
    embedding: Float32Array.from([0.5, 0]),
  };
  return { article, example };
}

test('pairs with other stories of the same days count as two stories, unless they may be one', () => {
  const pairs = storyPairs(
    [
      told('a', 'Harrods data stolen', { event: 'HARRODS' }),
      told('b', 'Data of Harrods customers stolen', { event: 'HARRODS', day: 2 }),
      told('c', 'Botnet of cameras taken down', { day: 3 }),
      told('d', 'Harrods data stolen again', { day: 3 }),
      told('e', 'Bank robbed online', { day: 90 }),
    ],
    idf,
  );
  // a–b is one story; c with a and b are two; d may be the same as a and b; e is far from all.
  expect(pairs.map(({ is }) => is)).toEqual([true, false, false]);
});

test('an incident is another story than one of its kind, and than itself told of another victim', () => {
  const port = {
    ...told('p', 'Ransomware halts Najma port', { event: 'port-1', family: 'port' }).example,
    text: 'Cranes of Najma stopped on Tuesday. The Valdmar authority refused to pay 600 dollars.',
  };
  const [double] = renamed(port, 1, idf);
  expect(double?.text).toMatch(/^Cranes of \w+ stopped on Tuesday\. The \w+ authority refused/u);
  expect(`${double?.title}${double?.text}`).not.toMatch(/Najma|Valdmar|600/u);
  const [short] = shortened(port);
  expect(short?.text).toBe('The Valdmar authority refused to pay 600 dollars.');
  const pairs = storyPairs(
    [
      told('p', port.title, port),
      told('q', 'Ransomware halts Kalmera port', { event: 'port-2', family: 'port' }),
      ...[double, short].flatMap((made) => (made ? [told(made.id, made.title, made)] : [])),
    ],
    idf,
  );
  // p–q and p–double are two stories, p–short is one; nothing that was made is compared with q.
  expect(pairs.map(({ is }) => is)).toEqual([false, false, true]);
});
