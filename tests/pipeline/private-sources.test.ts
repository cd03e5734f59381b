import { beforeEach, describe, expect, it } from 'vitest';
import { composeNextDigest } from '../../src/pipeline/compose-digests.ts';
import { findVisibleArticle } from '../../src/store/explain-store.ts';
import { latestStories } from '../../src/store/story-store.ts';
import { storeStory, type Told } from '../discord/store-story.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeSubscription } from '../store/rows.ts';

/** 05:00 UTC, the time at which `storeStory` stores. */
const NOW = new Date('2026-11-24T05:00:00Z');
const database = useTestDatabase();

it('puts what a server’s own source tells into that server’s digests alone', async () => {
  const { db } = database;
  const told = { summary: 'x', language: 'en', outlet: 'BBC', hoursAgo: 1 } satisfies Partial<Told>;
  await storeStory(db, [{ ...told, title: 'open' }]);
  await storeStory(db, [{ ...told, title: 'own', guildId: 'ours' }]);
  await storeStory(db, [
    { ...told, title: 'both, told openly' },
    { ...told, title: 'both, told by their own', outlet: 'Own', hoursAgo: 2, guildId: 'ours' },
  ]);
  for (const guildId of ['ours', 'strangers']) {
    await makeSubscription(db, { guildId, language: 'both', topics: [], sources: [] }, NOW);
  }
  await db.query("UPDATE subscriptions SET covered_until = $1::timestamptz - interval '1 hour'", [
    NOW,
  ]);
  const deps = { db, queue: { wake: async () => undefined }, threshold: 0.5 };
  while (await composeNextDigest(deps, () => NOW));

  const rows = await db.query<{ guild_id: string; title: string; articles: number }>(
    `SELECT guild_id, story ->> 'title' AS title, (story ->> 'articleCount')::int AS articles
     FROM outbox, jsonb_array_elements(digest -> 'stories') AS story ORDER BY guild_id, title`,
  );
  expect(rows).toEqual([
    { guild_id: 'ours', title: 'both, told by their own', articles: 2 },
    { guild_id: 'ours', title: 'open', articles: 1 },
    { guild_id: 'ours', title: 'own', articles: 1 },
    { guild_id: 'strangers', title: 'both, told openly', articles: 1 },
    { guild_id: 'strangers', title: 'open', articles: 1 },
  ]);
});

describe('an address that several sources carry in words of their own', () => {
  const address = 'https://news.example/shared';
  const told = { language: 'en', outlet: 'BBC', hoursAgo: 1, url: address } satisfies Partial<Told>;
  const open = { ...told, title: 'As all may read it', summary: 'Short.' };
  const fuller = 'Long, and only for those who pay for it. '.repeat(3);
  const own = (guildId: string) => ({
    ...told,
    title: `As ${guildId} reads it`,
    summary: `${fuller}${guildId}`,
    outlet: guildId,
    guildId,
  });
  const readers = ['ours', 'theirs', 'strangers', null];

  /** What each reader finds of it, by title and outlet. */
  async function read() {
    const { db } = database;
    const since = new Date(NOW.getTime() - 86_400_000);
    const found = readers.map(async (guildId) => {
      const stories = await latestStories(db, { guildId, since, limit: 50, offset: 0 });
      const reports = stories.flatMap((story) => story.reports);
      return reports.filter(({ url }) => url === address).map(({ title }) => title);
    });
    return Promise.all(found);
  }

  beforeEach(() => database.clear());

  it('is told to each server in the words of its own source, and to nobody else', async () => {
    const { db } = database;
    await storeStory(db, [own('ours')]);
    await storeStory(db, [own('theirs')]);
    expect(await read()).toEqual([['As ours reads it'], ['As theirs reads it'], [], []]);
    expect(await findVisibleArticle(db, 'ours', address)).toMatchObject({ outlet: 'ours' });
    expect(await findVisibleArticle(db, 'strangers', address)).toBeNull();
  });

  it('is told to all in the catalogue’s words, however full a server’s own source is, whichever came first', async () => {
    const { db } = database;
    await storeStory(db, [own('ours')]);
    await storeStory(db, [open]);
    await storeStory(db, [own('theirs')]);
    const [ours, ...others] = await read();
    expect(ours?.toSorted()).toEqual(['As all may read it', 'As ours reads it']);
    // Their source came when the catalogue had told it: it adds nothing.
    expect(others).toEqual(Array(3).fill(['As all may read it']));
    const article = await findVisibleArticle(db, 'strangers', address);
    expect(article).toMatchObject({ title: open.title, text: open.summary, canonicalUrl: address });
  });
});
