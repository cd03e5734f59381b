import { describe, expect, test } from 'vitest';
import type { StoryRule } from '../../src/cluster/assign-story.ts';
import { divideStory } from '../../src/cluster/divide-story.ts';
import { NO_ENTITIES } from '../../src/domain/entity.ts';
import type { StoryArticle } from '../../src/domain/story.ts';

/** Only meaning counts: 1 for the same direction, so that two articles are joined up to 60 degrees apart. */
const rule: StoryRule = {
  kind: 'pair-logistic',
  windowDays: 30,
  members: 20,
  topMembers: 2,
  threshold: 0.5,
  weights: {
    ...{ bias: -6, cosine: 12, cross: 0, logDays: 0, words: 0, names: 0, entities: 0 },
    ...{ strangers: 0, template: 0, numbers: 0 },
  },
  idf: new Uint8Array(65_536).fill(112),
};

const PORT = 0;
const BANK = 90;
const BOTH = 45;

function tell(id: string, degrees: number, parts: Partial<StoryArticle> = {}): StoryArticle {
  const angle = (degrees * Math.PI) / 180;
  return {
    ...{ id, language: 'en', title: id, opening: '', entities: NO_ENTITIES, topics: [] },
    publishedAt: new Date(Date.UTC(2026, 0, 1)),
    embedding: Float32Array.from([Math.cos(angle), Math.sin(angle)]),
    ...parts,
  };
}

function divide(articles: StoryArticle[], by = rule): string[] | null {
  const sides = divideStory(articles, by);
  return sides?.map((side) => side.map(({ id }) => id).join(' ')) ?? null;
}

const port = [tell('port', PORT), tell('harbour', PORT + 5)];
const bank = [tell('bank', BANK), tell('branches', BANK - 5)];
const roundUp = tell('round-up', BOTH - 3);

describe('a story', () => {
  test('is two when a round-up has brought two events together and each has two reports', () => {
    expect(
      divide([port[0], roundUp, bank[0], port[1], bank[1]].flatMap((one) => one ?? [])),
    ).toEqual(['port round-up harbour', 'bank branches']);
  });

  test('is two also behind several round-ups, each of which goes to the event that it is more like', () => {
    const roundUps = [tell('first', BOTH + 4), tell('second', BOTH - 4)];
    expect(divide([...port, ...roundUps, ...bank])).toEqual([
      'port harbour second',
      'first bank branches',
    ]);
  });

  test('is one while only one report tells of the other event', () => {
    expect(divide([...port, roundUp, tell('bank', BANK)])).toBeNull();
  });

  test('is one when its reports tell it from different sides', () => {
    expect(divide([tell('a', 0), tell('b', 10), tell('c', 55), tell('d', 65)])).toBeNull();
  });

  test('is one when the reports of a side have nothing in common but that they are unlike the rest', () => {
    expect(divide([...port, tell('bank', 90), tell('airline', 200)])).toBeNull();
  });

  test('is one while too many reports stand between the sides to be round-ups', () => {
    const between = [40, 45, 50].map((degrees) => tell(`report ${degrees}`, degrees));
    expect(divide([...port, ...bank, ...between])).toBeNull();
  });

  test('is not taken apart by language, in which like reports are less like', () => {
    const english = [tell('cranes', 86), tell('ships', 86)];
    const arabic = english.map((article) => ({ ...article, language: 'ar' as const }));
    expect(divide([...port, ...english])).not.toBeNull();
    expect(divide([...port, ...arabic])).toBeNull();
  });

  test('that a stricter rule made is divided sooner', () => {
    const near = [...port, tell('quay', 62), tell('crane', 66)];
    expect(divide(near)).toBeNull();
    expect(divide(near, { ...rule, threshold: 0.99 })).not.toBeNull();
  });
});

test('the side of the report that came first stays', () => {
  expect(divide([...bank, ...port])?.[0]).toBe('bank branches');
  const early = { publishedAt: new Date(Date.UTC(2025, 0, 1)) };
  expect(divide([...bank, ...port.map((one) => ({ ...one, ...early }))])?.[0]).toBe(
    'bank branches',
  );
});

test('of a long story the newest reports decide, and the older ones go to the side that they are like', () => {
  const days = (count: number, from: number, degrees: number, name: string) =>
    Array.from({ length: count }, (_, day) =>
      tell(`${name}${day}`, degrees + day, {
        publishedAt: new Date(Date.UTC(2026, 0, from + day)),
      }),
    );
  const sides = divide([...days(12, 1, PORT, 'p'), ...days(3, 2, BANK, 'b')], {
    ...rule,
    members: 6,
  });
  expect(sides).toBeNull();
  const later = divide([...days(12, 1, PORT, 'p'), ...days(3, 11, BANK, 'b')], {
    ...rule,
    members: 6,
  });
  expect(later?.[1]).toBe('b0 b1 b2');
});
