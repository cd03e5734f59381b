import { expect, it } from 'vitest';
import { articleLines } from '../../src/pipeline/step-log.ts';

it('a line names a hundred articles at most, and all of them are named', () => {
  const ids = Array.from({ length: 230 }, (_, index) => String(index));
  const lines = articleLines(ids, { digest: '7' }) as { article: string[]; continued?: true }[];
  expect(lines.map(({ article }) => article.length)).toEqual([100, 100, 30]);
  expect(lines.flatMap(({ article }) => article)).toEqual(ids);
  expect(lines.map(({ continued }) => continued)).toEqual([undefined, true, true]);
  expect(articleLines([], { digest: '7' })).toEqual([{ digest: '7', article: [] }]);
});
