import { SEVERITY_LEVELS, type SeverityLevel } from '../domain/severity.ts';
import { TOPICS, type Topic } from '../domain/topic.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import { digestLabels } from './labels.ts';

/** What a filter text asks of a story beside its words. `position` is where the value stands in the text. */
export type FieldQuery =
  | { kind: 'topic'; topic: Topic }
  /** At least this severe. */
  | { kind: 'severity'; level: SeverityLevel }
  | { kind: 'language'; language: 'ar' | 'en' }
  | { kind: 'source'; outlet: string; position: number };

export type FieldMistake =
  | 'missing-value'
  | 'unknown-topic'
  | 'unknown-severity'
  | 'unknown-language';

const NAMES: Record<FieldQuery['kind'], string[]> = {
  topic: ['topic', 'موضوع', 'الموضوع'],
  severity: ['severity', 'خطورة', 'الخطورة'],
  language: ['language', 'lang', 'لغة', 'اللغة'],
  source: ['source', 'مصدر', 'المصدر'],
};

const LANGUAGES = {
  ar: ['ar', 'arabic', 'عربي', 'عربية', 'العربية'],
  en: ['en', 'english', 'إنجليزي', 'إنجليزية', 'الإنجليزية'],
};

/** Null when no field has this name; values are taken in either language. */
export function readField(
  name: string,
  value: string,
  position: number,
): FieldQuery | { mistake: FieldMistake } | null {
  const kind = findKey(NAMES, name);
  if (kind === null) return null;
  if (value.trim() === '') return { mistake: 'missing-value' };
  if (kind === 'source') return { kind, outlet: value, position };
  if (kind === 'topic') {
    const topic = topicNamed(value);
    return topic === null ? { mistake: 'unknown-topic' } : { kind, topic };
  }
  if (kind === 'severity') {
    const level = severityNamed(value);
    return level === null ? { mistake: 'unknown-severity' } : { kind, level };
  }
  const language = findKey(LANGUAGES, value);
  return language === null ? { mistake: 'unknown-language' } : { kind, language };
}

/** By its name in the model or its label in either language. */
export function topicNamed(name: string): Topic | null {
  return labelled(TOPICS, (language) => digestLabels(language).topic, name);
}

function severityNamed(name: string): SeverityLevel | null {
  return labelled(SEVERITY_LEVELS, (language) => digestLabels(language).severity, name);
}

function labelled<Key extends string>(
  keys: readonly Key[],
  labelsIn: (language: 'ar' | 'en') => Record<Key, string>,
  name: string,
): Key | null {
  const wanted = normaliseForMatching(name);
  const namesOf = (key: Key) => [key, labelsIn('en')[key], labelsIn('ar')[key]];
  return keys.find((key) => namesOf(key).map(normaliseForMatching).includes(wanted)) ?? null;
}

function findKey<Key extends string>(names: Record<Key, string[]>, name: string): Key | null {
  const wanted = normaliseForMatching(name);
  const keys = Object.keys(names) as Key[];
  return keys.find((key) => names[key].map(normaliseForMatching).includes(wanted)) ?? null;
}
