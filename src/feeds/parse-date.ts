/** Month names by their first letters (English, and the French and German ones found in feeds), and Arabic ones in full. */
const MONTHS: Record<string, number> = {};
const LATIN_MONTHS = [
  'jan',
  'feb fev fév',
  'mar mär mrz',
  'apr avr',
  'may mai',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct okt',
  'nov',
  'dec dez déc',
];
/** Gulf and Egypt; the Levant and Iraq; Tunisia, Algeria, Morocco. */
const ARABIC_MONTHS = [
  'يناير كانون_الثاني جانفي',
  'فبراير شباط فيفري',
  'مارس آذار اذار',
  'أبريل ابريل إبريل نيسان أفريل',
  'مايو أيار ايار ماي',
  'يونيو يونيه حزيران جوان',
  'يوليو يوليه تموز جويلية يوليوز',
  'أغسطس اغسطس آب أوت غشت',
  'سبتمبر أيلول ايلول شتنبر',
  'أكتوبر اكتوبر تشرين_الأول تشرين_الاول',
  'نوفمبر تشرين_الثاني نونبر',
  'ديسمبر كانون_الأول كانون_الاول دجنبر',
];
LATIN_MONTHS.forEach((names, month) => {
  for (const name of names.split(' ')) MONTHS[name] = month;
});
ARABIC_MONTHS.forEach((names, month) => {
  for (const name of names.split(' ')) MONTHS[name.replace('_', ' ')] = month;
});

/**
 * Minutes east of Greenwich: RFC 822's zones, and those that feeds write besides. Where one name has several meanings, the one
 * of the publishers read here: `ast` is Arabia's, `ist` India's, `gst` the Gulf's.
 */
const ZONES: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  cest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  ast: 180,
  gst: 240,
  ist: 330,
  jst: 540,
  aest: 600,
  aedt: 660,
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
};

const ISO =
  /^(-?\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[t\s]+(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?)?\s*(.*)$/;
const DAY_FIRST =
  /^(\d{1,2})(?:st|nd|rd|th)?[\s./-]+([\p{L}]+(?:\s(?:الثاني|الأول|الاول))?)[\s.,/-]*(\d{4}|\d{2})?[\s,t-]*(.*)$/u;
const MONTH_FIRST =
  /^([\p{L}]{3,})[\s.,-]+(\d{1,2})(?:st|nd|rd|th)?(?:[\s,]+(\d{4})(?!:))?[\s,]*(.*)$/u;
const NUMERIC = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})[\s,t]*(.*)$/;
const CLOCK =
  /^(?:at\s+)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*(am|pm|a\.m\.|p\.m\.|ص|م)?\s*(.*)$/;
const OFFSET = /^(?:(?:gmt|utc)\s*)?([+-])\s*(\d{1,2}):?(\d{2})?/;

/**
 * Reads a date as feeds write it: RFC 822 in its many bad forms, ISO 8601, and names of months in English and Arabic. A date
 * without zone is taken as UTC. Null for what is no date or cannot be (30 February, hour 25).
 */
export function parseDate(written: string): Date | null {
  if (written.length > 100) return null;
  const text = toLatinDigits(written)
    .trim()
    .toLowerCase()
    .replaceAll('،', ',')
    .replace(/\s+/g, ' ');
  const isoMatch = ISO.exec(text);
  if (isoMatch !== null) return fromIso(isoMatch);
  // The name of the day says nothing that the date does not.
  const dated = text.replace(
    /^\p{L}+\.?,\s*|^\p{L}+\.?\s+(?=\d{1,2}\b)|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s+/u,
    (day) => (monthOf(day.replace(/[.,\s]/g, '')) === undefined ? '' : day),
  );
  return fromDayFirst(dated) ?? fromMonthFirst(dated) ?? fromNumbers(dated);
}

function fromIso([, year, month, day, hour, minute, second, zone]: RegExpExecArray): Date | null {
  const offset = readZone(zone ?? '');
  const parts = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)] as const;
  return build(...parts, [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)], offset);
}

function fromDayFirst(text: string): Date | null {
  const match = DAY_FIRST.exec(text);
  const month = monthOf(match?.[2] ?? '');
  if (match === null || month === undefined || match[3] === undefined) return null;
  const clock = readClock(match[4] ?? '');
  return clock && build(fullYear(match[3]), month, Number(match[1]), clock.time, clock.offset);
}

/** `March 5, 2024 10:00`, and C's `Mar  5 10:00:00 2024`. */
function fromMonthFirst(text: string): Date | null {
  const match = MONTH_FIRST.exec(text);
  const month = monthOf(match?.[1] ?? '');
  if (match === null || month === undefined) return null;
  const trailing = /^(.*?)\s*\b(\d{4})$/.exec(match[4] ?? '');
  const year = match[3] ?? trailing?.[2];
  const clock = readClock((match[3] === undefined ? trailing?.[1] : match[4]) ?? '');
  if (year === undefined || clock === null) return null;
  return build(Number(year), month, Number(match[2]), clock.time, clock.offset);
}

/** Day before month, as Arabic and European publishers write; the other order where only that can be. */
function fromNumbers(text: string): Date | null {
  const match = NUMERIC.exec(text);
  if (match === null) return null;
  const [first, second] = [Number(match[1]), Number(match[2])];
  const [day, month] = second > 12 ? [second, first] : [first, second];
  const clock = readClock(match[4] ?? '');
  return clock && build(Number(match[3]), month - 1, day, clock.time, clock.offset);
}

function readClock(text: string): { time: number[]; offset: number } | null {
  if (text === '') return { time: [0, 0, 0], offset: 0 };
  const match = CLOCK.exec(text);
  if (match === null) return { time: [0, 0, 0], offset: readZone(text) };
  const half = match[4];
  const hour = Number(match[1]);
  const isAfternoon = half !== undefined && /^(p|م)/.test(half);
  const twelve = half === undefined ? hour : (hour % 12) + (isAfternoon ? 12 : 0);
  const time = [twelve, Number(match[2]), Number(match[3] ?? 0)];
  return { time, offset: readZone(match[5] ?? '') };
}

/** Minutes east of Greenwich; 0 for a zone that is absent or unknown. */
function readZone(text: string): number {
  const match = OFFSET.exec(text);
  if (match === null) return ZONES[/^[a-z]+/.exec(text)?.[0] ?? ''] ?? 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

function build(
  year: number,
  month: number,
  day: number,
  time: number[],
  offset: number,
): Date | null {
  const [hour = 0, minute = 0, second = 0] = time;
  if (hour > 24 || minute > 59 || second > 60) return null;
  const midnight = new Date(Date.UTC(year, month, day));
  if (midnight.getUTCMonth() !== month || midnight.getUTCDate() !== day) return null;
  const seconds = hour * 3600 + (minute - offset) * 60 + second;
  return new Date(midnight.getTime() + seconds * 1000);
}

function monthOf(name: string): number | undefined {
  return MONTHS[name] ?? MONTHS[name.slice(0, 3)];
}

/** RFC 2822, 4.3: two digits below 50 are of this century. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function toLatinDigits(text: string): string {
  return text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
}
