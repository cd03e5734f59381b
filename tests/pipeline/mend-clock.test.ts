import { beforeEach, describe, expect, it } from 'vitest';
import { composeNextDigest } from '../../src/pipeline/compose-digests.ts';
import { mendClock } from '../../src/pipeline/mend-clock.ts';
import { watchClock } from '../../src/pipeline/watch-clock.ts';
import { markClustered } from '../../src/store/article-store.ts';
import { claimDueFeeds, recordFetch } from '../../src/store/feed-store.ts';
import { createStory } from '../../src/store/story-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import {
  ANY_STORY,
  makeAnalysedArticles,
  makeFeed,
  makeSubscription,
  minutesLater,
  NOW,
} from '../store/rows.ts';

const database = useTestDatabase();
beforeEach(() => database.clear());

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const mend = (now: Date) => mendClock({ db: database.db, log }, () => now);

/** A year too far. */
const AHEAD = minutesLater(60 * 24 * 365);

async function makeStory(title: string, now: Date): Promise<void> {
  const [id = ''] = await makeAnalysedArticles(database.db, [{ article: { title } }]);
  await database.db.transaction(async (tx) => {
    await createStory(tx, id, now);
    await markClustered(tx, [id]);
  });
}

async function compose(now: Date): Promise<string> {
  const deps = { db: database.db, queue: { wake: async () => undefined }, threshold: 0.5 };
  while (await composeNextDigest(deps, () => now));
  return JSON.stringify(await database.db.query('SELECT digest FROM outbox ORDER BY id'));
}

describe('a clock that was a year ahead and is set right', () => {
  it('puts off no feed', async () => {
    const { db } = database;
    const feed = await makeFeed(db);
    const fetched = { status: 'fresh' as const, httpStatus: 200, error: null, etag: null };
    await recordFetch(
      db,
      feed.id,
      { ...fetched, lastModified: null, nextCheckAt: AHEAD, movedTo: null, succeeded: true },
      AHEAD,
    );
    const claim = () => claimDueFeeds(db, { now: NOW, limit: 9, holdSeconds: 60 });
    expect(await claim()).toEqual([]);
    await mend(NOW);
    expect(await claim()).toMatchObject([{ id: feed.id }]);
  });

  it('hides no story from a digest, and tells none twice', async () => {
    await makeSubscription(database.db, { ...ANY_STORY, schedule: 'hourly' });
    await makeStory('Told by the wrong clock', minutesLater(1));
    await compose(minutesLater(2));
    await database.db.query('UPDATE subscriptions SET next_due_at = $1, covered_until = $1', [
      AHEAD,
    ]);
    await makeStory('Clustered by the wrong clock', AHEAD);
    await mend(minutesLater(5));
    await makeStory('Clustered since', minutesLater(6));
    const told = await compose(minutesLater(61));
    for (const title of ['Told by', 'Clustered by', 'Clustered since']) {
      expect(told.split(title)).toHaveLength(2);
    }
  });

  it('hides nothing from a subscription that was made by the wrong clock', async () => {
    const { id } = await makeSubscription(database.db, { ...ANY_STORY, schedule: 'instant' });
    await database.db.query(
      'UPDATE subscriptions SET created_at = $2, covered_until = $2, next_due_at = $2 WHERE id = $1',
      [id, AHEAD],
    );
    await makeStory('Clustered by the wrong clock', minutesLater(1, AHEAD));
    await mend(NOW);
    await makeStory('Clustered since', minutesLater(1));
    await compose(minutesLater(2));
    await makeStory('Clustered later', minutesLater(20));
    const told = await compose(minutesLater(40));
    for (const title of ['Clustered by', 'Clustered since', 'Clustered later']) {
      expect(told.split(title)).toHaveLength(2);
    }
  });

  it('is noticed by comparison with time that only runs on; small corrections are not steps', () => {
    let [now, elapsed] = [NOW.getTime(), 1_000];
    const step = watchClock(
      () => new Date(now),
      () => elapsed,
    );
    [now, elapsed] = [now + 5_500, elapsed + 5_000];
    expect(step()).toBe(0);
    [now, elapsed] = [now + 3_600_000, elapsed + 2_000];
    expect(step()).toBeGreaterThan(3_500_000);
    [now, elapsed] = [now - 3_600_000, elapsed + 2_000];
    expect(step()).toBeLessThan(-3_500_000);
    elapsed += 100;
    now += 100;
    expect(step()).toBe(0);
  });
});

it('a clock set back by less than is mended hides nothing from a subscription made just before, and doubles nothing', async () => {
  await makeSubscription(database.db, { ...ANY_STORY, schedule: 'instant' });
  const stepped = new Date(NOW.getTime() - 50_000);
  await mend(stepped);
  await makeStory('Clustered after the step', new Date(stepped.getTime() + 10_000));
  await compose(minutesLater(1));
  const told = await compose(minutesLater(30));
  expect(told.split('Clustered after the step')).toHaveLength(2);
});
