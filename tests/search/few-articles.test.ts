import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEncoder } from '../../src/models/encoder.ts';
import { analyseDiscovered } from '../../src/pipeline/analyse-discovered.ts';
import { createSearch } from '../../src/search/create-search.ts';
import { saveArticles } from '../../src/store/article-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeArticle, makeFeed, NOW } from '../store/rows.ts';

const database = useTestDatabase();
const encoder = createEncoder({ model: 'models' });
afterAll(() => encoder.close());

const PORT = 'هجوم إلكتروني يشل مرفأ النجمة ويوقف مئات الشاحنات';
const TITLES = [
  PORT,
  'Patients’ records stolen from hospital group by hackers',
  'Ransomware gang leader arrested after attacks on banks',
];
const silent = () => undefined;

beforeAll(async () => {
  const { db } = database;
  const feed = await makeFeed(db);
  const articles = TITLES.map((title) => makeArticle({ title }));
  await db.transaction((tx) => saveArticles(tx, feed.id, articles, NOW));
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const queue = { wake: async () => undefined };
  await analyseDiscovered({ db, encoder, queue, log }, () => NOW);
});

it.each([
  ['هجوم على الموانئ', PORT],
  ['port shut down by hackers', PORT],
  ['ransomware', TITLES[2]],
  ['تسريب سجلات المرضى', TITLES[1]],
])(
  'where few articles are stored, %s finds what is nearest, in either language',
  async (text, title) => {
    const { db } = database;
    const search = createSearch({ db, encoder, clock: () => NOW });
    const anything = { language: null, since: null, guildId: null };
    const [first] = await search.findArticles({ ...anything, text, limit: 1 });
    expect(first?.title).toBe(title);
  },
);
