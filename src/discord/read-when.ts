import { UsageError } from '../domain/errors.ts';
import {
  EIGHT_O_CLOCK,
  type NewSubscription,
  SCHEDULES,
  type Schedule,
  SUNDAY,
} from '../domain/subscription.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import { ar } from './messages/ar.ts';
import { en, type Messages } from './messages/en.ts';
import { formatMinutes, readTime, readTimezone } from './read-options.ts';

type When = Pick<NewSubscription, 'schedule' | 'atMinutes' | 'weekday' | 'timezone'>;
type Weekday = keyof Messages['weekday'];

const WEEKDAYS: Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** `Weekly Sunday 08:00 Asia/Riyadh`: what `readWhen` reads. */
export function formatWhen(when: When, messages: Messages): string {
  const name = messages.schedule[when.schedule];
  if (when.schedule === 'instant') return name;
  if (when.schedule === 'hourly') return `${name} ${when.timezone}`;
  const time = formatMinutes(when.atMinutes);
  const day = WEEKDAYS.find((weekday) => weekday === when.weekday) ?? SUNDAY;
  const days = when.schedule === 'weekly' ? [messages.weekday[day]] : [];
  return [name, ...days, time, when.timezone].join(' ');
}

/**
 * Reads schedule, day, time and zone in this order, in either language; day, time and zone may be left out.
 * @throws UsageError with the place of what is not understood
 */
export function readWhen(text: string, timezone: string, messages: Messages): When {
  const whole = text.trim();
  const schedule = leading(whole, SCHEDULES, scheduleNames);
  if (schedule === null) throw notUnderstood(whole, whole, messages);
  let rest = schedule.rest;
  const when: When = {
    schedule: schedule.key,
    atMinutes: EIGHT_O_CLOCK,
    weekday: SUNDAY,
    timezone,
  };
  const day = leading(rest, WEEKDAYS, weekdayNames);
  if (day !== null && when.schedule === 'weekly') {
    when.weekday = day.key;
    rest = day.rest;
  }
  const [word = ''] = rest.split(/\s+/);
  if (/^\d/.test(normaliseForMatching(word)) && !isSpan(when.schedule)) {
    when.atMinutes = at(whole, rest, messages, () => readTime(word, messages));
    rest = rest.slice(word.length).trim();
  }
  if (rest !== '') when.timezone = at(whole, rest, messages, () => readTimezone(rest, messages));
  return when;
}

function isSpan(schedule: Schedule): boolean {
  return schedule === 'instant' || schedule === 'hourly';
}

function scheduleNames(schedule: Schedule): string[] {
  return [schedule, en.schedule[schedule], ar.schedule[schedule]];
}

function weekdayNames(day: Weekday): string[] {
  return [en.weekday[day], ar.weekday[day], ar.weekday[day].replace(/^ال/, '')];
}

/** The key that the text begins with, and what follows it. */
function leading<Key>(text: string, keys: readonly Key[], namesOf: (key: Key) => string[]) {
  const words = text.split(/\s+/);
  for (const key of keys) {
    for (const name of namesOf(key)) {
      const length = name.split(' ').length;
      const start = words.slice(0, length).join(' ');
      if (normaliseForMatching(start) === normaliseForMatching(name)) {
        return { key, rest: words.slice(length).join(' ') };
      }
    }
  }
  return null;
}

function at<T>(whole: string, rest: string, messages: Messages, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw notUnderstood(whole, rest, messages, error);
  }
}

function notUnderstood(whole: string, rest: string, messages: Messages, cause?: unknown) {
  const position = [...whole.slice(0, whole.length - rest.length)].length + 1;
  return new UsageError('bad-when', messages.form.badWhen(rest, position), { cause });
}
