import { formatDistance } from '../digest/format-time.ts';
import { isolateMarkup } from './escape-text.ts';
import { messagesIn } from './messages/messages-in.ts';

/*
 * Discord writes a timestamp in the language of each reader's client, and it has no Arabic: `<t:…:R>` would stand as "6 hours ago" in an
 * Arabic line. So Arabic says how long ago in words of its own where they are read at once, and else takes those of Discord's formats that
 * are figures only, in each reader's own clock (docs/decisions/0007).
 */

type Language = 'ar' | 'en';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** How long ago, or until when, in an answer that is read at once. */
export function timeInReply(at: Date, language: Language, now: Date): string {
  if (language === 'en') return timestamp(at, 'R');
  const isNow = Math.abs(now.getTime() - at.getTime()) < MINUTE_MS;
  return isNow ? messagesIn(language).times.now : formatDistance(at, now, language);
}

/** How long ago, in a message that stays: it is read hours after `dueAt`, which its head shows. */
export function timeInMessage(at: Date, language: Language, dueAt: Date): string {
  if (language === 'en') return timestamp(at, 'R');
  const words = messagesIn(language).times;
  const age = dueAt.getTime() - at.getTime();
  return age >= 0 && age < DAY_MS ? words.at(timestamp(at, 't')) : words.on(timestamp(at, 'd'));
}

/** When something will be: how long until then, and in Arabic the time beside it. */
export function timeToCome(at: Date, language: Language, now: Date): string {
  if (language === 'en') return timestamp(at, 'R');
  return `${timeInReply(at, language, now)} (${moment(at, language)})`;
}

/** Date and time. */
export function moment(at: Date, language: Language): string {
  if (language === 'en') return timestamp(at, 'f');
  return `${timestamp(at, 'd')}، ${timestamp(at, 't')}`;
}

/** How long ago, after a "since". */
export function timeSince(at: Date, language: Language): string {
  return timestamp(at, language === 'ar' ? 'd' : 'R');
}

/** Written by each reader's client in that reader's time zone. */
function timestamp(at: Date, format: 'R' | 't' | 'd' | 'f'): string {
  return isolateMarkup(`<t:${Math.floor(at.getTime() / 1000)}:${format}>`);
}
