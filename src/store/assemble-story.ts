import { type Entities, type Entity, type Indicator, NO_ENTITIES } from '../domain/entity.ts';
import { type Severity, severityRank } from '../domain/severity.ts';
import type { Story, StoryReport } from '../domain/story.ts';
import type { ScoredTopic } from '../domain/topic.ts';

/** One report with what its article's analysis adds to the story. */
export interface ReportedArticle {
  report: StoryReport;
  topics: ScoredTopic[];
  entities: Entities;
}

/** Puts a story together from its reports, oldest first. @returns null when none of its articles is a cyber story any more. */
export function assembleStory(
  row: { id: string; updatedAt: Date },
  articles: ReportedArticle[],
): Story | null {
  const first = articles[0];
  if (!first) return null;
  return {
    id: row.id,
    reports: articles.map((article) => article.report),
    topics: mergeTopics(articles.flatMap((article) => article.topics)),
    severity: mergeSeverity(articles.map((article) => article.report.severity)),
    entities: articles.map((article) => article.entities).reduce(mergeEntities, NO_ENTITIES),
    firstPublishedAt: first.report.publishedAt,
    updatedAt: row.updatedAt,
  };
}

/** Each topic once, with its highest score, the surest first. */
function mergeTopics(topics: ScoredTopic[]): ScoredTopic[] {
  const best = new Map<string, ScoredTopic>();
  for (const scored of topics) {
    const known = best.get(scored.topic);
    if (!known || scored.score > known.score) best.set(scored.topic, scored);
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}

/** The level of the most severe report, with the reasons of all reports on that level. */
function mergeSeverity(severities: Severity[]): Severity {
  const level = severities
    .map((severity) => severity.level)
    .reduce((a, b) => (severityRank(b) > severityRank(a) ? b : a), 'low');
  const reasons = severities
    .filter((severity) => severity.level === level)
    .flatMap((severity) => severity.reasons);
  return { level, reasons: [...new Set(reasons)] };
}

function mergeEntities(a: Entities, b: Entities): Entities {
  return {
    cves: [...new Set([...a.cves, ...b.cves])],
    actors: mergeNames(a.actors, b.actors),
    organisations: mergeNames(a.organisations, b.organisations),
    products: mergeNames(a.products, b.products),
    malware: mergeNames(a.malware, b.malware),
    indicators: mergeIndicators(a.indicators, b.indicators),
  };
}

function mergeNames(a: Entity[], b: Entity[]): Entity[] {
  const merged = new Map<string, Entity>();
  for (const { name, mentions } of [...a, ...b]) {
    const known = merged.get(name)?.mentions ?? [];
    merged.set(name, { name, mentions: [...new Set([...known, ...mentions])] });
  }
  return [...merged.values()];
}

function mergeIndicators(a: Indicator[], b: Indicator[]): Indicator[] {
  const merged = new Map([...a, ...b].map((item) => [`${item.type} ${item.value}`, item]));
  return [...merged.values()];
}
