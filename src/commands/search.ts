import type { Config } from '../config.ts';
import { UsageError } from '../domain/errors.ts';
import { createEncoder } from '../models/encoder.ts';
import { createSearch } from '../search/create-search.ts';
import { findArticles } from '../store/article-search.ts';
import { openDatabase } from '../store/open-database.ts';

export interface SearchOptions {
  language?: 'ar' | 'en' | undefined;
  /** `7d`, `12h`, `30m`. */
  since?: string | undefined;
  limit: number;
  json: boolean;
}

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Searches the stored articles by meaning and by words, in either language; works while the bot runs. */
export async function runSearch(
  config: Config,
  query: string,
  options: SearchOptions,
  io: { write: (line: string) => void; log: (line: string) => void; now: Date },
): Promise<number> {
  const since = options.since === undefined ? null : parseSince(options.since, io.now);
  const db = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    log: io.log,
  });
  const encoder = createEncoder({ model: config.model });
  try {
    const search = createSearch({ db, encoder, clock: () => io.now });
    const found = await search.findArticles({
      text: query,
      language: options.language ?? null,
      since,
      guildId: null,
      limit: options.limit,
    });
    const ranks = new Map(found.map(({ articleId, rank }) => [articleId, rank]));
    const articles = await findArticles(db, [...ranks.keys()]);
    for (const article of articles) {
      io.write(
        options.json
          ? JSON.stringify({
              title: article.title,
              url: article.url,
              outlet: article.outlet,
              published: article.publishedAt.toISOString(),
              language: article.analysis?.language,
              severity: article.analysis?.severity.level,
              story: article.storyId,
              summary: article.analysis?.summary.text,
              rank: ranks.get(article.id),
            })
          : `${article.publishedAt.toISOString().slice(0, 10)}  ${article.outlet}: ${article.title}\n            ${article.url}`,
      );
    }
    if (found.length === 0) io.log('nothing found');
    return 0;
  } finally {
    await encoder.close();
    await db.close();
  }
}

/** @throws UsageError for anything but a number and one of m, h, d. */
export function parseSince(text: string, now: Date): Date {
  const match = /^(\d{1,5})([mhd])$/.exec(text);
  const unit = match?.[2] as keyof typeof UNIT_MS | undefined;
  if (!match || !unit) {
    throw new UsageError(
      'bad-since',
      `--since is "${text}": must be a number and m, h or d, such as 7d`,
    );
  }
  return new Date(now.getTime() - Number(match[1]) * UNIT_MS[unit]);
}
