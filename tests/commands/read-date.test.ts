import { expect, test } from 'vitest';
import { readDate } from '../../src/commands/read-date.ts';

test.each([
  ['2018_10_09', '2018-10-09T00:00:00.000Z'],
  ['2025-09', '2025-09-15T00:00:00.000Z'],
  ['2025-09-26T22:54:48', '2025-09-26T22:54:48.000Z'],
  ['Wed, 06 Jun 2018 05:04:33 GMT', '2018-06-06T05:04:33.000Z'],
])('%s is read as %s', (written, date) => {
  expect(readDate(written)?.toISOString()).toBe(date);
});

test('what is no date is none', () => {
  expect([readDate('yesterday'), readDate(''), readDate(null)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
