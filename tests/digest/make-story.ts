import { NO_ENTITIES } from '../../src/domain/entity.ts';
import type { Language } from '../../src/domain/feed.ts';
import type { SeverityLevel } from '../../src/domain/severity.ts';
import type { Story, StoryReport } from '../../src/domain/story.ts';
import type { StoryFilter } from '../../src/domain/subscription.ts';
import type { Topic } from '../../src/domain/topic.ts';

export interface StoryParts {
  id?: string;
  title?: string;
  summary?: string;
  language?: Language;
  outlets?: string[];
  topics?: Topic[];
  severity?: SeverityLevel;
  score?: number;
  at?: string;
  reports?: Partial<StoryReport>[];
  entities?: Partial<Story['entities']>;
}

/** A story that differs from a plain English one in what is named. */
export function makeStory(parts: StoryParts = {}): Story {
  const publishedAt = new Date(parts.at ?? '2026-11-24T01:00:00Z');
  const level = parts.severity ?? 'medium';
  const severity = { level, reasons: [] };
  const base: StoryReport = {
    articleId: '1',
    title: parts.title ?? 'Hospital chain hit by ransomware',
    url: 'https://news.example/hospital',
    outlet: 'Example News',
    language: parts.language ?? 'en',
    publishedAt,
    summary: parts.summary ?? 'Attackers encrypted the records of nine hospitals.',
    severity,
    score: parts.score ?? 0.97,
  };
  const reports =
    parts.reports ?? (parts.outlets ?? ['Example News']).map((outlet) => ({ outlet }));
  return {
    id: parts.id ?? '1',
    reports: reports.map((report, index) => ({ ...base, articleId: String(index + 1), ...report })),
    topics: (parts.topics ?? ['ransomware']).map((topic, index) => ({
      topic,
      score: 0.9 - index / 10,
    })),
    severity,
    entities: { ...NO_ENTITIES, ...parts.entities },
    firstPublishedAt: publishedAt,
    updatedAt: publishedAt,
  };
}

export const EVERYTHING: StoryFilter = {
  language: 'both',
  topics: [],
  minSeverity: 'low',
  sources: [],
  keyword: null,
};
