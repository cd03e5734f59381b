import { describe, expect, it } from 'vitest';
import { quietUntil } from '../../src/digest/quiet-hours.ts';

/** `22:00-07:00` */
function hours(text: string) {
  const [start = 0, end = 0] = text.split('-').map((part) => {
    const [hour = 0, minute = 0] = part.split(':').map(Number);
    return hour * 60 + minute;
  });
  return { startMinutes: start, endMinutes: end };
}

function until(text: string, zone: string, at: string): string | null {
  return quietUntil(hours(text), zone, new Date(at))?.toISOString().slice(0, 16) ?? null;
}

describe('quiet hours', () => {
  it.each([
    [
      'over midnight, in the evening',
      '22:00-07:00',
      'Asia/Riyadh',
      '2026-11-24T19:00Z',
      '2026-11-25T04:00',
    ],
    [
      'over midnight, in the morning',
      '22:00-07:00',
      'Asia/Riyadh',
      '2026-11-24T03:59Z',
      '2026-11-24T04:00',
    ],
    ['their end is not quiet', '22:00-07:00', 'Asia/Riyadh', '2026-11-24T04:00Z', null],
    ['the minute before they begin', '22:00-07:00', 'Asia/Riyadh', '2026-11-24T18:59Z', null],
    ['within a day', '12:00-14:00', 'UTC', '2026-11-24T13:00Z', '2026-11-24T14:00'],
    ['within a day, after', '12:00-14:00', 'UTC', '2026-11-24T14:00Z', null],
    ['all day', '08:00-08:00', 'UTC', '2026-11-24T07:59Z', '2026-11-24T08:00'],
    [
      'the clock goes forward in the night',
      '22:00-07:00',
      'Europe/Berlin',
      '2026-03-28T22:00Z',
      '2026-03-29T05:00',
    ],
    [
      'the clock goes back in the night',
      '22:00-07:00',
      'Europe/Berlin',
      '2026-10-24T21:00Z',
      '2026-10-25T06:00',
    ],
    [
      'an end that the clock skips',
      '22:00-02:30',
      'Europe/Berlin',
      '2026-03-29T00:59Z',
      '2026-03-29T01:00',
    ],
    [
      'after an end that the clock skips',
      '22:00-02:30',
      'Europe/Berlin',
      '2026-03-29T01:00Z',
      null,
    ],
    [
      'a start that the clock skips',
      '02:30-07:00',
      'Europe/Berlin',
      '2026-03-29T01:00Z',
      '2026-03-29T05:00',
    ],
    [
      'an end that the clock shows twice',
      '22:00-02:30',
      'Europe/Berlin',
      '2026-10-25T00:15Z',
      '2026-10-25T00:30',
    ],
    [
      'an end that the clock shows twice, the second time',
      '22:00-02:30',
      'Europe/Berlin',
      '2026-10-25T00:45Z',
      null,
    ],
    [
      'midnight that the clock skips',
      '20:00-00:00',
      'Africa/Cairo',
      '2026-04-23T20:00Z',
      '2026-04-23T22:00',
    ],
    [
      'a date that the zone left out',
      '22:00-07:00',
      'Pacific/Apia',
      '2011-12-30T09:00Z',
      '2011-12-30T17:00',
    ],
  ])('%s', (_what, text, zone, at, expected) => {
    expect(until(text, zone, at)).toBe(expected);
  });

  it('are none where none are set', () => {
    expect(quietUntil(null, 'UTC', new Date())).toBeNull();
  });
});
