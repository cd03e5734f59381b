import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ModelError } from '../../src/domain/errors.ts';
import { createEncoder, type Encoder } from '../../src/models/encoder.ts';
import { analyseDiscovered } from '../../src/pipeline/analyse-discovered.ts';
import { countArticles, saveArticles } from '../../src/store/article-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeArticle, makeFeed, NOW } from '../store/rows.ts';

const database = useTestDatabase();
beforeEach(() => database.clear());

const encoder = createEncoder({ model: 'models' });
afterAll(() => encoder.close());

const crashed = () => new ModelError('model-crashed', 'the thread ended', { retryable: true });
const nothing = () => undefined;

/** The model, but it fails for texts that `isBad` picks. */
function failing(isBad: (title: string) => boolean): Encoder & { calls: number } {
  const faulty = {
    ...encoder,
    calls: 0,
    encode: async (texts: Parameters<Encoder['encode']>[0]) => {
      faulty.calls += 1;
      if (texts.some(({ title }) => isBad(title))) throw crashed();
      return encoder.encode(texts);
    },
  };
  return faulty;
}

async function analyse(faulty: Encoder): Promise<number> {
  const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const queue = { wake: async () => undefined };
  return analyseDiscovered({ db: database.db, encoder: faulty, queue, log }, () => NOW);
}

async function discover(titles: string[]): Promise<void> {
  const feed = await makeFeed(database.db);
  const articles = titles.map((title) => makeArticle({ title }));
  await saveArticles(database.db, feed.id, articles, NOW);
}

const titles = ['Bank robbed of data', 'Poison', 'Port stands still', 'Poison again'];

describe('a batch with texts that end the model', () => {
  it('is read but for these, which are set aside with the reason', async () => {
    await discover(titles);
    expect(await analyse(failing((title) => title.startsWith('Poison')))).toBe(4);
    expect(await countArticles(database.db)).toMatchObject({ discovered: 0, analysed: 2 });
    const rows = await database.db.query(
      'SELECT title FROM articles WHERE analysis_error IS NOT NULL ORDER BY title',
    );
    expect(rows).toEqual([{ title: 'Poison' }, { title: 'Poison again' }]);
  });

  it('of nothing else is set aside too: it does not come back for ever', async () => {
    await discover(['Poison']);
    expect(await analyse(failing((title) => title === 'Poison'))).toBe(1);
    expect(await countArticles(database.db)).toMatchObject({ discovered: 0, clustered: 1 });
  });
});

describe('a model that reads nothing', () => {
  it('is given up at once, and every article waits', async () => {
    await discover(titles);
    const broken = failing(() => true);
    await expect(analyse(broken)).rejects.toMatchObject({ code: 'model-crashed' });
    expect(await countArticles(database.db)).toMatchObject({ discovered: 4 });
    expect(broken.calls).toBeLessThanOrEqual(3);
  });
});
