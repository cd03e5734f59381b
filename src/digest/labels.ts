import type { Language } from '../domain/feed.ts';
import type { SeverityLevel } from '../domain/severity.ts';
import type { Topic } from '../domain/topic.ts';
import { arabicLabels } from './labels-ar.ts';
import { englishLabels } from './labels-en.ts';

/** The words of a digest's frame, the same wherever it is shown. */
export interface DigestLabels {
  title: string;
  severity: Record<SeverityLevel, string>;
  topic: Record<Topic, string>;
  /** How a text in another language is marked. */
  inLanguage: Record<Language, string>;
  stories(count: number): string;
  critical(count: number): string;
  articlesFromSources(articles: number, sources: number): string;
  moreOutlets(count: number): string;
  moreStories(count: number): string;
  /** `age` is a phrase such as "6 h ago". */
  firstReported(age: string): string;
  /** Between outlet names. */
  comma: string;
  /** `3 updates`: how often the posted entry has been brought up to date. */
  updated(count: number): string;
  sources(count: number): string;
  /** A source that has failed for a day. */
  sourceFailing(outlet: string, since: string): string;
  /** Head of a message that tells a posted story further. */
  development: string;
  roseTo(level: string): string;
  nothing: string;
}

export function digestLabels(language: 'ar' | 'en'): DigestLabels {
  return language === 'ar' ? arabicLabels : englishLabels;
}
