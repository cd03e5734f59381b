import { digestLabels } from '../digest/labels.ts';
import { isTimeZone } from '../digest/next-due.ts';
import { parseKeyword } from '../digest/parse-keyword.ts';
import { UsageError } from '../domain/errors.ts';
import { TOPICS, type Topic } from '../domain/topic.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import type { Messages } from './messages/en.ts';

const MAX_KEYWORD = 300;
const TIME = /^([01]?\d|2[0-3])(?::([0-5]\d))?$/;

/** Minutes after midnight of `HH:MM` or `HH`, in Latin or Arabic digits. */
export function readTime(text: string, messages: Messages): number {
  const parts = TIME.exec(normaliseForMatching(text));
  if (parts === null) throw new UsageError('bad-time', messages.errors.badTime(text));
  return Number(parts[1]) * 60 + Number(parts[2] ?? 0);
}

export function formatMinutes(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function readTimezone(text: string, messages: Messages): string {
  const zone = text.trim();
  if (!isTimeZone(zone)) throw new UsageError('unknown-zone', messages.errors.unknownZone(text));
  return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
}

/** Topics separated by commas, by their name in the model or as labelled in either language. */
export function readTopics(text: string | null, messages: Messages): Topic[] {
  const topics = splitList(text).map((name) => {
    const topic = TOPICS.find((candidate) =>
      topicNames(candidate).includes(normaliseForMatching(name)),
    );
    if (topic === undefined)
      throw new UsageError('unknown-topic', messages.errors.unknownTopic(name));
    return topic;
  });
  return [...new Set(topics)];
}

function topicNames(topic: Topic): string[] {
  const labels = [digestLabels('en').topic[topic], digestLabels('ar').topic[topic]];
  return [topic, ...labels].map(normaliseForMatching);
}

/** Outlets separated by commas, each as the catalogue spells it. */
export function readSources(text: string | null, outlets: string[], messages: Messages): string[] {
  const sources = splitList(text).map((name) => {
    const wanted = normaliseForMatching(name);
    const outlet = outlets.find((candidate) => normaliseForMatching(candidate) === wanted);
    if (outlet === undefined)
      throw new UsageError('unknown-source', messages.errors.unknownSource(name));
    return outlet;
  });
  return [...new Set(sources)];
}

/** A keyword filter that can be read; a mistake in it is answered with its place. */
export function readKeyword(text: string | null, messages: Messages): string | null {
  if (text === null) return null;
  if (text.length > MAX_KEYWORD)
    throw new UsageError('bad-keyword', messages.errors.tooLong(MAX_KEYWORD));
  const parsed = parseKeyword(text);
  if (parsed.ok) return text.trim();
  const { badKeyword, keyword } = messages.errors;
  const position = [...text.slice(0, parsed.position)].length + 1;
  throw new UsageError('bad-keyword', badKeyword(keyword[parsed.mistake], position));
}

/** The parts of a list typed into one option; the last is the one being typed. */
export function splitList(text: string | null): string[] {
  return (text ?? '')
    .split(/[,،]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
