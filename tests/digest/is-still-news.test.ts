import { expect, it } from 'vitest';
import { isStillNews } from '../../src/digest/is-still-news.ts';
import type { Story } from '../../src/domain/story.ts';

const WINDOW_START = new Date('2026-11-23T08:00:00Z');

/** Only the times of the reports matter here. */
function storyOf(...published: string[]): Story {
  const reports = published.map((time) => ({ publishedAt: new Date(time) }));
  return { reports } as unknown as Story;
}

it.each([
  ['broke inside the window', ['2026-11-23T09:00:00Z'], true],
  ['was published a little before the window and reached us in it', ['2026-11-22T20:00:00Z'], true],
  ['is a week old and came with a feed that was just added', ['2026-11-16T09:00:00Z'], false],
  [
    'is a week old and has a report of today',
    ['2026-11-16T09:00:00Z', '2026-11-23T10:00:00Z'],
    true,
  ],
])('a story that %s', (_what, published, expected) => {
  expect(isStillNews(storyOf(...published), WINDOW_START)).toBe(expected);
});
