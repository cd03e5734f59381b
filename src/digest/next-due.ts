import { DateTime, IANAZone } from 'luxon';
import type { Subscription } from '../domain/subscription.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A weekly digest is at most seven days ahead, fourteen where a zone left that date out. */
const HORIZON_DAYS = 15;

/** Whether `name` is a zone of the IANA database that this machine knows; offsets such as `+03:00` are not zones. */
export function isTimeZone(name: string): boolean {
  return !/^[+-]/.test(name) && IANAZone.isValidZone(name);
}

/**
 * The first moment strictly after `after` at which the subscription is due; an instant one is due at once.
 * Hourly is each full hour of the local clock. A local time that the clock skips is due at the first moment after the
 * gap; one that the clock shows twice is due the first time only. A date that a zone left out altogether is left out.
 */
export function nextDue(
  subscription: Pick<Subscription, 'schedule' | 'atMinutes' | 'weekday' | 'timezone'>,
  after: Date,
): Date {
  if (subscription.schedule === 'instant') return after;
  const local = DateTime.fromJSDate(after, { zone: subscription.timezone });
  if (subscription.schedule === 'hourly') return nextFullHour(local);
  for (let day = -1; day <= HORIZON_DAYS; day += 1) {
    const date = DateTime.utc(local.year, local.month, local.day).plus({ days: day });
    if (subscription.schedule === 'weekly' && date.weekday !== subscription.weekday) continue;
    const due = localMoment(date, subscription.atMinutes, subscription.timezone);
    if (due !== null && due > after) return due;
  }
  throw new RangeError(`no due moment in zone ${subscription.timezone}`);
}

function nextFullHour(local: DateTime): Date {
  let candidate = toNextHour(local);
  // A zone that moves its clock by half an hour (Lord Howe) can land between two full hours.
  while (candidate.minute !== 0) candidate = toNextHour(candidate);
  return candidate.toJSDate();
}

/** Counts in elapsed time: setting the fields of a local time could pick the other of two equal hours. */
function toNextHour(local: DateTime): DateTime {
  const intoHour = local.minute * MINUTE_MS + local.second * 1000 + local.millisecond;
  return local.plus({ milliseconds: HOUR_MS - intoHour });
}

/** `minutes` after midnight of that calendar date on the zone's clock; null when the zone has no such date. */
export function localMoment(date: DateTime, minutes: number, zone: string): Date | null {
  const hour = Math.floor(minutes / 60);
  const fields = { year: date.year, month: date.month, day: date.day, hour, minute: minutes % 60 };
  const moment = DateTime.fromObject(fields, { zone });
  if (moment.hour === hour && moment.minute === minutes % 60 && moment.day === date.day) {
    return (moment.getPossibleOffsets()[0] ?? moment).toJSDate();
  }
  return endOfGap(moment);
}

/** `moment` is the time that luxon made of a skipped one: pushed on by the length of the gap. */
function endOfGap(moment: DateTime): Date | null {
  let before = moment.minus({ hours: 25 });
  let after = moment;
  if (before.offset === after.offset) return null;
  while (after.toMillis() - before.toMillis() > 1) {
    const middle = before.plus({
      milliseconds: Math.floor((after.toMillis() - before.toMillis()) / 2),
    });
    if (middle.offset === after.offset) after = middle;
    else before = middle;
  }
  const gapMinutes = after.offset - before.offset;
  return gapMinutes >= 24 * 60 ? null : after.toJSDate();
}
