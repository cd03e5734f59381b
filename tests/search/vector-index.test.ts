import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/domain/seeded-random.ts';
import { createVectorIndex } from '../../src/search/vector-index.ts';

const ANY = { language: null, since: null };

function unit(degrees: number): Float32Array {
  const radians = (degrees * Math.PI) / 180;
  return new Float32Array([Math.cos(radians), Math.sin(radians)]);
}

function entry(
  id: string,
  fields: { language?: string; publishedAt?: number; title?: string } = {},
) {
  return { id, language: 'en', publishedAt: Number(id), title: `title ${id}`, ...fields };
}

it('gives the nearest first, and nothing that points the other way', () => {
  const index = createVectorIndex();
  for (const [id, degrees] of [80, 10, 40, 170].entries()) index.put(entry(`${id}`), unit(degrees));
  expect(index.nearest(unit(0), ANY, 10)).toEqual(['1', '2', '0']);
  expect(index.nearest(unit(0), ANY, 2)).toEqual(['1', '2']);
});

it('agrees with the exact cosine on what is nearest', () => {
  const index = createVectorIndex();
  const number = seededRandom(7);
  const random = () => {
    const values = Array.from({ length: 64 }, () => number() - 0.5);
    const norm = Math.hypot(...values);
    return Float32Array.from(values, (value) => value / norm);
  };
  const vectors = Array.from({ length: 6_000 }, random);
  for (const [i, vector] of vectors.entries()) index.put(entry(`${i}`), vector);
  const wanted = random();
  const exact = vectors
    .map((vector, i) => ({
      id: `${i}`,
      cosine: vector.reduce((sum, v, k) => sum + v * (wanted[k] ?? 0), 0),
    }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, 50)
    .map(({ id }) => id);
  const found = new Set(index.nearest(wanted, ANY, 50));
  expect(exact.filter((id) => found.has(id)).length).toBeGreaterThanOrEqual(46);
  expect(index.nearest(wanted, ANY, 1)).toEqual([exact[0]]);
});

it('knows an article once, by its last version, and none that was taken out', () => {
  const index = createVectorIndex();
  for (const id of ['1', '2', '3']) index.put(entry(id), unit(Number(id)));
  index.put(entry('1'), unit(50));
  expect(index.nearest(unit(0), ANY, 10)).toEqual(['2', '3', '1']);
  index.remove('2');
  index.remove('unknown');
  index.remove('3');
  expect(index.nearest(unit(0), ANY, 10)).toEqual(['1']);
  index.put(entry('4'), unit(4));
  expect(index.nearest(unit(0), ANY, 10)).toEqual(['4', '1']);
  expect(index.size).toBe(2);
});

it('leaves out other languages, what is older, and vectors of another model', () => {
  const index = createVectorIndex();
  index.put(entry('1', { language: 'ar' }), unit(1));
  index.put(entry('2'), unit(2));
  index.put(entry('3'), new Float32Array([1, 0, 0]));
  expect(index.nearest(unit(0), { language: 'ar', since: null }, 10)).toEqual(['1']);
  expect(index.nearest(unit(0), { language: null, since: new Date(2) }, 10)).toEqual(['2']);
  expect(index.nearest(new Float32Array([1, 0, 0]), ANY, 10)).toEqual([]);
});

it('finds titles that hold each word, the newest first', () => {
  const index = createVectorIndex();
  index.put(entry('1', { title: 'بنك الرياض يتعرض لهجوم' }), unit(1));
  index.put(entry('2', { title: 'هجوم علي بنك' }), unit(1));
  index.put(entry('3', { title: 'a bank' }), unit(1));
  expect(index.titled(['بنك', 'هجوم'], 10)).toEqual(['2', '1']);
  expect(index.titled([], 2)).toEqual(['3', '2']);
});

describe('of many vectors', () => {
  const number = seededRandom(11);
  const direction = (from: number[], spread: number) => {
    const values = from.map((value) => value + spread * (number() + number() + number() - 1.5));
    const norm = Math.hypot(...values);
    return values.map((value) => value / norm);
  };
  const subjects = Array.from({ length: 300 }, () => direction(new Array(32).fill(0), 1));
  const vectors = Array.from({ length: 12_000 }, (_, i) =>
    Float32Array.from(direction(subjects[i % 300] ?? [], 0.15)),
  );
  const index = createVectorIndex();
  for (const [i, vector] of vectors.entries()) index.put(entry(`${i}`), vector);
  const since = new Date(0);

  it('nearly all of the nearest are found without comparing with all', () => {
    const asked = vectors.filter((_, i) => i % 120 === 0);
    const found = asked.map((vector) => {
      const exact = index.nearest(vector, ANY, 60);
      const near = new Set(index.nearlyNearest(vector, since, 60));
      return exact.filter((id) => near.has(id)).length / exact.length;
    });
    expect(found.reduce((sum, share) => sum + share, 0) / found.length).toBeGreaterThan(0.95);
  });

  it('what was removed, replaced or came later is known', () => {
    const [first, second] = [vectors[0] ?? unit(0), vectors[1] ?? unit(0)];
    expect(index.nearlyNearest(first, since, 1)).toEqual(['0']);
    index.remove('0');
    expect(index.nearlyNearest(first, since, 5)).not.toContain('0');
    index.put(entry('1'), first);
    expect(index.nearlyNearest(first, since, 1)).toEqual(['1']);
    index.put(entry('20000'), second);
    expect(index.nearlyNearest(second, since, 1)).toEqual(['20000']);
    expect(index.nearlyNearest(second, new Date(20_000), 5)).toEqual(['20000']);
    // The last one took the place of the first that was removed, and is still found.
    const last = vectors[11_999] ?? unit(0);
    expect(index.nearlyNearest(last, since, 1)).toEqual(['11999']);
  });
});
