import { expect, it } from 'vitest';
import { articlesAnalysedAfter } from '../../src/store/article-search.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeAnalysedArticles, NOW } from './rows.ts';

const database = useTestDatabase();

it('what was analysed is given page by page to its end, also when all of it bears one instant, to the microsecond', async () => {
  const { db } = database;
  const articles = Array.from({ length: 5 }, () => ({}));
  const ids = await makeAnalysedArticles(db, articles);
  await db.query(`UPDATE articles SET analysed_at = '2026-11-24 08:00:00.123456+00'`);
  const seen: string[] = [];
  let after: Parameters<typeof articlesAnalysedAfter>[1] = { analysedAt: NOW, id: '0' };
  for (let page = 0; page <= ids.length; page += 1) {
    const rows = await articlesAnalysedAfter(db, after, 2);
    seen.push(...rows.map(({ id }) => id));
    after = rows.at(-1) ?? after;
  }
  expect(seen).toEqual(ids.sort());
});
