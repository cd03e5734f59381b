import { describe, expect, it } from 'vitest';
import { parseSince } from '../../src/commands/search.ts';
import { UsageError } from '../../src/domain/errors.ts';

const NOW = new Date('2026-11-24T12:00:00Z');

describe('rasid search --since', () => {
  it.each([
    ['7d', '2026-11-17T12:00:00Z'],
    ['12h', '2026-11-24T00:00:00Z'],
    ['30m', '2026-11-24T11:30:00Z'],
  ])('takes %s', (text, since) => {
    expect(parseSince(text, NOW)).toEqual(new Date(since));
  });

  it.each(['', 'week', '7', '7 d', '-1d', '7w', '999999d'])(
    'says what it may be when it is "%s"',
    (text) => {
      expect(() => parseSince(text, NOW)).toThrow(UsageError);
      expect(() => parseSince(text, NOW)).toThrow(/such as 7d/);
    },
  );
});
