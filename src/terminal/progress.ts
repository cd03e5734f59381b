import type { FeedStatus } from '../domain/feed.ts';

/** How far a pass has come. */
export interface PassState {
  /** Feeds fetched in this pass. */
  feedsDone: number;
  /** Every enabled feed by its health. */
  feeds: Record<FeedStatus, number>;
  /** Articles that the model has read, and those that still wait. */
  articlesRead: number;
  articlesWaiting: number;
}

const REFRESH_MS = 500;

/** Where there is no terminal to redraw (a log file), a line now and then is enough. */
const LOG_EVERY_MS = 5_000;

/**
 * Shows progress on `stream` until the returned function is called: one line redrawn on a terminal, a line every five
 * seconds elsewhere. `read` failing once (a database coming back) skips that beat.
 */
export function showProgress(
  read: () => Promise<PassState>,
  stream: NodeJS.WriteStream,
): () => void {
  let last = '';
  const show = async () => {
    const state = await read().catch(() => null);
    const line = state ? formatProgress(state) : last;
    if (line === last) return;
    last = line;
    stream.write(stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  };
  const timer = setInterval(() => void show(), stream.isTTY ? REFRESH_MS : LOG_EVERY_MS);
  return () => {
    clearInterval(timer);
    if (stream.isTTY) stream.write('\r\u001b[K');
  };
}

export function formatProgress(state: PassState): string {
  const total = Object.values(state.feeds).reduce((sum, feeds) => sum + feeds, 0);
  const articles = state.articlesRead + state.articlesWaiting;
  return `feeds ${count(state.feedsDone)} of ${count(total)} · articles read ${count(state.articlesRead)} of ${count(articles)}`;
}

/** What a pass came to, for the person at the terminal: also when there was no story, and why. `page` is the web page's address. */
export function formatPassSummary(state: PassState, page: string | null): string {
  const { feeds } = state;
  const unanswered = feeds.slow + feeds.failing + feeds.refused + feeds.gone;
  const why = unanswered > 0 ? ' ("npx rasid feeds list" says why)' : '';
  const waiting = state.articlesWaiting > 0 ? `, ${count(state.articlesWaiting)} waiting` : '';
  const lines = [
    `${feeds.fresh} feeds read, ${unanswered} not${why} · ${count(state.articlesRead)} articles read${waiting}`,
  ];
  if (feeds.fresh === 0 && unanswered > 0) {
    lines.push('No feed answered: is this machine connected to the internet?');
  }
  if (page !== null) lines.push(`The stories are also on ${page}`);
  return `${lines.join('\n')}\n`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
