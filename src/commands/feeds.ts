import type { Config } from '../config.ts';
import { messageOf } from '../domain/errors.ts';
import type { Feed, FeedSource, ParsedFeed } from '../domain/feed.ts';
import { loadCatalogue } from '../feeds/catalogue.ts';
import { addSource, removeSource } from '../feeds/edit-catalogue.ts';
import { parseFeed } from '../feeds/parse-feed.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { listFeeds, syncCatalogue } from '../store/feed-store.ts';
import { openDatabase } from '../store/open-database.ts';
import { createDocumentReader, type DocumentReader } from './read-document.ts';

interface FeedsIo {
  write: (line: string) => void;
  log: (line: string) => void;
  now: Date;
}

/** Each source of the catalogue with what its last fetches taught; works while the bot runs. */
export async function listSources(
  config: Config,
  options: { json: boolean },
  io: FeedsIo,
): Promise<number> {
  const { sources, problems } = await loadCatalogue(config.feedsFile);
  for (const problem of problems) io.log(problem);
  const db = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    log: io.log,
  });
  try {
    await syncCatalogue(db, sources, io.now);
    for (const feed of await listFeeds(db, null)) {
      io.write(options.json ? JSON.stringify(toJson(feed)) : toLine(feed));
    }
    return problems.length === 0 ? 0 : 1;
  } finally {
    await db.close();
  }
}

/** Fetches the given sources, or every enabled one, without storing anything. Exit code 1 when one could not be read. */
export async function checkSources(config: Config, urls: string[], io: FeedsIo): Promise<number> {
  const { sources } = await loadCatalogue(config.feedsFile);
  const wanted =
    urls.length > 0 ? urls : sources.filter((source) => source.enabled).map((source) => source.url);
  const reader = createDocumentReader(config);
  const results = await Promise.all(wanted.map((url) => checkOne(reader, url, io))).finally(
    reader.close,
  );
  return results.every(Boolean) ? 0 : 1;
}

async function checkOne(reader: DocumentReader, url: string, io: FeedsIo): Promise<boolean> {
  try {
    const feed = await readSource(reader, url, io.now);
    io.write(`ok       ${feed.items.length} items  ${feed.title}  ${url}`);
    for (const warning of feed.warnings) io.log(`         ${warning}`);
    return true;
  } catch (error) {
    io.write(`failed   ${messageOf(error)}  ${url}`);
    return false;
  }
}

/** Reads the source once, so that a typing error is found now and not at the next poll, then adds it to the catalogue. */
export async function addToCatalogue(
  config: Config,
  url: string,
  options: { name?: string; language?: 'ar' | 'en' },
  io: FeedsIo,
): Promise<number> {
  const reader = createDocumentReader(config);
  const feed = await readSource(reader, url, io.now).finally(reader.close);
  const name = options.name ?? (feed.title || new URL(url).hostname);
  const titles = feed.items.map((item) => item.title).join(' ');
  const source: FeedSource = {
    url,
    name,
    outlet: name,
    language: options.language ?? detectLanguage(feed.title, titles),
    kind: kindOf(feed),
    topics: [],
    trust: 3,
    fullText: false,
    enabled: true,
  };
  await addSource(config.feedsFile, source);
  io.log(`added "${name}" (${source.language}, ${feed.items.length} items)`);
  return 0;
}

export async function removeFromCatalogue(
  config: Config,
  url: string,
  io: FeedsIo,
): Promise<number> {
  await removeSource(config.feedsFile, url);
  io.log(`removed ${url}`);
  return 0;
}

async function readSource(reader: DocumentReader, url: string, now: Date): Promise<ParsedFeed> {
  const document = await reader.read(url);
  return parseFeed(document.body, { contentType: document.contentType, url: document.url, now });
}

function kindOf(feed: ParsedFeed): FeedSource['kind'] {
  return feed.format === 'json' || feed.format === 'sitemap' ? feed.format : 'rss';
}

function toJson(feed: Feed) {
  return {
    name: feed.name,
    url: feed.url,
    language: feed.language,
    enabled: feed.enabled,
    status: feed.status,
    lastSuccess: feed.lastSuccessAt?.toISOString() ?? null,
    failingSince: feed.failingSince?.toISOString() ?? null,
    error: feed.lastError,
    nextCheck: feed.nextCheckAt.toISOString(),
    note: feed.note ?? null,
  };
}

function toLine(feed: Feed): string {
  const health = feed.enabled ? feed.status : 'off';
  const reason = feed.enabled ? (feed.lastError ?? '') : (feed.note ?? '');
  return `${health.padEnd(8)} ${feed.language.padEnd(5)} ${feed.name}  ${feed.url}${reason ? `\n         ${reason}` : ''}`;
}
