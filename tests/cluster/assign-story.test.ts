import { describe, expect, test } from 'vitest';
import { assignStory, type StoryRule } from '../../src/cluster/assign-story.ts';
import { type Entities, NO_ENTITIES } from '../../src/domain/entity.ts';
import type { StoryArticle } from '../../src/domain/story.ts';

const rule: StoryRule = {
  kind: 'pair-logistic',
  windowDays: 30,
  members: 3,
  topMembers: 2,
  threshold: 0.5,
  weights: {
    ...{ bias: -6, cosine: 6, cross: 2, logDays: -0.5, words: 6, names: 2, entities: 2 },
    ...{ strangers: 0, template: 0, numbers: 0 },
  },
  // Every word is as rare as every other.
  idf: new Uint8Array(65_536).fill(112),
};

let count = 0;

function article(
  title: string,
  o: Partial<StoryArticle> & { about?: number; day?: number } = {},
): StoryArticle {
  const { about = 0, day = 1, ...rest } = o;
  count += 1;
  return {
    id: String(count),
    language: 'en',
    title,
    opening: '',
    publishedAt: new Date(Date.UTC(2026, 0, day)),
    embedding: Float32Array.from([Math.cos(about), Math.sin(about)]),
    entities: NO_ENTITIES,
    topics: [],
    ...rest,
  };
}

const harrods = article('Harrods customers warned after data stolen');
const story = (...articles: StoryArticle[]) => ({ id: articles[0]?.id ?? '', articles });

describe('an article', () => {
  test('joins the story that it tells', () => {
    const told = article('Harrods says stolen data of customers', { about: 0.2, day: 2 });
    expect(assignStory(told, [story(harrods)], rule)).toMatchObject({ storyId: harrods.id });
  });

  test('begins its own when nothing is near', () => {
    const other = article('Botnet of cameras taken down', { about: 1.5 });
    expect(assignStory(other, [story(harrods)], rule).storyId).toBeNull();
    expect(assignStory(other, [], rule)).toEqual({ storyId: null, score: 0 });
  });

  test('joins a story told in the other language by names that sound alike', () => {
    const arabic = article('هارودز تحذر عملاءها', { language: 'ar', about: 0.3, day: 2 });
    expect(assignStory(arabic, [story(harrods)], rule).storyId).toBe(harrods.id);
  });

  test('joins the nearer of two stories', () => {
    const near = article('Harrods data stolen', { about: 0.1 });
    const far = article('Customers warned', { about: 0.6 });
    const told = article('Harrods stolen data');
    expect(assignStory(told, [story(far), story(near)], rule).storyId).toBe(near.id);
  });

  test('never joins a story beyond the window, however alike', () => {
    const late = article('Harrods customers warned after data stolen', { day: 45 });
    expect(assignStory(late, [story(harrods)], rule)).toEqual({ storyId: null, score: 0 });
  });

  test('is compared with the newest articles of a story only', () => {
    const newer = [2, 3, 4].map((day) => article('Something else', { about: 1.5, day }));
    const told = article('Harrods customers warned after data stolen', { day: 4 });
    expect(assignStory(told, [story(harrods, ...newer)], rule).storyId).toBeNull();
  });

  test('is not joined by one chance likeness that the others contradict', () => {
    const mixed = story(harrods, article('Something else', { about: 2.5 }));
    const told = article('Harrods customers warned', { about: 0.1 });
    expect(assignStory(told, [mixed], rule).score).toBeLessThan(
      assignStory(told, [story(harrods)], rule).score,
    );
  });

  test('goes to the story of its likest report where a person keeps two apart, whatever the others say', () => {
    const at = (about: number) => article('Customers warned', { about });
    const first = { ...story(at(0.1), at(0.1), at(0.1)), apartFrom: new Set(['other']) };
    const other = { id: 'other', articles: [at(0), at(0.9)], apartFrom: new Set([first.id]) };
    const told = article('Customers warned');
    expect(assignStory(told, [first, other], rule).storyId).toBe('other');
    const free = [{ ...first, apartFrom: new Set<string>() }, other];
    expect(assignStory(told, free, rule).storyId).toBe(first.id);
  });

  test('that has a flaw in common with a story is nearer to it', () => {
    const entities: Entities = { ...NO_ENTITIES, cves: ['CVE-2026-1234'] };
    const patched = story(article('Vendor patches flaw', { entities }));
    const told = (own: Entities) =>
      assignStory(article('Attackers use bug', { about: 0.9, entities: own }), [patched], rule)
        .score;
    expect(told(entities)).toBeGreaterThan(told(NO_ENTITIES));
  });
});
