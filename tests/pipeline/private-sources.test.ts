import { expect, it } from 'vitest';
import { composeNextDigest } from '../../src/pipeline/compose-digests.ts';
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
