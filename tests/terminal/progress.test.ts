import { describe, expect, it } from 'vitest';
import { formatPassSummary, formatProgress, type PassState } from '../../src/terminal/progress.ts';

const NO_FEEDS = { new: 0, fresh: 0, slow: 0, failing: 0, refused: 0, gone: 0 };
const STATE: PassState = {
  feedsDone: 34,
  feeds: { ...NO_FEEDS, new: 40, fresh: 38, failing: 2, refused: 3 },
  articlesRead: 410,
  articlesWaiting: 800,
};

describe('someone who waits at the terminal', () => {
  it('sees feeds done of all and articles read of all', () => {
    expect(formatProgress(STATE)).toBe('feeds 34 of 83 · articles read 410 of 1,210');
  });

  it('is told what the pass came to, what still waits, and where to look', () => {
    expect(formatPassSummary(STATE, 'http://127.0.0.1:8080')).toBe(
      '38 feeds read, 5 not ("npx rasid feeds list" says why) · 410 articles read, 800 waiting\nThe stories are also on http://127.0.0.1:8080\n',
    );
  });

  it('is told that the machine seems to be offline when no feed answered', () => {
    const offline = { ...STATE, feeds: { ...NO_FEEDS, slow: 83 } };
    expect(formatPassSummary(offline, null)).toContain(
      'is this machine connected to the internet?',
    );
  });
});
