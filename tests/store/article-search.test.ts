import { beforeAll, describe, expect, it } from 'vitest';
import { searchArticles } from '../../src/store/article-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeAnalysedArticles, makeVector, minutesLater, NOW } from './rows.ts';

const QUERY = {
  words: { arabic: '', english: '' },
  embedding: null,
  language: null,
  since: null,
  limit: 10,
};

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

  const search = async (fields: Partial<Parameters<typeof searchArticles>[1]>) =>
    (await searchArticles(database.db, { ...QUERY, ...fields })).map((article) => article.title);

  it('finds Arabic words whatever stands beside them and in other forms', async () => {
    expect(await search({ words: { arabic: 'المستشفيات', english: '' } })).toEqual(['ar-ransom']);
    expect(await search({ words: { arabic: 'مستشفيات فديه', english: '' } })).toEqual([
      'ar-ransom',
    ]);
  });

  it('finds English words in other forms, a CVE, and puts the article with more of the words first', async () => {
    expect(await search({ words: { arabic: '', english: 'hospital' } })).toEqual(['en-ransom']);
    expect(await search({ words: { arabic: '', english: 'CVE-2026-1234' } })).toEqual([
      'en-ransom',
    ]);
    expect(await search({ words: { arabic: '', english: 'attacked bank' } })).toEqual([
      'en-bank',
      'en-ransom',
    ]);
  });

  it('finds by meaning across languages, nearest first, and never what is not a cyber story', async () => {
    expect(await search({ embedding: makeVector(0) })).toEqual([
      'en-ransom',
      'ar-ransom',
      'en-bank',
    ]);
    expect(await search({ embedding: makeVector(180) })).toEqual([]);
  });

  it('joins both: what words and meaning agree on comes first', async () => {
    const found = await searchArticles(database.db, {
      ...QUERY,
      words: { arabic: '', english: 'attack' },
      embedding: makeVector(84),
    });
    expect(found.map((article) => article.title)).toEqual(['en-bank', 'en-ransom', 'ar-ransom']);
    const ranks = found.map((article) => article.rank);
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    expect(found[0]).toMatchObject({ analysis: { language: 'en' }, feedName: expect.any(String) });
  });

  it('keeps to a language, a time and a number', async () => {
    const embedding = makeVector(0);
    expect(await search({ embedding, language: 'ar' })).toEqual(['ar-ransom']);
    expect(await search({ embedding, since: minutesLater(-45) })).toEqual(['en-ransom', 'en-bank']);
    expect(await search({ embedding, limit: 1 })).toEqual(['en-ransom']);
  });

  it('is not confused by operators, empty questions, or a vector of another model', async () => {
    expect(await search({ words: { arabic: '', english: '!& | (:* <->' } })).toEqual([]);
    expect(await search({})).toEqual([]);
    expect(await search({ embedding: new Float32Array(3).fill(1) })).toEqual([]);
  });
});
