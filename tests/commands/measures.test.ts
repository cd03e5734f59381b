import { describe, expect, test } from 'vitest';
import {
  bCubed,
  bCubedItems,
  bootstrap,
  calibrationError,
  countAnswers,
  scoresOf,
} from '../../src/commands/evaluation/measures.ts';
import { rouge } from '../../src/commands/evaluation/rouge.ts';
import { partOf } from '../../src/commands/evaluation/split.ts';

describe('the measures', () => {
  test('count precision, recall and F1', () => {
    const answers = [
      { said: true, is: true },
      { said: true, is: false },
      { said: false, is: true },
      { said: true, is: true },
    ];
    const scores = scoresOf(countAnswers(answers));
    expect(scores).toEqual({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 });
  });

  test('B-cubed of the right clustering is 1, of singletons a full precision and poor recall', () => {
    const right = ['x', 'x', 'y'].map((is) => ({ found: is, is }));
    expect(bCubed(bCubedItems(right)).f1).toBe(1);
    const alone = ['x', 'x', 'y'].map((is, i) => ({ found: String(i), is }));
    expect(bCubed(bCubedItems(alone))).toMatchObject({ precision: 1, recall: 2 / 3 });
  });

  test('calibration error is 0 where half of what is scored 0.5 is true, and 0.5 where all is', () => {
    const scored = (is: boolean[]) => is.map((one) => ({ score: 0.5, is: one }));
    expect(calibrationError(scored([true, false]))).toBe(0);
    expect(calibrationError(scored([true, true]))).toBe(0.5);
  });

  test('the bootstrap gives the same interval each time, around the figure', () => {
    const values = Array.from({ length: 50 }, (_, i) => i);
    const average = (sample: number[]) => sample.reduce((a, b) => a + b, 0) / sample.length;
    const [low, high] = bootstrap(values, average);
    expect([low, high]).toEqual(bootstrap(values, average));
    expect(low).toBeLessThan(24.5);
    expect(high).toBeGreaterThan(24.5);
  });
});

describe('ROUGE', () => {
  test('of the same words is 1 whatever the alef, and of others 0', () => {
    expect(rouge('أعلنت الشركة', 'اعلنت الشركة.')).toEqual({ r1: 1, r2: 1, rl: 1 });
    expect(rouge('a b', 'c d')).toEqual({ r1: 0, r2: 0, rl: 0 });
  });

  test('counts words, pairs, and the longest run in order', () => {
    expect(rouge('the cat sat', 'the sat cat')).toEqual({
      r1: 1,
      r2: 0,
      rl: expect.closeTo(2 / 3),
    });
  });
});

describe('the split', () => {
  const row = { lang: 'en' as const, label: undefined, text: '', summary: '', date: '', file: '' };

  test('keeps an event whole, with and without its year', () => {
    const events = new Map([
      ['1', 'MNS_2025'],
      ['2', 'MNS'],
    ]);
    const partOfId = (id: string) => partOf({ ...row, id, title: id }, events);
    expect(partOfId('1')).toBe(partOfId('2'));
  });

  test('keeps rows that begin alike together', () => {
    const titled = (title: string, id: string) => partOf({ ...row, id, title }, new Map());
    const opening = 'Hackers steal the data of a big hospital';
    expect(titled(`${opening} again`, '1')).toBe(titled(`${opening}, says the police`, '2'));
  });
});
