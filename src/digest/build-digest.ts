import type { Digest, DigestStory } from '../domain/digest.ts';
import { severityRank } from '../domain/severity.ts';
import type { Story, StoryReport } from '../domain/story.ts';
import type { SubscriptionLanguage } from '../domain/subscription.ts';
import { summariseStory } from './summarise-story.ts';

export interface DigestOptions {
  language: 'ar' | 'en';
  timezone: string;
  dueAt: Date;
  /** How many stories are shown; the others are only counted. */
  limit: number;
  /** One line each, in the digest's language. */
  notices?: string[];
}

/** The language of a digest's frame: that of the stories wanted, or the server's own where both are. */
export function digestLanguage(
  wanted: SubscriptionLanguage,
  serverLanguage: 'ar' | 'en',
): 'ar' | 'en' {
  return wanted === 'both' ? serverLanguage : wanted;
}

/** A digest of these stories: most severe first, then the widest told, then the newest. The counts are of all of them. */
export function buildDigest(stories: Story[], options: DigestOptions): Digest {
  const ordered = [...stories].sort(compareStories);
  const reports = ordered.flatMap((story) => story.reports);
  return {
    language: options.language,
    timezone: options.timezone,
    dueAt: options.dueAt,
    stories: ordered.slice(0, options.limit).map((story) => digestStory(story, options.language)),
    storyCount: ordered.length,
    moreCount: Math.max(0, ordered.length - options.limit),
    criticalCount: ordered.filter((story) => story.severity.level === 'critical').length,
    articleCount: reports.length,
    sourceCount: new Set(reports.map((report) => report.outlet)).size,
    notices: options.notices ?? [],
  };
}

/** One story as a digest in `language` shows it. */
export function digestStory(story: Story, language: 'ar' | 'en'): DigestStory {
  const lead = leadReport(story, language);
  const told = summaryReport(story, lead, language);
  return {
    storyId: story.id,
    title: lead.title,
    titleLanguage: lead.language,
    url: lead.url,
    summary: summariseStory(story.reports, told.language),
    summaryLanguage: told.language,
    severity: story.severity.level,
    topics: [...story.topics].sort((a, b) => b.score - a.score).map(({ topic }) => topic),
    outlets: outletsOf(story),
    articleCount: story.reports.length,
    firstPublishedAt: story.firstPublishedAt,
  };
}

function compareStories(a: Story, b: Story): number {
  return (
    severityRank(b.severity.level) - severityRank(a.severity.level) ||
    outletsOf(b).length - outletsOf(a).length ||
    b.firstPublishedAt.getTime() - a.firstPublishedAt.getTime() ||
    Number(a.id) - Number(b.id)
  );
}

/** The report whose title and link stand for the story: the first one in the reader's language, with a summary if any has. */
function leadReport(story: Story, language: 'ar' | 'en'): StoryReport {
  const own = story.reports.filter((report) => report.language === language);
  const candidates = own.length > 0 ? own : story.reports;
  const lead = candidates.find((report) => report.summary !== '') ?? candidates[0];
  if (lead === undefined) throw new RangeError(`story ${story.id} has no report`);
  return lead;
}

/** Whose language the summary is in: the lead's where it has one, else the first report's that has. */
function summaryReport(story: Story, lead: StoryReport, language: 'ar' | 'en'): StoryReport {
  if (lead.summary !== '') return lead;
  const told = story.reports.filter((report) => report.summary !== '');
  return told.find((report) => report.language === language) ?? told[0] ?? lead;
}

function outletsOf(story: Story): DigestStory['outlets'] {
  const byName = new Map(
    story.reports.toReversed().map((report) => [report.outlet, report.language] as const),
  );
  const names = [...new Set(story.reports.map((report) => report.outlet))];
  return names.map((name) => ({ name, language: byName.get(name) ?? 'other' }));
}
