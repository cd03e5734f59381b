import { DateTime } from 'luxon';
import type { QuietHours } from '../domain/subscription.ts';
import { localMoment } from './next-due.ts';

/**
 * The moment at which the quiet hours that `at` falls in end; null when it falls in none. They begin and end by the local clock:
 * a night on which the clock is moved is an hour longer or shorter, a time that the clock skips counts as the first moment after
 * the gap, and one that it shows twice as the first.
 */
export function quietUntil(quietHours: QuietHours | null, timezone: string, at: Date): Date | null {
  if (quietHours === null) return null;
  const { startMinutes, endMinutes } = quietHours;
  const nights = endMinutes > startMinutes ? 0 : 1;
  const local = DateTime.fromJSDate(at, { zone: timezone });
  // Those that began yesterday may still last.
  for (const daysAgo of [1, 0]) {
    const date = DateTime.utc(local.year, local.month, local.day).minus({ days: daysAgo });
    const start = localMoment(date, startMinutes, timezone);
    const end = firstMoment(date.plus({ days: nights }), endMinutes, timezone);
    if (start !== null && start <= at && at < end) return end;
  }
  return null;
}

/** A zone that left out the date (Samoa, 30 December 2011) ends them a day later. */
function firstMoment(date: DateTime, minutes: number, timezone: string): Date {
  const moment = localMoment(date, minutes, timezone);
  return moment ?? firstMoment(date.plus({ days: 1 }), minutes, timezone);
}
