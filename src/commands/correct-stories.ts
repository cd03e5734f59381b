import type { Config } from '../config.ts';
import { UsageError } from '../domain/errors.ts';
import { canonicalUrl } from '../extract/canonical-url.ts';
import {
  articlesOfStory,
  findCorrectable,
  mergeStories,
  splitStory,
} from '../store/correction-store.ts';
import type { Database, Queryable } from '../store/db.ts';
import { openDatabase } from '../store/open-database.ts';
import { isRowId } from '../store/row-id.ts';
import { lockStories } from '../store/story-store.ts';

interface CorrectionIo {
  log: (line: string) => void;
  clock: () => Date;
}

/**
 * `rasid stories merge A B`: from now on they are one story, the older of the two; each is a story's number or the link of an article.
 * Done twice, it changes nothing. Works while the bot runs. @returns the exit code @throws UsageError `no-story`
 */
export async function runMergeStories(
  config: Config,
  names: { story: string; other: string },
  io: CorrectionIo,
): Promise<number> {
  return withDatabase(config, io, async (db) => {
    const kept = await db.transaction(async (tx) => {
      await lockStories(tx);
      const story = await findCorrectable(tx, nameOf(names.story));
      const other = await findCorrectable(tx, nameOf(names.other));
      if (story === null) throw noStory(names.story);
      if (other === null) throw noStory(names.other);
      const [older, newer] =
        Number(story.storyId) < Number(other.storyId) ? [story, other] : [other, story];
      if (older.storyId === newer.storyId) return older.storyId;
      const merge = { storyId: older.storyId, otherId: newer.storyId };
      await mergeStories(tx, merge, io.clock());
      return older.storyId;
    });
    io.log(`one story: ${kept}`);
  });
}

/**
 * `rasid stories split STORY ARTICLE…`: these articles, each a link or a number, leave the story and are one of their own. Done twice,
 * it changes nothing. @returns the exit code @throws UsageError `no-story`, `no-article`, `whole-story`
 */
export async function runSplitStory(
  config: Config,
  names: { story: string; articles: string[] },
  io: CorrectionIo,
): Promise<number> {
  return withDatabase(config, io, async (db) => {
    io.log(await db.transaction((tx) => split(tx, names, io.clock)));
  });
}

/** @returns what was done, in words */
async function split(
  tx: Queryable,
  names: { story: string; articles: string[] },
  clock: () => Date,
): Promise<string> {
  await lockStories(tx);
  const story = await findCorrectable(tx, nameOf(names.story));
  if (story === null) throw noStory(names.story);
  const { storyId } = story;
  const inside = new Set<string>();
  for (const name of names.articles) {
    const found = await findCorrectable(tx, isRowId(name) ? { articleId: name } : nameOf(name));
    if (!found?.articleId) throw new UsageError('no-article', `there is no article ${name}`);
    if (found.storyId === storyId) inside.add(found.articleId);
  }
  if (inside.size === 0) return `already apart from story ${storyId}`;
  const all = await articlesOfStory(tx, storyId);
  if (all.length === inside.size) {
    throw new UsageError('whole-story', `these are all articles of story ${storyId}`);
  }
  const newId = await splitStory(tx, { storyId, articleIds: [...inside] }, clock());
  return `${inside.size} of ${all.length} articles left story ${storyId} and are story ${newId}`;
}

/** A number is a story's; anything else is the link of one of its articles. */
function nameOf(text: string): { storyId: string } | { canonicalUrl: string } {
  return isRowId(text) ? { storyId: text } : { canonicalUrl: canonicalUrl(text) };
}

function noStory(name: string): UsageError {
  return new UsageError('no-story', `there is no story ${name}`);
}

async function withDatabase(
  config: Config,
  io: CorrectionIo,
  work: (db: Database) => Promise<void>,
): Promise<number> {
  const { databaseUrl, dataDir } = config;
  const db = await openDatabase({ databaseUrl, dataDir, log: io.log });
  try {
    await work(db);
    return 0;
  } finally {
    await db.close();
  }
}
