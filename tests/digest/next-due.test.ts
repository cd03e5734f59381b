import { describe, expect, it } from 'vitest';
import { isTimeZone, nextDue } from '../../src/digest/next-due.ts';
import type { Schedule } from '../../src/domain/subscription.ts';

function due(schedule: Schedule, at: string, timezone: string, after: string, weekday = 1): string {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const atMinutes = hours * 60 + minutes;
  return nextDue({ schedule, atMinutes, weekday, timezone }, new Date(after)).toISOString();
}

describe('a daily digest', () => {
  it.each([
    ['08:00', 'Asia/Riyadh', '2026-11-24T04:59:59Z', '2026-11-24T05:00:00.000Z', 'later today'],
    ['08:00', 'Asia/Riyadh', '2026-11-24T05:00:00Z', '2026-11-25T05:00:00.000Z', 'not twice today'],
    ['00:30', 'Asia/Riyadh', '2026-11-24T21:00:00Z', '2026-11-24T21:30:00.000Z', 'local date'],
    ['23:59', 'America/Los_Angeles', '2026-01-01T00:00:00Z', '2026-01-01T07:59:00.000Z', 'west'],
    ['00:00', 'Pacific/Kiritimati', '2026-01-01T00:00:00Z', '2026-01-01T10:00:00.000Z', 'UTC+14'],
    ['07:45', 'Asia/Kathmandu', '2026-01-01T00:00:00Z', '2026-01-01T02:00:00.000Z', 'UTC+5:45'],
    ['08:00', 'UTC', '2026-12-31T09:00:00Z', '2027-01-01T08:00:00.000Z', 'over the year'],
    ['08:00', 'UTC', '2028-02-28T09:00:00Z', '2028-02-29T08:00:00.000Z', 'leap day'],
  ])('at %s in %s after %s is due %s (%s)', (at, zone, after, expected) => {
    expect(due('daily', at, zone, after)).toBe(expected);
  });

  it.each([
    ['02:30', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['02:00', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['02:30', 'America/New_York', '2026-03-07T12:00:00Z', '2026-03-08T07:00:00.000Z'],
    ['00:30', 'Africa/Cairo', '2026-04-23T12:00:00Z', '2026-04-23T22:00:00.000Z'],
    ['00:15', 'Asia/Beirut', '2026-03-28T12:00:00Z', '2026-03-28T22:00:00.000Z'],
    ['00:00', 'America/Sao_Paulo', '2018-11-03T12:00:00Z', '2018-11-04T03:00:00.000Z'],
    ['02:15', 'Australia/Lord_Howe', '2026-10-03T12:45:00Z', '2026-10-03T15:30:00.000Z'],
  ])(
    'at %s, which %s skips, comes at the first moment after the gap',
    (at, zone, after, expected) => {
      expect(due('daily', at, zone, after)).toBe(expected);
    },
  );

  it.each([
    [
      '02:30',
      'Europe/Berlin',
      '2026-10-24T12:00:00Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ],
    [
      '01:30',
      'America/New_York',
      '2026-10-31T12:00:00Z',
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ],
    [
      '01:45',
      'Australia/Lord_Howe',
      '2026-04-04T12:00:00Z',
      '2026-04-04T14:45:00.000Z',
      '2026-04-05T15:15:00.000Z',
    ],
    [
      '23:30',
      'Africa/Cairo',
      '2026-10-29T12:00:00Z',
      '2026-10-29T20:30:00.000Z',
      '2026-10-30T21:30:00.000Z',
    ],
  ])('at %s, which %s shows twice, comes once', (at, zone, after, first, second) => {
    expect(due('daily', at, zone, after)).toBe(first);
    expect(due('daily', at, zone, first)).toBe(second);
    const betweenTheTwo = new Date(new Date(first).getTime() + 20 * 60_000).toISOString();
    expect(due('daily', at, zone, betweenTheTwo)).toBe(second);
  });

  it('leaves out a date that a zone never had', () => {
    expect(due('daily', '08:00', 'Pacific/Apia', '2011-12-29T20:00:00Z')).toBe(
      '2011-12-30T18:00:00.000Z',
    );
  });

  it('comes once for each local date of a year, in zones with and without changes of clock', () => {
    for (const zone of ['Europe/Berlin', 'Africa/Cairo', 'Asia/Riyadh', 'Australia/Lord_Howe']) {
      let moment = new Date('2025-12-31T23:59:59Z');
      let count = 0;
      const end = new Date('2026-12-31T23:59:59Z');
      while (moment < end) {
        const next = nextDue(
          { schedule: 'daily', atMinutes: 150, weekday: 1, timezone: zone },
          moment,
        );
        expect(next.getTime()).toBeGreaterThan(moment.getTime());
        moment = next;
        count += 1;
      }
      expect(count, zone).toBe(366);
    }
  });
});

describe('a weekly digest', () => {
  it.each([
    ['08:00', 'Asia/Riyadh', '2026-11-24T05:00:00Z', 2, '2026-12-01T05:00:00.000Z'],
    ['08:00', 'Asia/Riyadh', '2026-11-24T04:00:00Z', 2, '2026-11-24T05:00:00.000Z'],
    ['00:10', 'Asia/Riyadh', '2026-11-21T20:00:00Z', 7, '2026-11-21T21:10:00.000Z'],
    ['09:00', 'Europe/Berlin', '2026-10-24T12:00:00Z', 7, '2026-10-25T08:00:00.000Z'],
    ['02:30', 'Europe/Berlin', '2026-03-23T12:00:00Z', 7, '2026-03-29T01:00:00.000Z'],
    ['12:00', 'Pacific/Apia', '2011-12-24T00:00:00Z', 5, '2012-01-05T22:00:00.000Z'],
  ])('at %s in %s after %s on weekday %i is due %s', (at, zone, after, weekday, expected) => {
    expect(due('weekly', at, zone, after, weekday)).toBe(expected);
  });
});

describe('an hourly digest', () => {
  it.each([
    ['UTC', '2026-11-24T05:00:00Z', '2026-11-24T06:00:00.000Z'],
    ['UTC', '2026-11-24T05:59:59.999Z', '2026-11-24T06:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-24T05:00:00Z', '2026-11-24T05:15:00.000Z'],
    ['Europe/Berlin', '2026-10-25T00:00:00Z', '2026-10-25T01:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29T00:30:00Z', '2026-03-29T01:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-04T14:45:00Z', '2026-04-04T15:30:00.000Z'],
  ])('in %s after %s comes at the next full hour, %s', (zone, after, expected) => {
    expect(due('hourly', '00:00', zone, after)).toBe(expected);
  });
});

it('an instant subscription is due at once', () => {
  expect(due('instant', '08:00', 'Asia/Riyadh', '2026-11-24T05:00:01Z')).toBe(
    '2026-11-24T05:00:01.000Z',
  );
});

describe('a time zone', () => {
  it.each(['Asia/Riyadh', 'Africa/Cairo', 'UTC', 'America/Argentina/Buenos_Aires'])(
    '%s is known',
    (zone) => {
      expect(isTimeZone(zone)).toBe(true);
    },
  );
  it.each(['Asia/Ryadh', '', '+03:00', 'الرياض', 'Mars/Olympus', 'Asia/Riyadh; drop'])(
    '%s is refused',
    (zone) => {
      expect(isTimeZone(zone)).toBe(false);
    },
  );
});
