import type { Story } from '../domain/story.ts';

/**
 * How much older than a digest's window a story's newest report may be. Feeds lag, and some publishers give a date without a
 * time; but what a newly added feed brings from last week is not news.
 */
const LAG_MS = 24 * 3_600_000;

/** Whether a story belongs in a digest whose window begins at `windowStart`, judged by when its newest report was published. */
export function isStillNews(story: Story, windowStart: Date): boolean {
  const newest = Math.max(...story.reports.map((report) => report.publishedAt.getTime()));
  return newest >= windowStart.getTime() - LAG_MS;
}
