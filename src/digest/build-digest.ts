import type { Digest, DigestStory } from '../domain/digest.ts';
import type { Story, StoryReport } from '../domain/story.ts';
import type { SubscriptionLanguage } from '../domain/subscription.ts';
import { createGathering, type GatheredStories } from './gather-stories.ts';
import { summariseStory } from './summarise-story.ts';

export interface DigestFrame {
  language: 'ar' | 'en';
  timezone: string;
  dueAt: Date;
  /** One line each, in the digest's language. */
  notices?: string[];
}

export interface DigestOptions extends DigestFrame {
  /** How many stories are shown; the others are only counted. */
  limit: number;
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
  const gathering = createGathering(options.limit);
  gathering.add(stories);
  return digestOf(gathering.gathered(), options);
}

/** The same of stories that were gathered one by one. */
export function digestOf(gathered: GatheredStories, frame: DigestFrame): Digest {
  const { shown, storyIds, articleIds, criticalCount, sourceCount } = gathered;
  return {
    language: frame.language,
    timezone: frame.timezone,
    dueAt: frame.dueAt,
    stories: shown.map((story) => digestStory(story, frame.language)),
    storyCount: storyIds.length,
    moreCount: storyIds.length - shown.length,
    criticalCount,
    articleCount: articleIds.length,
    sourceCount,
    notices: frame.notices ?? [],
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
    articleIds: story.reports.map((report) => report.articleId),
    firstPublishedAt: story.firstPublishedAt,
  };
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
