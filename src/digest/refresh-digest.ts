import type { Digest, DigestStory } from '../domain/digest.ts';
import { severityRank } from '../domain/severity.ts';
import type { Story } from '../domain/story.ts';
import { digestStory } from './build-digest.ts';

/** A posted digest as it is now, and what each story that has developed adds. */
export interface RefreshedDigest {
  digest: Digest;
  developments: Digest[];
  /** Whether reports that were shown have left their story: a person has taken them out, or it was divided. */
  isCorrected: boolean;
}

export interface RefreshOptions {
  /** Whether the message may still be sent. */
  fits(digest: Digest): boolean;
  /** What the other messages of a digest in several show; none where there is one. */
  elsewhere?: DigestStory[];
}

/**
 * The same stories in the same order with what has been reported since, under a head that counts them as they are now. A digest that
 * has grown too long changes only its counts.
 */
export function refreshDigest(
  digest: Digest,
  stories: Story[],
  { fits, elsewhere = [] }: RefreshOptions,
): RefreshedDigest {
  const now = new Map(stories.map((story) => [story.id, story]));
  const pairs = digest.stories.map((shown) => ({ shown, story: now.get(shown.storyId) }));
  const refreshed = pairs.map(({ shown, story }) =>
    story === undefined ? shown : updateStory(shown, story, digest.language),
  );
  const developments = pairs.flatMap(({ shown, story }) =>
    story !== undefined && story.reports.length > shown.articleCount
      ? [development(shown, story, digest)]
      : [],
  );
  const isCorrected = pairs.some(
    ({ shown, story }) => story !== undefined && hasLostReports(shown, story),
  );
  const withStories = (after: DigestStory[]) => ({
    ...recountDigest(digest, { before: digest.stories, after, elsewhere }),
    stories: after,
  });
  const whole = withStories(refreshed);
  if (fits(whole)) return { digest: whole, developments, isCorrected };
  const counted = pairs.map(({ shown }, index) => keepText(shown, refreshed[index] ?? shown));
  const shorter = withStories(counted);
  return { digest: fits(shorter) ? shorter : digest, developments, isCorrected };
}

/**
 * A digest whose head counts `after` where it counted `before`: stories of this message or of a later one. How many stories there are,
 * shown and counted, stays. The head's other counts are of all of them, and what no message shows is as it was posted: so they change by
 * what changed in what is shown. A source is new only where no message (`elsewhere`: the others than the one that changed) names it.
 */
export function recountDigest(
  digest: Digest,
  change: { before: DigestStory[]; after: DigestStory[]; elsewhere: DigestStory[] },
): Digest {
  const { before, after, elsewhere } = change;
  const sources = (stories: DigestStory[]) => sourcesIn([...stories, ...elsewhere]);
  return {
    ...digest,
    criticalCount: digest.criticalCount + criticalIn(after) - criticalIn(before),
    articleCount: digest.articleCount + articlesIn(after) - articlesIn(before),
    sourceCount: Math.max(digest.sourceCount + sources(after) - sources(before), 1),
  };
}

/** As many may have joined since; a digest of an older Rasid has no ids. */
function hasLostReports(shown: DigestStory, story: Story): boolean {
  const reports = new Set(story.reports.map(({ articleId }) => articleId));
  return reports.size < shown.articleCount || shown.articleIds.some((id) => !reports.has(id));
}

function criticalIn(stories: DigestStory[]): number {
  return stories.filter(({ severity }) => severity === 'critical').length;
}

function articlesIn(stories: DigestStory[]): number {
  return stories.reduce((sum, { articleCount }) => sum + articleCount, 0);
}

function sourcesIn(stories: DigestStory[]): number {
  return new Set(stories.flatMap(({ outlets }) => outlets.map(({ name }) => name))).size;
}

function updateStory(shown: DigestStory, story: Story, language: 'ar' | 'en'): DigestStory {
  const grown = story.reports.length > shown.articleCount;
  const updates = (shown.updates ?? 0) + (grown ? 1 : 0);
  return { ...digestStory(story, language), ...(updates === 0 ? {} : { updates }) };
}

function keepText(shown: DigestStory, refreshed: DigestStory): DigestStory {
  const { severity, outlets, articleCount, articleIds, updates } = refreshed;
  return {
    ...shown,
    severity,
    outlets,
    articleCount,
    articleIds,
    ...(updates === undefined ? {} : { updates }),
  };
}

/** The newest report of the story, as a digest of its own. */
function development(shown: DigestStory, story: Story, digest: Digest): Digest {
  const newest = story.reports.reduce((a, b) =>
    Number(b.articleId) > Number(a.articleId) ? b : a,
  );
  const told = digestStory({ ...story, reports: [newest] }, digest.language);
  const whole = digestStory(story, digest.language);
  const rose = severityRank(story.severity.level) > severityRank(shown.severity);
  return {
    language: digest.language,
    timezone: digest.timezone,
    dueAt: newest.publishedAt,
    stories: [{ ...told, outlets: whole.outlets, articleCount: whole.articleCount }],
    storyCount: 1,
    moreCount: 0,
    criticalCount: story.severity.level === 'critical' ? 1 : 0,
    articleCount: story.reports.length,
    sourceCount: whole.outlets.length,
    notices: [],
    development: { roseTo: rose ? story.severity.level : null },
  };
}
