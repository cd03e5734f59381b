import { beforeEach, describe, expect, it } from 'vitest';
import {
  countArticles,
  findArticleByUrl,
  knownArticleTexts,
  lockAnalysedArticles,
  lockDiscoveredArticles,
  markClustered,
  saveAnalyses,
  saveArticles,
  setAsideArticle,
} from '../../src/store/article-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import {
  makeAnalysedArticles,
  makeAnalysis,
  makeArticle,
  makeFeed,
  makeVector,
  minutesLater,
  NOW,
} from './rows.ts';

const database = useTestDatabase({ poolSize: 8 });
beforeEach(() => database.clear());

describe('articles of a feed', () => {
  it('are stored once and read back as they were', async () => {
    const { db } = database;
    const feed = await makeFeed(db);
    const article = makeArticle({ title: 'اختراق', authors: ['أ', 'ب'] });
    expect(await saveArticles(db, feed.id, [article], NOW)).toMatchObject({
      inserted: 1,
      updated: 0,
    });
    expect(await findArticleByUrl(db, article.canonicalUrl)).toEqual({
      ...article,
      id: expect.any(String),
      feedId: feed.id,
      feedName: feed.name,
      state: 'discovered',
      discoveredAt: NOW,
      expiredAt: null,
      analysis: null,
      storyId: null,
    });
    expect(await saveArticles(db, feed.id, [], NOW)).toMatchObject({ inserted: 0, updated: 0 });
  });

  it('that have not changed are not written at all', async () => {
    const { db } = database;
    const feed = await makeFeed(db);
    const articles = [makeArticle(), makeArticle()];
    await saveArticles(db, feed.id, articles, NOW);
    const versions = () =>
      db.query('SELECT xmin, xmax, ctid FROM articles WHERE feed_id = $1 ORDER BY id', [feed.id]);
    const before = await versions();
    expect(await saveArticles(db, feed.id, articles, NOW)).toMatchObject({
      inserted: 0,
      updated: 0,
    });
    expect(await versions()).toEqual(before);
  });

  it('that come twice in one feed are one article', async () => {
    const { db } = database;
    const feed = await makeFeed(db);
    const article = makeArticle();
    const twin = { ...article, itemId: 'twin', title: 'Later in the feed' };
    const saved = await saveArticles(db, feed.id, [article, twin], NOW);
    expect(saved).toMatchObject({ inserted: 1, updated: 0 });
    expect((await findArticleByUrl(db, article.canonicalUrl))?.title).toBe(article.title);
  });

  it('go back to be read again when the title or the text is edited, and keep their story', async () => {
    const { db } = database;
    const feed = await makeFeed(db);
    const article = makeArticle();
    await saveArticles(db, feed.id, [article], NOW);
    const found = await findArticleByUrl(db, article.canonicalUrl);
    const id = found?.id ?? '';
    await saveAnalyses(
      db,
      [{ articleId: id, analysis: makeAnalysis(), searchWords: { arabic: '', english: '' } }],
      NOW,
    );
    expect((await findArticleByUrl(db, article.canonicalUrl))?.state).toBe('analysed');
    const edited = { ...article, text: 'What was corrected.' };
    expect(await saveArticles(db, feed.id, [edited], NOW)).toMatchObject({
      inserted: 0,
      updated: 1,
    });
    expect(await findArticleByUrl(db, article.canonicalUrl)).toMatchObject({
      id,
      state: 'discovered',
      text: 'What was corrected.',
    });
  });

  it('of two feeds with one address are one row, and the feeds do not undo each other', async () => {
    const { db } = database;
    const [agency, copier] = [await makeFeed(db), await makeFeed(db)];
    const original = makeArticle({ text: 'A text of the usual length for an agency.' });
    const copied = {
      ...original,
      title: 'Another headline',
      text: 'A text of similar length, retold.',
    };
    await saveArticles(db, agency.id, [original], NOW);
    expect(await saveArticles(db, copier.id, [copied], NOW)).toMatchObject({
      inserted: 0,
      updated: 0,
    });
    expect(await saveArticles(db, agency.id, [original], NOW)).toMatchObject({
      inserted: 0,
      updated: 0,
    });
    const sources = await db.query<{ feed_id: string }>(
      `SELECT s.feed_id FROM article_sources s JOIN articles ON id = article_id WHERE canonical_url = $1 ORDER BY 1`,
      [original.canonicalUrl],
    );
    expect(sources.map((row) => row.feed_id)).toEqual([agency.id, copier.id]);
  });

  it('known by headline only take the text that another feed brings, and keep it', async () => {
    const { db } = database;
    const [headlines, outlet] = [await makeFeed(db), await makeFeed(db)];
    const bare = makeArticle({ text: '' });
    const full = { ...bare, text: 'The whole story.' };
    await saveArticles(db, headlines.id, [bare], NOW);
    expect(await saveArticles(db, outlet.id, [full], NOW)).toMatchObject({
      inserted: 0,
      updated: 1,
    });
    expect(await saveArticles(db, headlines.id, [bare], NOW)).toMatchObject({
      inserted: 0,
      updated: 0,
    });
    expect(await findArticleByUrl(db, bare.canonicalUrl)).toMatchObject({
      feedId: outlet.id,
      text: 'The whole story.',
    });
    const known = await knownArticleTexts(db, [bare.canonicalUrl, 'https://unknown.example/']);
    expect([...known]).toEqual([[bare.canonicalUrl, { title: bare.title, text: full.text }]]);
  });

  it('may hold what Postgres cannot: NUL, half an emoji, an address of 10,000 characters', async () => {
    const { db } = database;
    const feed = await makeFeed(db);
    const canonicalUrl = `https://long.example/${'a'.repeat(10_000)}`;
    const article = makeArticle({ canonicalUrl, title: 'Nul\0 and \ud83d', authors: ['\0'] });
    await saveArticles(db, feed.id, [article], NOW);
    expect((await findArticleByUrl(db, canonicalUrl))?.title).toBe('Nul and \uFFFD');
    expect(await saveArticles(db, feed.id, [article], NOW)).toMatchObject({
      inserted: 0,
      updated: 0,
    });
  });

  it('may come from many feeds at once in any order without a deadlock', async () => {
    const { db } = database;
    const articles = Array.from({ length: 50 }, () => makeArticle());
    const feeds = await Promise.all(Array.from({ length: 8 }, () => makeFeed(db)));
    const saveAll = () =>
      Promise.all(
        feeds.map((feed, index) =>
          db.transaction((tx) =>
            saveArticles(tx, feed.id, index % 2 ? articles : [...articles].reverse(), NOW),
          ),
        ),
      );
    const results = await saveAll();
    expect(results.reduce((sum, result) => sum + result.inserted, 0)).toBe(50);
    // A feed that lost the race for an article is linked to it at its next poll at the latest.
    await saveAll();
    expect(await db.query('SELECT FROM article_sources')).toHaveLength(400);
  });
});

describe('articles on their way', () => {
  it('are read freshest day first, then from the most trusted feed', async () => {
    const { db } = database;
    const [trusted, unknown] = [await makeFeed(db, { trust: 5 }), await makeFeed(db, { trust: 1 })];
    const dayBefore = minutesLater(-24 * 60);
    await saveArticles(
      db,
      trusted.id,
      [
        makeArticle({ title: 'C', publishedAt: dayBefore }),
        makeArticle({ title: 'A', publishedAt: minutesLater(-60) }),
      ],
      NOW,
    );
    await saveArticles(db, unknown.id, [makeArticle({ title: 'B', publishedAt: NOW })], NOW);
    const titles = (await lockDiscoveredArticles(db, 10)).map((article) => article.title);
    expect(titles).toEqual(['A', 'B', 'C']);
  });

  it('are never given to two processes, and come back when one is killed', async () => {
    const { db } = database;
    const feed = await makeFeed(db);
    await saveArticles(
      db,
      feed.id,
      Array.from({ length: 6 }, () => makeArticle()),
      NOW,
    );
    await db.transaction(async (first) => {
      const taken = await lockDiscoveredArticles(first, 4);
      await expect(
        db.transaction(async (second) => {
          const left = await lockDiscoveredArticles(second, 4);
          const ids = [...taken, ...left].map((article) => article.id);
          expect(new Set(ids).size).toBe(6);
          throw new Error('killed');
        }),
      ).rejects.toThrow('killed');
      // A feed may still link itself to an article that is being read.
      const other = await makeFeed(db);
      const [article] = taken;
      if (!article) throw new Error('nothing was taken');
      expect(await saveArticles(db, other.id, [article], NOW)).toMatchObject({
        inserted: 0,
        updated: 0,
      });
    });
    expect(await lockDiscoveredArticles(db, 10)).toHaveLength(6);
  });

  it('carry their analysis and vector exactly', async () => {
    const { db } = database;
    const embedding = Float32Array.from({ length: 384 }, (_, index) => Math.sin(index) / 14);
    const analysis = makeAnalysis({
      language: 'ar',
      embedding,
      cyber: { isCyber: true, score: 0.123456789012345, threshold: 0.5 },
      entities: {
        cves: ['CVE-2026-1'],
        actors: [{ name: 'APT1', mentions: ['\ud83d'] }],
        organisations: [],
        products: [],
        malware: [],
        indicators: [{ type: 'ip', value: '203.0.113.7' }],
      },
    });
    const later = minutesLater(10);
    const [id, other] = await makeAnalysedArticles(db, [
      { article: { publishedAt: later }, analysis },
      { analysis: { cyber: { isCyber: false, score: 0.1, threshold: 0.5 } } },
    ]);
    expect(await countArticles(db)).toEqual({ discovered: 0, analysed: 2, clustered: 0 });
    const [oldest, newest] = await lockAnalysedArticles(db, 10);
    expect(oldest).toMatchObject({ id: other, isCyber: false, storyId: null });
    expect(newest).toMatchObject({
      id,
      language: 'ar',
      publishedAt: later,
      topics: analysis.topics,
    });
    expect(newest?.embedding).toEqual(embedding);
    const [row] = await db.query<{ canonical_url: string }>(
      'SELECT canonical_url FROM articles WHERE id = $1',
      [id],
    );
    const stored = await findArticleByUrl(db, row?.canonical_url ?? '');
    expect(stored?.analysis?.cyber).toEqual(analysis.cyber);
    expect(stored?.analysis?.entities.actors).toEqual([{ name: 'APT1', mentions: ['\uFFFD'] }]);
    await markClustered(db, [id ?? '', other ?? '']);
    expect(await countArticles(db)).toEqual({ discovered: 0, analysed: 0, clustered: 2 });
  });

  it('that the model cannot read are set aside until they are edited', async () => {
    const { db } = database;
    const feed = await makeFeed(db);
    const article = makeArticle();
    await saveArticles(db, feed.id, [article], NOW);
    const [found] = await lockDiscoveredArticles(db, 1);
    await setAsideArticle(db, found?.id ?? '', 'too odd');
    expect(await lockDiscoveredArticles(db, 1)).toEqual([]);
    await saveArticles(db, feed.id, [{ ...article, title: 'Edited' }], NOW);
    expect(await lockDiscoveredArticles(db, 1)).toHaveLength(1);
  });

  it('keep vectors of another length readable', async () => {
    const { db } = database;
    await makeAnalysedArticles(db, [{ analysis: { embedding: makeVector(30).subarray(0, 5) } }]);
    const [article] = await lockAnalysedArticles(db, 1);
    expect(article?.embedding).toHaveLength(5);
  });
});
