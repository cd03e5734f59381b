import { beforeEach, describe, expect, it } from 'vitest';
import { NO_ENTITIES } from '../../src/domain/entity.ts';
import { addFeed } from '../../src/store/feed-store.ts';
import {
  addToStory,
  awaitStories,
  candidateStories,
  createStory,
  findStoriesById,
  findStory,
  latestStories,
  lockStories,
  storyIdsUpdatedBetween,
} from '../../src/store/story-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeAnalysedArticles, makeSource, makeVector, minutesLater, NOW } from './rows.ts';

const database = useTestDatabase({ poolSize: 8 });
beforeEach(() => database.clear());

const NOT_CYBER = { cyber: { isCyber: false, score: 0.1, threshold: 0.5 } };

describe('a story', () => {
  it('shows its cyber reports oldest first, with what they say together', async () => {
    const { db } = database;
    const [second = '', first = '', film = ''] = await makeAnalysedArticles(db, [
      {
        article: { title: 'second', outlet: 'BBC', publishedAt: minutesLater(20) },
        analysis: {
          severity: { level: 'critical', reasons: ['exploited'] },
          topics: [
            { topic: 'breach', score: 0.6 },
            { topic: 'espionage', score: 0.7 },
          ],
          entities: {
            ...NO_ENTITIES,
            cves: ['CVE-2026-2'],
            actors: [{ name: 'X', mentions: ['إكس'] }],
          },
        },
      },
      {
        article: { title: 'first', outlet: 'رويترز', publishedAt: minutesLater(10) },
        analysis: {
          language: 'ar',
          severity: { level: 'low', reasons: ['minor'] },
          topics: [{ topic: 'breach', score: 0.9 }],
          entities: {
            ...NO_ENTITIES,
            cves: ['CVE-2026-2'],
            actors: [{ name: 'X', mentions: ['X'] }],
          },
        },
      },
      { article: { title: 'film' }, analysis: NOT_CYBER },
    ]);
    const id = await createStory(db, second, NOW);
    await addToStory(db, id, first, minutesLater(30));
    await addToStory(db, id, film, minutesLater(31));
    const story = await findStory(db, null, id);
    expect(story).toMatchObject({
      id,
      severity: { level: 'critical', reasons: ['exploited'] },
      topics: [
        { topic: 'breach', score: 0.9 },
        { topic: 'espionage', score: 0.7 },
      ],
      entities: { cves: ['CVE-2026-2'], actors: [{ name: 'X', mentions: ['X', 'إكس'] }] },
      firstPublishedAt: minutesLater(10),
      updatedAt: minutesLater(31),
    });
    expect(story?.reports.map((report) => [report.title, report.outlet, report.language])).toEqual([
      ['first', 'رويترز', 'ar'],
      ['second', 'BBC', 'en'],
    ]);
  });

  it('is not news again when an article that it has is added again', async () => {
    const { db } = database;
    const [article = ''] = await makeAnalysedArticles(db, [{}]);
    const id = await createStory(db, article, NOW);
    await addToStory(db, id, article, minutesLater(60));
    expect((await findStory(db, null, id))?.updatedAt).toEqual(NOW);
  });

  it('is not found under an odd id, or when nothing in it is a cyber story', async () => {
    const { db } = database;
    const [film = ''] = await makeAnalysedArticles(db, [{ analysis: NOT_CYBER }]);
    expect(await findStory(db, null, await createStory(db, film, NOW))).toBeNull();
    expect(await findStory(db, null, '999999')).toBeNull();
    expect(await findStory(db, null, "1' OR 1=1")).toBeNull();
    await expect(createStory(db, '999999', NOW)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a story that a server’s own source tells', () => {
  it('is seen by that server alone, until a source of the catalogue tells it too', async () => {
    const { db } = database;
    const own = await addFeed(db, makeSource(), 'guild', NOW);
    const [told = ''] = await makeAnalysedArticles(db, [{ article: { title: 'own' } }], own);
    const id = await createStory(db, told, NOW);
    const seenBy = async (guildId: string | null) => {
      const window = { guildId, since: minutesLater(-1), until: NOW };
      const updated = await storyIdsUpdatedBetween(db, window);
      const found = [
        await findStory(db, guildId, id),
        ...(await findStoriesById(db, guildId, updated)),
        ...(await latestStories(db, { ...window, limit: 10, offset: 0 })),
      ];
      return found.map((story) => story?.reports.map((report) => report.title));
    };
    expect(await seenBy('guild')).toEqual([['own'], ['own'], ['own']]);
    expect([await seenBy('stranger'), await seenBy(null)]).toEqual([[undefined], [undefined]]);
    const [open = ''] = await makeAnalysedArticles(db, [{ article: { title: 'open' } }]);
    await addToStory(db, id, open, NOW);
    expect(await seenBy('stranger')).toEqual([['open'], ['open'], ['open']]);
    expect((await findStory(db, 'guild', id))?.reports).toHaveLength(2);
  });
});

describe('stories of a time', () => {
  it('are those updated after the start and up to the end, the last first', async () => {
    const { db } = database;
    const articles = await makeAnalysedArticles(db, [{}, {}, {}, { analysis: NOT_CYBER }]);
    const ids: string[] = [];
    for (const [index, article] of articles.entries()) {
      ids.push(await createStory(db, article, minutesLater(index)));
    }
    const between = (since: number, until: number) =>
      storyIdsUpdatedBetween(db, {
        guildId: null,
        since: minutesLater(since),
        until: minutesLater(until),
      });
    expect(await between(0, 2)).toEqual([ids[2], ids[1]]);
    expect(await between(-1, 5)).toEqual([ids[2], ids[1], ids[0]]);
  });

  it('are listed with the newest report first, page by page', async () => {
    const { db } = database;
    const [older = '', newer = '', newest = ''] = await makeAnalysedArticles(db, [
      { article: { publishedAt: minutesLater(-50) } },
      { article: { publishedAt: minutesLater(-40) } },
      { article: { publishedAt: minutesLater(-10) } },
    ]);
    const first = await createStory(db, older, NOW);
    const second = await createStory(db, newer, NOW);
    await addToStory(db, first, newest, NOW);
    const page = async (offset: number, since = -60) =>
      (
        await latestStories(db, { guildId: null, since: minutesLater(since), limit: 1, offset })
      ).map((s) => s.id);
    expect([await page(0), await page(1), await page(2)]).toEqual([[first], [second], []]);
    expect(await page(1, -30)).toEqual([]);
  });

  it('are candidates with their newest articles only', async () => {
    const { db } = database;
    const [a = '', b = '', c = '', far = ''] = await makeAnalysedArticles(db, [
      { article: { publishedAt: minutesLater(1) } },
      { article: { publishedAt: minutesLater(2) }, analysis: { embedding: makeVector(45) } },
      { article: { publishedAt: minutesLater(3) } },
      { article: { publishedAt: minutesLater(-9999) } },
    ]);
    const near = await createStory(db, a, NOW);
    await addToStory(db, near, b, NOW);
    await addToStory(db, near, c, NOW);
    await createStory(db, far, NOW);
    const options = { storyIds: [near], articlesPerStory: 2 };
    const [candidate, ...others] = await candidateStories(db, options);
    expect(others).toEqual([]);
    expect(candidate?.id).toBe(near);
    expect(candidate?.articles.map((article) => article.id)).toEqual([c, b]);
    expect(candidate?.articles[1]?.embedding).toEqual(makeVector(45));
  });
});

describe('the clusterer', () => {
  it('works alone, and a composer waits until its stories can be seen', async () => {
    const { db } = database;
    const [article = ''] = await makeAnalysedArticles(db, [{}]);
    const order: string[] = [];
    let composing: Promise<void> = Promise.resolve();
    await db.transaction(async (tx) => {
      await lockStories(tx);
      composing = db.transaction(async (composer) => {
        await awaitStories(composer);
        const window = { guildId: null, since: minutesLater(-1), until: NOW };
        order.push(`composed ${(await storyIdsUpdatedBetween(composer, window)).length}`);
      });
      await waitForBlocked(db.query);
      await createStory(tx, article, NOW);
      order.push('clustered');
    });
    await composing;
    expect(order).toEqual(['clustered', 'composed 1']);
  });
});

/** Returns when some transaction waits for an advisory lock. */
async function waitForBlocked(query: (sql: string) => Promise<unknown[]>): Promise<void> {
  const blocked = () =>
    query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
  while ((await blocked()).length === 0);
}
