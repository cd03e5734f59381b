import { beforeAll, describe, expect, it } from 'vitest';
import { prepareForModel } from '../../src/language/normalise-arabic.ts';
import { createSearch, type SearchQuery } from '../../src/search/create-search.ts';
import { addFeed } from '../../src/store/feed-store.ts';
import { createStory } from '../../src/store/story-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeAnalysedArticles, makeSource, makeVector, minutesLater, NOW } from '../store/rows.ts';

const MEANING: Record<string, number> = { hospitals: 0, finance: 84, opposite: 180 };

const QUERY: SearchQuery = { text: '', language: null, since: null, guildId: null, limit: 10 };

describe('search', () => {
  const database = useTestDatabase();

  // Words reach the store as the language room has normalised them: ta marbuta as ha, no diacritics.
  beforeAll(async () => {
    await makeAnalysedArticles(database.db, [
      {
        article: { title: 'ar-ransom', publishedAt: minutesLater(-60) },
        analysis: { language: 'ar', embedding: makeVector(10) },
        words: { arabic: 'هجوم فديه، يستهدف المستشفيات؟', english: '' },
      },
      {
        article: { title: 'en-ransom', publishedAt: minutesLater(-30) },
        analysis: { language: 'en', embedding: makeVector(5) },
        words: { arabic: '', english: 'ransomware attack hits hospitals (CVE-2026-1234)' },
      },
      {
        article: { title: 'en-bank', publishedAt: NOW },
        analysis: { language: 'en', embedding: makeVector(80) },
        words: { arabic: '', english: 'bank attack' },
      },
      {
        article: { title: 'not-cyber' },
        analysis: { cyber: { isCyber: false, score: 0, threshold: 0.5 }, embedding: makeVector(0) },
        words: { arabic: '', english: 'ransomware film' },
      },
    ]);
  });

  const searchOf = () =>
    createSearch({
      db: database.db,
      encoder: {
        encode: async (texts) =>
          texts.map(({ title }) => ({
            cyberLogit: 0,
            topicLogits: [],
            embedding: makeVector(MEANING[prepareForModel(title).split(' ')[0] ?? ''] ?? 0),
            sentences: [],
            tags: [],
          })),
      },
      clock: () => NOW,
    });

  const titles = async (fields: Partial<SearchQuery>) =>
    (await searchOf().findArticles({ ...QUERY, ...fields })).map(({ title }) => title);

  const byWords = (text: string) => titles({ text, by: 'words' });
  const byMeaning = (text: string, fields: Partial<SearchQuery> = {}) =>
    titles({ text, by: 'meaning', ...fields });

  it('finds words in either script, also in one question, and the more of them the better', async () => {
    expect(await byWords('hospital attacks')).toEqual(['en-ransom', 'en-bank']);
    expect(await byWords('مستشفيات')).toEqual(['ar-ransom']);
    expect(await byWords('الفِدية')).toEqual(['ar-ransom']);
    expect((await byWords('فدية bank')).sort()).toEqual(['ar-ransom', 'en-bank']);
    expect(await byWords('CVE-2026-1234')).toEqual(['en-ransom']);
  });

  it('finds by meaning across languages, nearest first, and never what is not a cyber story', async () => {
    expect(await byMeaning('hospitals')).toEqual(['en-ransom', 'ar-ransom', 'en-bank']);
    expect(await byMeaning('opposite')).toEqual([]);
  });

  it('joins both: what words and meaning agree on comes first', async () => {
    const found = await searchOf().findArticles({ ...QUERY, text: 'attack finance', limit: 2 });
    expect((await titles({ text: 'finance' }))[0]).toBe('en-bank');
    const ranks = found.map((article) => article.rank);
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    expect(found).toHaveLength(2);
  });

  it('keeps to a language, a time and a number', async () => {
    expect(await byMeaning('hospitals', { language: 'ar' })).toEqual(['ar-ransom']);
    const since = minutesLater(-45);
    expect(await byMeaning('hospitals', { since })).toEqual(['en-ransom', 'en-bank']);
    expect(await byMeaning('hospitals', { limit: 1 })).toEqual(['en-ransom']);
  });

  it('puts the report of the very CVE that is asked for before those that are merely about the like', async () => {
    const ask = { text: 'finance CVE-2026-1234' };
    expect(await titles({ ...ask, by: 'meaning', limit: 1 })).not.toEqual(['en-ransom']);
    expect(await titles({ ...ask, limit: 1 })).toEqual(['en-ransom']);
  });

  it('is not confused by operators or empty questions', async () => {
    expect(await byWords('!& | (:* <->')).toEqual([]);
    expect(await byWords('')).toEqual([]);
  });

  it('knows what was analysed after its last look, and forgets what is no cyber story any more', async () => {
    const { db } = database;
    let now = NOW;
    const encode = async () => [
      { cyberLogit: 0, topicLogits: [], embedding: makeVector(45), sentences: [], tags: [] },
    ];
    const search = createSearch({ db, encoder: { encode }, clock: () => now });
    const first = async () => (await search.findArticles({ ...QUERY, by: 'meaning' }))[0]?.title;
    await first();
    const [id = ''] = await makeAnalysedArticles(db, [
      { article: { title: 'later' }, analysis: { embedding: makeVector(45) } },
    ]);
    now = minutesLater(1);
    expect(await first()).toBe('later');
    await db.query('UPDATE articles SET is_cyber = false WHERE id = $1', [id]);
    now = minutesLater(2);
    expect(await first()).not.toBe('later');
  });

  it('forgets what the retention has dropped', async () => {
    const { db } = database;
    let now = NOW;
    const encode = async () => [
      { cyberLogit: 0, topicLogits: [], embedding: makeVector(50), sentences: [], tags: [] },
    ];
    const search = createSearch({ db, encoder: { encode }, clock: () => now });
    const first = async () => (await search.findArticles({ ...QUERY, by: 'meaning' }))[0]?.title;
    const [id = ''] = await makeAnalysedArticles(db, [
      { article: { title: 'old' }, analysis: { embedding: makeVector(50) } },
    ]);
    expect(await first()).toBe('old');
    now = minutesLater(30);
    await db.query('UPDATE articles SET trimmed_at = $2, embedding = NULL WHERE id = $1', [
      id,
      now,
    ]);
    now = minutesLater(60);
    expect(await first()).not.toBe('old');
  });

  it('gives each story once, and one that only another server’s source tells to that server alone', async () => {
    const { db } = database;
    const own = await addFeed(db, makeSource(), 'guild', NOW);
    const [told = ''] = await makeAnalysedArticles(
      db,
      [{ article: { title: 'own title' }, analysis: { embedding: makeVector(84) } }],
      own,
    );
    const storyId = await createStory(db, told, NOW);
    const ids = (guildId: string | null) =>
      searchOf().findStoryIds({ ...QUERY, text: 'finance', guildId });
    expect(await ids('guild')).toEqual([storyId]);
    expect([await ids('stranger'), await ids(null)]).toEqual([[], []]);
    const search = searchOf();
    await search.refresh();
    expect(await search.findTitles('OWN tit', 'guild', 5)).toEqual([
      { storyId, title: 'own title' },
    ]);
    expect(await search.findTitles('own', 'stranger', 5)).toEqual([]);
  });
});
