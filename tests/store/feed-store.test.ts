import { beforeEach, describe, expect, it } from 'vitest';
import type { FetchRecord } from '../../src/domain/feed.ts';
import {
  addFeed,
  claimDueFeeds,
  countFeedsByStatus,
  findFeedByUrl,
  listFeeds,
  recordFetch,
  removeFeed,
  syncCatalogue,
} from '../../src/store/feed-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeSource, minutesLater, NOW } from './rows.ts';

const database = useTestDatabase({ poolSize: 8 });
beforeEach(() => database.clear());

const FETCHED: FetchRecord = {
  status: 'fresh',
  httpStatus: 200,
  error: null,
  etag: '"v1"',
  lastModified: null,
  nextCheckAt: minutesLater(30),
  movedTo: null,
  succeeded: true,
};

const FAILED: FetchRecord = {
  ...FETCHED,
  status: 'failing',
  httpStatus: 503,
  error: 'busy',
  succeeded: false,
};

const claim = { now: NOW, limit: 100, holdSeconds: 60 };

describe('the catalogue', () => {
  it('follows the list: new sources are due, changed ones keep their health, dropped ones stop', async () => {
    const { db } = database;
    const [kept, dropped] = [makeSource({ name: 'Kept' }), makeSource()];
    await syncCatalogue(db, [kept, dropped], NOW);
    const feed = await findFeedByUrl(db, kept.url);
    await recordFetch(db, feed?.id ?? '', FETCHED, NOW);
    const added = makeSource();
    await syncCatalogue(
      db,
      [{ ...kept, name: 'Renamed', topics: ['breach'], note: 'why' }, added],
      NOW,
    );
    expect(await findFeedByUrl(db, kept.url)).toMatchObject({
      id: feed?.id,
      name: 'Renamed',
      topics: ['breach'],
      note: 'why',
      status: 'fresh',
      etag: '"v1"',
      enabled: true,
    });
    expect(await findFeedByUrl(db, dropped.url)).toMatchObject({ enabled: false });
    expect(await findFeedByUrl(db, added.url)).toMatchObject({ status: 'new', nextCheckAt: NOW });
  });

  it('knows a source by its old and its new address after a move, and stays one feed', async () => {
    const { db } = database;
    const source = makeSource();
    await syncCatalogue(db, [source], NOW);
    const feed = await findFeedByUrl(db, source.url);
    await recordFetch(db, feed?.id ?? '', { ...FETCHED, movedTo: 'https://moved.example/' }, NOW);
    await syncCatalogue(db, [source], NOW);
    expect(await findFeedByUrl(db, source.url)).toMatchObject({
      id: feed?.id,
      url: 'https://moved.example/',
    });
    await syncCatalogue(db, [{ ...source, url: 'https://moved.example/' }], NOW);
    expect(await findFeedByUrl(db, 'https://moved.example/')).toMatchObject({
      id: feed?.id,
      enabled: true,
    });
    expect(await findFeedByUrl(db, source.url)).toBeNull();
  });

  it('does not follow a move to the address of another feed', async () => {
    const { db } = database;
    const [one, two] = [makeSource(), makeSource()];
    await syncCatalogue(db, [one, two], NOW);
    const feed = await findFeedByUrl(db, one.url);
    await recordFetch(db, feed?.id ?? '', { ...FETCHED, movedTo: two.url }, NOW);
    expect(await findFeedByUrl(db, one.url)).toMatchObject({ id: feed?.id, url: one.url });
  });

  it('shows a guild its own sources beside the catalogue, and nobody else', async () => {
    const { db } = database;
    const source = makeSource({ name: 'Ours' });
    await addFeed(db, source, 'guild-1', NOW);
    await addFeed(db, source, 'guild-2', NOW);
    const names = async (guild: string | null) =>
      (await listFeeds(db, guild)).map((feed) => feed.name);
    expect((await names('guild-1')).filter((name) => name === 'Ours')).toHaveLength(1);
    expect(await names(null)).not.toContain('Ours');
    expect(await removeFeed(db, source.url, null)).toBe(false);
    expect(await removeFeed(db, source.url, 'guild-1')).toBe(true);
    expect(await removeFeed(db, source.url, 'guild-1')).toBe(false);
    expect(await names('guild-1')).not.toContain('Ours');
    expect(await names('guild-2')).toContain('Ours');
    const again = await addFeed(db, source, 'guild-1', NOW);
    expect(again).toMatchObject({ name: 'Ours', enabled: true, guildId: 'guild-1' });
  });
});

describe('claiming feeds', () => {
  it('gives a due feed to one poller, and again when its hold has passed', async () => {
    const { db } = database;
    await syncCatalogue(
      db,
      Array.from({ length: 40 }, () => makeSource()),
      NOW,
    );
    const claims = await Promise.all(
      Array.from({ length: 5 }, () => claimDueFeeds(db, { ...claim, limit: 20 })),
    );
    const ids = claims.flat().map((feed) => feed.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length + (await claimDueFeeds(db, claim)).length).toBe(40);
    expect(await claimDueFeeds(db, { ...claim, now: minutesLater(0.5) })).toEqual([]);
    expect(await claimDueFeeds(db, { ...claim, now: minutesLater(1) })).toHaveLength(40);
  });

  it('leaves out feeds that are gone, disabled or not due', async () => {
    const { db } = database;
    const [gone, waiting, off] = [makeSource(), makeSource(), makeSource({ enabled: false })];
    await syncCatalogue(db, [gone, waiting, off], NOW);
    const [first, second] = await claimDueFeeds(db, claim);
    await recordFetch(db, first?.id ?? '', { ...FAILED, status: 'gone', nextCheckAt: NOW }, NOW);
    await recordFetch(db, second?.id ?? '', FETCHED, NOW);
    expect(await claimDueFeeds(db, { ...claim, now: minutesLater(29) })).toEqual([]);
    const due = await claimDueFeeds(db, { ...claim, now: minutesLater(30) });
    expect(due.map((feed) => feed.id)).toEqual([second?.id]);
    expect(await countFeedsByStatus(db)).toMatchObject({ gone: 1, fresh: 1, new: 0 });
  });
});

describe('the health of a feed', () => {
  it('counts failures in a row and since when, until a fetch succeeds', async () => {
    const { db } = database;
    const feed = await addFeed(db, makeSource(), null, NOW);
    await recordFetch(db, feed.id, { ...FAILED, error: 'bad\0byte' }, NOW);
    await recordFetch(db, feed.id, FAILED, minutesLater(5));
    expect(await findFeedByUrl(db, feed.url)).toMatchObject({
      status: 'failing',
      failureCount: 2,
      failingSince: NOW,
      lastFetchedAt: minutesLater(5),
      lastSuccessAt: null,
      lastStatus: 503,
      lastError: 'busy',
    });
    await recordFetch(db, feed.id, FETCHED, minutesLater(10));
    expect(await findFeedByUrl(db, feed.url)).toMatchObject({
      status: 'fresh',
      failureCount: 0,
      failingSince: null,
      lastError: null,
      lastSuccessAt: minutesLater(10),
      nextCheckAt: minutesLater(30),
    });
  });
});
