import { severityRank } from '../domain/severity.ts';
import type { Story } from '../domain/story.ts';
import type { StoryFilter } from '../domain/subscription.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import { type KeywordSubject, matchKeyword } from './match-keyword.ts';
import { parseKeyword } from './parse-keyword.ts';

/** One question asked of a story, with the figures that answered it: shown by `/why`. */
export interface MatchGate {
  gate: 'score' | 'language' | 'topic' | 'severity' | 'source' | 'keyword';
  passed: boolean;
  detail: string;
}

/**
 * Whether a story passes a subscription's filter, and each gate's own answer. `threshold` is the lowest probability of
 * being a cyber story (0 to 1) that this server accepts; the story's surest report counts.
 */
export function matchStory(
  story: Story,
  filter: StoryFilter,
  threshold: number,
): { passes: boolean; gates: MatchGate[] } {
  const gates = [
    scoreGate(story, threshold),
    languageGate(story, filter),
    topicGate(story, filter),
    severityGate(story, filter),
    sourceGate(story, filter),
    keywordGate(story, filter),
  ];
  return { passes: gates.every((gate) => gate.passed), gates };
}

function scoreGate(story: Story, threshold: number): MatchGate {
  const score = Math.max(0, ...story.reports.map((report) => report.score));
  return {
    gate: 'score',
    passed: score >= threshold,
    detail: `${score.toFixed(2)} ≥ ${threshold.toFixed(2)}`,
  };
}

function languageGate(story: Story, filter: StoryFilter): MatchGate {
  const languages = [...new Set(story.reports.map((report) => report.language))];
  const passed =
    filter.language === 'both' || languages.some((language) => language === filter.language);
  return { gate: 'language', passed, detail: `${filter.language} ∈ ${languages.join(', ')}` };
}

function topicGate(story: Story, filter: StoryFilter): MatchGate {
  const topics = story.topics.map(({ topic }) => topic);
  const passed =
    filter.topics.length === 0 || topics.some((topic) => filter.topics.includes(topic));
  return { gate: 'topic', passed, detail: `${anyOf(filter.topics)} ∈ ${topics.join(', ')}` };
}

function severityGate(story: Story, filter: StoryFilter): MatchGate {
  return {
    gate: 'severity',
    passed: severityRank(story.severity.level) >= severityRank(filter.minSeverity),
    detail: `${story.severity.level} ≥ ${filter.minSeverity}`,
  };
}

function sourceGate(story: Story, filter: StoryFilter): MatchGate {
  const outlets = [...new Set(story.reports.map((report) => report.outlet))];
  const wanted = new Set(filter.sources.map(normaliseForMatching));
  const passed =
    wanted.size === 0 || outlets.some((outlet) => wanted.has(normaliseForMatching(outlet)));
  return { gate: 'source', passed, detail: `${anyOf(filter.sources)} ∈ ${outlets.join(', ')}` };
}

function keywordGate(story: Story, filter: StoryFilter): MatchGate {
  if (filter.keyword === null) return { gate: 'keyword', passed: true, detail: '*' };
  const parsed = parseKeyword(filter.keyword);
  const passed = parsed.ok && matchKeyword(parsed.query, subjectOf(story));
  return { gate: 'keyword', passed, detail: filter.keyword };
}

function subjectOf(story: Story): KeywordSubject {
  return {
    text: searchableText(story),
    topics: story.topics.map(({ topic }) => topic),
    severity: story.severity.level,
    languages: story.reports.map((report) => report.language),
    outlets: story.reports.map((report) => report.outlet),
  };
}

/** Titles, summaries, and names in both languages: the one form of an entity and every form as written. */
function searchableText(story: Story): string {
  const { cves, indicators, ...named } = story.entities;
  const names = Object.values(named).flatMap((entities) =>
    entities.flatMap((entity) => [entity.name, ...entity.mentions]),
  );
  const reports = story.reports.flatMap((report) => [report.title, report.summary]);
  return [...reports, ...names, ...cves, ...indicators.map(({ value }) => value)].join('\n');
}

function anyOf(values: string[]): string {
  return values.length === 0 ? '*' : values.join(' | ');
}
