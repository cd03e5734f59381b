import { readFile, stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { AppError, FeedError, messageOf } from '../domain/errors.ts';
import type { ParsedFeed } from '../domain/feed.ts';
import { parseFeed } from '../feeds/parse-feed.ts';

export interface FetchedDocument {
  body: Buffer;
  contentType: string | null;
  /** After redirects: relative links start from it. */
  url: string;
}

/** A larger file is refused before it is read. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * `rasid parse-feed`: writes a JSON line for each file or address, in order, reading one at a time so that thousands may be named.
 * `contentType` is taken as the header that each file was served with.
 * @returns the exit code: 0, or 1 when any source could not be read as a feed.
 */
export async function runParseFeed(task: {
  sources: string[];
  contentType?: string | undefined;
  fetchUrl: (url: string) => Promise<FetchedDocument>;
  write: (line: string) => void;
  now: Date;
}): Promise<number> {
  let exitCode = 0;
  for (const source of task.sources) {
    try {
      const { body, contentType, url } = await readSource(source, task.fetchUrl);
      const type = task.contentType ?? contentType;
      const feed = await parseFeed(body, { contentType: type, url, now: task.now });
      task.write(JSON.stringify({ source, ...toOutput(feed) }));
    } catch (error) {
      exitCode = 1;
      const code = error instanceof AppError ? error.code : 'failed';
      task.write(JSON.stringify({ source, error: { code, message: messageOf(error) } }));
    }
  }
  return exitCode;
}

async function readSource(
  source: string,
  fetchUrl: (url: string) => Promise<FetchedDocument>,
): Promise<FetchedDocument> {
  if (/^https?:\/\//i.test(source)) return fetchUrl(source);
  try {
    const file = await stat(source);
    if (file.isFile() && file.size <= MAX_FILE_BYTES) {
      return { body: await readFile(source), contentType: null, url: pathToFileURL(source).href };
    }
    if (file.isFile()) throw tooLarge(file.size);
  } catch (cause) {
    if (cause instanceof FeedError) throw cause;
    throw new FeedError('unreadable-file', `cannot be read: ${messageOf(cause)}`, { cause });
  }
  throw new FeedError('unreadable-file', 'cannot be read: not a file');
}

function tooLarge(size: number): FeedError {
  return new FeedError('too-large', `${size} bytes: at most ${MAX_FILE_BYTES} are read`);
}

/** The fields that the command promises; `contentHtml` and `outlet` stay inside. */
function toOutput({ format, title, language, items, warnings }: ParsedFeed) {
  return {
    format,
    title,
    language,
    items: items.map(({ id, title, url, published, summary, authors, categories }) => ({
      id,
      title,
      url,
      published: published?.toISOString() ?? null,
      summary,
      authors,
      categories,
    })),
    warnings,
  };
}
