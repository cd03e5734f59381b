import { beforeEach, describe, expect, it } from 'vitest';
import { loadModel } from '../../src/models/load-model.ts';
import { assignStories } from '../../src/pipeline/assign-stories.ts';
import { createSearch } from '../../src/search/create-search.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeAnalysedArticles, makeVector, minutesLater, NOW } from '../store/rows.ts';

const database = useTestDatabase();
beforeEach(() => database.clear());

const { story: rule } = loadModel('models').heads;
const DAY = 24 * 60;

/** A clusterer with vectors of its own in memory, as another process has. */
function createClusterer() {
  const { db } = database;
  const encoder = { encode: async () => [] };
  const { nearArticles } = createSearch({ db, encoder, clock: () => NOW });
  const nothing = () => undefined;
  const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const deps = { db, queue: { wake: async () => undefined }, rule, nearArticles, log };
  return async () => {
    while ((await assignStories(deps, () => NOW)) > 0);
  };
}

const BREACH = 'Hackers steal passenger records of Gulfair airline';

async function makeReport(title: string, degrees: number, days = 0): Promise<void> {
  await makeAnalysedArticles(database.db, [
    {
      article: { title, text: `${title}, officials said.`, publishedAt: minutesLater(days * DAY) },
      analysis: { embedding: makeVector(degrees) },
    },
  ]);
}

async function storiesOf(title: string): Promise<string[]> {
  const rows = await database.db.query<{ story_id: string }>(
    'SELECT DISTINCT story_id FROM articles WHERE title = $1',
    [title],
  );
  return rows.map((row) => row.story_id);
}

describe('an article', () => {
  it('joins the story that it tells, also one that another process has begun meanwhile', async () => {
    const [one, other] = [createClusterer(), createClusterer()];
    await makeReport(BREACH, 0);
    await one();
    await makeReport(BREACH, 3);
    await other();
    await makeReport(BREACH, 5);
    await one();
    expect(await storiesOf(BREACH)).toHaveLength(1);
  });

  it('finds its story among many others that were published on the same day', async () => {
    const cluster = createClusterer();
    await makeReport(BREACH, 0);
    for (let i = 0; i < 100; i += 1) await makeReport(`Another incident, number ${i}`, 90 + i);
    await cluster();
    await makeReport(BREACH, 2);
    await cluster();
    expect(await storiesOf(BREACH)).toHaveLength(1);
  });

  it('begins a story of its own when its like was told before the window of the rule', async () => {
    const cluster = createClusterer();
    await makeReport(BREACH, 0, -(rule.windowDays + 1));
    await cluster();
    await makeReport(BREACH, 0);
    await cluster();
    expect(await storiesOf(BREACH)).toHaveLength(2);
  });
});
