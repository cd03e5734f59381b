import { zoneCity } from './zone-city.ts';

/** Latin digits and the Gregorian calendar, whatever the language. */
const LOCALE = { ar: 'ar-u-nu-latn-ca-gregory', en: 'en-GB-u-nu-latn-ca-gregory' };

const UNITS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

/** `Tue 24 Nov, 08:00 (Riyadh)`, `الثلاثاء 24 نوفمبر، 08:00 (الرياض)`. */
export function formatDueTime(at: Date, language: 'ar' | 'en', timezone: string): string {
  const parts = new Intl.DateTimeFormat(LOCALE[language], {
    timeZone: timezone,
    // Arabic has no short names for the days.
    weekday: language === 'ar' ? 'long' : 'short',
    day: 'numeric',
    month: language === 'ar' ? 'long' : 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((candidate) => candidate.type === type)?.value ?? '';
  const comma = language === 'ar' ? '،' : ',';
  const time = `${part('hour')}:${part('minute')}`;
  const city = zoneCity(timezone, language);
  return `${part('weekday')} ${part('day')} ${part('month')}${comma} ${time} (${city})`;
}

/** How long before `now`, in the largest whole unit: `6 hours ago`, `قبل 6 ساعات`. The future counts as now. */
export function formatAge(at: Date, now: Date, language: 'ar' | 'en'): string {
  return formatDistance(at < now ? at : now, now, language);
}

/** The same of what is to come as well: `بعد يومين`. */
export function formatDistance(at: Date, now: Date, language: 'ar' | 'en'): string {
  const age = now.getTime() - at.getTime();
  const { unit, ms } = UNITS.find((candidate) => Math.abs(age) >= candidate.ms) ?? UNITS[2];
  const count = Math.floor(Math.abs(age) / ms);
  // A minus before a zero says "ago" as well.
  const said = new Intl.RelativeTimeFormat(LOCALE[language]).format(
    age >= 0 ? -count : count,
    unit,
  );
  // Intl's Arabic says "within two days", which may be sooner.
  return said.replace(/^خلال /u, 'بعد ');
}
