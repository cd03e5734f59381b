import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { stripBoilerplate } from '../../src/extract/strip-boilerplate.ts';
import { createEncoder } from '../../src/models/encoder.ts';
import { analyseArticles } from '../../src/pipeline/analyse-article.ts';

const encoder = createEncoder({ model: 'models' });
afterAll(() => encoder.close());

const RANSOM = {
  title: 'Hospital turns patients away after ransomware attack',
  text: 'A ransomware gang encrypted the systems of three hospitals on Monday. Surgeries were cancelled.\nThe FBI is investigating.',
};
const FOOTBALL = {
  title: 'الأهلي يفوز على الزمالك بهدفين',
  text: 'فاز الأهلي على الزمالك بهدفين مقابل هدف في مباراة القمة مساء الخميس. وسجل اللاعب هدفي الفوز في الشوط الثاني.',
};

describe('an analysis', () => {
  test('comes for each article, in order, from one run of the encoder for each', async () => {
    const texts: number[] = [];
    const counting = {
      ...encoder,
      encode: (inputs: Parameters<typeof encoder.encode>[0]) => {
        texts.push(inputs.length);
        return encoder.encode(inputs);
      },
    };
    const articles = [...Array.from({ length: 17 }, () => RANSOM), FOOTBALL];
    const analyses = await analyseArticles(counting, articles);
    expect(analyses.map(({ language }) => language)).toEqual([...Array(17).fill('en'), 'ar']);
    expect(texts.reduce((sum, count) => sum + count, 0)).toBe(18);
  });

  test('tells a cyber story from a match, and how grave it is', async () => {
    const [ransom, football] = await analyseArticles(encoder, [RANSOM, FOOTBALL]);
    expect(ransom?.cyber.isCyber).toBe(true);
    expect(ransom?.severity.reasons).toEqual(
      expect.arrayContaining(['critical-infrastructure', 'ransomware', 'service-disrupted']),
    );
    expect(ransom?.summary.text).toMatch(/^A ransomware gang/);
    expect(ransom?.entities.organisations).toContainEqual({ name: 'FBI', mentions: ['FBI'] });
    expect(football?.cyber.isCyber).toBe(false);
    expect(football?.topics).toEqual([]);
  });

  test('of an empty text, one letter, only emoji, or a megabyte is made', async () => {
    const long = 'Hackers stole the data of a bank. '.repeat(30_000);
    const analyses = await analyseArticles(
      encoder,
      ['', 'a', '😀😀😀', long].map((text) => ({ title: '', text })),
    );
    expect(analyses.map(({ language }) => language)).toEqual(['other', 'other', 'other', 'en']);
    expect(analyses.map(({ summary }) => summary.text.length <= 400)).toEqual(Array(4).fill(true));
    expect(analyses[0]?.summary).toEqual({ text: '', sentences: [] });
  });

  test('in a third language is made without confidence', async () => {
    const text =
      'Des pirates informatiques ont volé les données de trois hôpitaux de la ville de Paris lundi.';
    const [analysis] = await analyseArticles(encoder, [{ title: 'Cyberattaque à Paris', text }]);
    expect(analysis?.language).toBe('other');
    expect(analysis?.cyber.isCyber).toBe(false);
    expect(analysis?.cyber.score).toBeLessThan(0.5);
  });
});

const SEED = '../shared/seed';
if (!existsSync(SEED)) console.warn(`${SEED} is absent: the seed story is not checked`);

describe.skipIf(!existsSync(SEED))('the seed story', () => {
  test('is a cyber story, and its summary says who lost what to whom', async () => {
    const [name = ''] = readdirSync(SEED);
    const text = stripBoilerplate(readFileSync(`${SEED}/${name}`, 'utf8'));
    const [analysis] = await analyseArticles(encoder, [{ title: '', text }]);
    expect(analysis?.cyber.isCyber).toBe(true);
    expect(analysis?.summary.text).toMatch(/الصيني/);
    expect(analysis?.summary.text).toMatch(/وزارة الخارجية/);
    expect(analysis?.summary.text).toMatch(/الآلاف من رسائل|60 ألف رسالة/);
    const { actors, organisations } = analysis?.entities ?? { actors: [], organisations: [] };
    expect(actors.map((actor) => actor.name)).toEqual(
      expect.arrayContaining(['Storm-0558', 'China']),
    );
    expect(organisations.map((one) => one.name)).toEqual(
      expect.arrayContaining(['Microsoft', 'US Department of State']),
    );
  });
});
