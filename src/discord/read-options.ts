import { topicNamed } from '../digest/keyword-fields.ts';
import { isTimeZone } from '../digest/next-due.ts';
import { type KeywordQuery, parseKeyword } from '../digest/parse-keyword.ts';
import { UsageError } from '../domain/errors.ts';
import type { QuietHours } from '../domain/subscription.ts';
import type { Topic } from '../domain/topic.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import { quoteText } from './escape-text.ts';
import type { Messages } from './messages/en.ts';

export const MAX_KEYWORD = 300;
const TIME = /^([01]?\d|2[0-3])(?::([0-5]\d))?$/;

/** Minutes after midnight of `HH:MM` or `HH`, in Latin or Arabic digits. */
export function readTime(text: string, messages: Messages): number {
  const parts = TIME.exec(normaliseForMatching(text));
  if (parts === null) throw new UsageError('bad-time', messages.errors.badTime(quoteText(text)));
  return Number(parts[1]) * 60 + Number(parts[2] ?? 0);
}

export function formatMinutes(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const OFF = ['off', 'none', 'إيقاف', 'لا شيء', 'بدون'];

/** `22:00-07:00` in Latin or Arabic digits; null for `off`. @throws UsageError */
export function readQuietHours(text: string, messages: Messages): QuietHours | null {
  const plain = normaliseForMatching(text).trim();
  if (OFF.map(normaliseForMatching).includes(plain)) return null;
  const parts = plain.split(/\s*[-–—]\s*/).map((part) => TIME.exec(part));
  const [start, end] = parts.map((part) =>
    part === null ? null : Number(part[1]) * 60 + Number(part[2] ?? 0),
  );
  if (parts.length !== 2 || start == null || end == null || start === end) {
    throw new UsageError('bad-quiet-hours', messages.server.badQuietHours(quoteText(text)));
  }
  return { startMinutes: start, endMinutes: end };
}

const RESET = ['reset', 'default', 'إعادة'];
const LOWEST_THRESHOLD = 0.05;
const HIGHEST_THRESHOLD = 0.95;

/** A probability in Latin or Arabic digits; null for `reset`. @throws UsageError */
export function readThreshold(text: string, messages: Messages): number | null {
  const plain = normaliseForMatching(text).trim().replace(/[,٫]/, '.');
  if (RESET.map(normaliseForMatching).includes(plain)) return null;
  const value = /^\d?\.?\d+$/.test(plain) ? Number(plain) : Number.NaN;
  if (value >= LOWEST_THRESHOLD && value <= HIGHEST_THRESHOLD) return value;
  throw new UsageError('bad-threshold', messages.server.badThreshold(quoteText(text)));
}

export function readTimezone(text: string, messages: Messages): string {
  const zone = text.trim();
  if (!isTimeZone(zone))
    throw new UsageError('unknown-zone', messages.errors.unknownZone(quoteText(text)));
  return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
}

/** Topics separated by commas, by their name in the model or as labelled in either language. */
export function readTopics(text: string | null, messages: Messages): Topic[] {
  const topics = splitList(text).map((name) => {
    const topic = topicNamed(name);
    if (topic === null)
      throw new UsageError('unknown-topic', messages.errors.unknownTopic(quoteText(name)));
    return topic;
  });
  return [...new Set(topics)];
}

/** Outlets separated by commas, each as the catalogue spells it. */
export function readSources(text: string | null, outlets: string[], messages: Messages): string[] {
  const sources = splitList(text).map((name) => {
    const wanted = normaliseForMatching(name);
    const outlet = outlets.find((candidate) => normaliseForMatching(candidate) === wanted);
    if (outlet === undefined)
      throw new UsageError('unknown-source', messages.errors.unknownSource(quoteText(name)));
    return outlet;
  });
  return [...new Set(sources)];
}

/** A keyword filter that can be read, of sources that there are; a mistake in it is answered with its place. */
export function readKeyword(
  text: string | null,
  outlets: string[],
  messages: Messages,
): string | null {
  if (text === null) return null;
  const { badKeyword, keyword, unknownSource, tooLong } = messages.errors;
  if (text.length > MAX_KEYWORD) throw new UsageError('bad-keyword', tooLong(MAX_KEYWORD));
  const place = (position: number) => [...text.slice(0, position)].length + 1;
  const parsed = parseKeyword(text);
  if (!parsed.ok) {
    const problem = badKeyword(keyword[parsed.mistake], place(parsed.position));
    throw new UsageError('bad-keyword', problem);
  }
  const known = new Set(outlets.map(normaliseForMatching));
  const unknown = sourcesIn(parsed.query).find(
    ({ outlet }) => !known.has(normaliseForMatching(outlet)),
  );
  if (unknown === undefined) return text.trim();
  throw new UsageError(
    'bad-keyword',
    badKeyword(unknownSource(unknown.outlet), place(unknown.position)),
  );
}

function sourcesIn(query: KeywordQuery): { outlet: string; position: number }[] {
  if (query.kind === 'source') return [query];
  if (query.kind === 'not') return sourcesIn(query.operand);
  return 'operands' in query ? query.operands.flatMap(sourcesIn) : [];
}

/** The parts of a list typed into one option; the last is the one being typed. */
export function splitList(text: string | null): string[] {
  return (text ?? '')
    .split(/[,،]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
