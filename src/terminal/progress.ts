/** What a long pass has done so far. */
export interface PassProgress {
  feedsDone: number;
  feedsTotal: number;
  articlesRead: number;
  articlesTotal: number;
}

const REFRESH_MS = 500;

/** Where there is no terminal to redraw (a log file), a line at each of these steps of a second is enough. */
const LOG_EVERY_MS = 5_000;

/**
 * Shows progress on `stream` until the returned function is called: one line redrawn on a terminal, a line every five
 * seconds elsewhere. `read` failing once (a database coming back) skips that beat.
 */
export function showProgress(
  read: () => Promise<PassProgress>,
  stream: NodeJS.WriteStream,
): () => void {
  let last = '';
  const show = async () => {
    const progress = await read().catch(() => null);
    if (!progress) return;
    const line = formatProgress(progress);
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

export function formatProgress(progress: PassProgress): string {
  const count = (value: number) => value.toLocaleString('en-US');
  return `feeds ${count(progress.feedsDone)} of ${count(progress.feedsTotal)} · articles read ${count(progress.articlesRead)} of ${count(progress.articlesTotal)}`;
}
