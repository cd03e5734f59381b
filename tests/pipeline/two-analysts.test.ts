import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEncoder, type Encoder } from '../../src/models/encoder.ts';
import { analyseDiscovered } from '../../src/pipeline/analyse-discovered.ts';
import { countArticles, saveArticles } from '../../src/store/article-store.ts';
import type { Database } from '../../src/store/db.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { createQueue } from '../../src/store/queue.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeArticle, makeFeed, NOW } from '../store/rows.ts';

const database = useTestDatabase();
const ARTICLES = 70;
const nothing = () => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

let other: Database;
const encoder = createEncoder({ model: 'models' });

beforeAll(async () => {
  other = await openDatabase({ databaseUrl: database.url, dataDir: '', log: nothing });
});
afterAll(async () => {
  await Promise.all([encoder.close(), other.close()]);
});

it('two analysts on one database share the articles, and their models read none of them twice', async () => {
  const feed = await makeFeed(database.db);
  const articles = Array.from({ length: ARTICLES }, () => makeArticle());
  await saveArticles(database.db, feed.id, articles, NOW);
  const read: string[][] = [[], []];
  const analyse = async (db: Database, titles: string[]) => {
    const encode: Encoder['encode'] = (texts) => {
      titles.push(...texts.map(({ title }) => title));
      return encoder.encode(texts);
    };
    const deps = { db, encoder: { ...encoder, encode }, queue: createQueue(db), log };
    while ((await analyseDiscovered(deps, () => NOW)) > 0);
  };
  await Promise.all([database.db, other].map((db, n) => analyse(db, read[n] ?? [])));
  expect(read.map((titles) => titles.length > 0)).toEqual([true, true]);
  expect(new Set(read.flat()).size).toBe(ARTICLES);
  expect(read.flat()).toHaveLength(ARTICLES);
  expect(await countArticles(database.db)).toMatchObject({ discovered: 0, analysed: ARTICLES });
});
