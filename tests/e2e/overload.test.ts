import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyseDiscovered } from '../../src/pipeline/analyse-discovered.ts';
import { addFeed } from '../../src/store/feed-store.ts';
import { textOf } from '../discord/text-of.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../helpers/fake-discord/create-fake-discord.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { inventIncidents } from '../helpers/invent-incidents.ts';
import { renderRss } from '../helpers/render-rss.ts';
import { makeSource, minutesLater, NOW } from '../store/rows.ts';
import { openWatchedProcess, type WatchedProcess } from '../web/watched-process.ts';

/** What the model reads at a time, and ten times as much. */
const BATCH = 32;
const ARTICLES = 10 * BATCH;
const QUARTER = ARTICLES / 4;
const YESTERDAY = minutesLater(-24 * 60);

describe(`${ARTICLES} articles for a model that reads ${BATCH} meanwhile`, () => {
  let database: TestDatabase;
  let discord: FakeDiscord;
  let feeds: FeedServer;
  let rasid: WatchedProcess;
  /** Lets the model go on that a test holds. */
  let release = () => {};
  let asker: { guildId: string; channelId: string };

  beforeAll(async () => {
    [database, discord, feeds] = await Promise.all([
      openTestDatabase(),
      createFakeDiscord({ interactionDeadlineMs: 10_000 }),
      createFeedServer(),
    ]);
    const guildId = discord.addGuild();
    asker = { guildId, channelId: discord.addChannel(guildId, 'news') };
    for (const [index, { path, trust }] of [
      { path: '/blog', trust: 1 },
      { path: '/agency', trust: 5 },
    ].entries()) {
      const first = index * 2 * QUARTER;
      const items = [
        ...inventIncidents(first, QUARTER, YESTERDAY),
        ...inventIncidents(first + QUARTER, QUARTER, NOW),
      ];
      feeds.setFeed(path, { body: renderRss(path, items) });
      const source = makeSource({ url: feeds.url(path), name: path, outlet: path, trust });
      await addFeed(database.db, source, null, NOW);
    }
    rasid = await openWatchedProcess({ databaseUrl: database.url, discord });
    await rasid.parts.bot?.start();
    await rasid.parts.drains.poll?.run();
  });

  afterAll(async () => {
    release();
    await rasid.close();
    await Promise.all([discord.close(), feeds.close(), database.close()]);
  });

  const analyse = (encoder = rasid.parts.encoder) =>
    analyseDiscovered({ ...rasid.parts, encoder }, () => rasid.now);
  /** Of an article of the blog's yesterday, whose turn comes last. */
  const askWhy = async () => {
    const link = inventIncidents(0, 1, YESTERDAY)[0]?.link ?? '';
    return textOf((await discord.sendCommand('why', { link }, asker)).message);
  };
  const depth = async () => (await rasid.scrape()).get('rasid_queue_depth{step="analyse"}');

  it('has the newest day of the most trusted source read first', async () => {
    expect(await depth()).toBe(ARTICLES);
    expect(await analyse()).toBe(BATCH);
    const read = await database.db.query(
      `SELECT outlet, published_at::date = $1::date AS today, count(*)::int AS count
       FROM articles WHERE state = 'analysed' GROUP BY 1, 2`,
      [NOW],
    );
    expect(read).toEqual([{ outlet: '/agency', today: true, count: BATCH }]);
    expect(await depth()).toBe(ARTICLES - BATCH);
  });

  it('answers members, and says how far behind it is, while the model works', async () => {
    const busy = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { encoder } = rasid.parts;
    const reading = analyse({
      ...encoder,
      encode: (texts) => busy.then(() => encoder.encode(texts)),
    });
    expect((await discord.sendCommand('help', {}, asker)).message).toBeTruthy();
    expect(await askWhy()).toContain(`Waiting now: ${ARTICLES - BATCH}`);
    rasid.now = minutesLater(40);
    expect((await rasid.problems()).join()).toContain(
      `${ARTICLES - BATCH} articles wait for the model, the oldest since ${NOW.toISOString()}`,
    );
    const age = (await rasid.scrape()).get('rasid_queue_oldest_seconds{step="analyse"}');
    expect(age).toBeGreaterThanOrEqual(40 * 60);
    release();
    expect(await reading).toBe(BATCH);
  });

  it('gives up what has waited for two weeks, says so, and has lost count of nothing', async () => {
    const unread = ARTICLES - 2 * BATCH;
    rasid.now = minutesLater(15 * 24 * 60);
    await rasid.parts.drains.retain?.run();
    const samples = await rasid.scrape();
    expect(samples.get('rasid_articles_analysed_total{result="expired"}')).toBe(unread);
    expect(samples.get('rasid_queue_depth{step="analyse"}')).toBe(0);
    expect(rasid.lines).toContainEqual(expect.objectContaining({ level: 40, articles: unread }));
    const [counted] = await database.db.query(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE state = 'analysed')::int AS read,
         count(*) FILTER (WHERE expired_at IS NOT NULL)::int AS expired FROM articles`,
    );
    expect(counted).toEqual({ all: ARTICLES, read: 2 * BATCH, expired: unread });
    expect(await askWhy()).toContain('The model never read it');
  });
});
