import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/domain/seeded-random.ts';
import { createVectorIndex, type VectorIndex } from '../../src/search/vector-index.ts';

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
  const since = new Date(0);
  const fill = (index = createVectorIndex()) => {
    for (const [i, vector] of vectors.entries()) index.put(entry(`${i}`), vector);
    return index;
  };
  const vectorOf = (id: number) => vectors[id] ?? unit(0);

  /** The share of the nearest 60 that is found. */
  const recall = (index: VectorIndex) => {
    const asked = vectors.filter((_, i) => i % 400 === 0);
    const found = asked.map((vector) => {
      const exact = index.nearest(vector, ANY, 60);
      const near = new Set(index.nearlyNearest(vector, since, 60));
      return exact.filter((id) => near.has(id)).length / exact.length;
    });
    return found.reduce((sum, share) => sum + share, 0) / found.length;
  };

  describe('in cells', () => {
    const index = fill();
    beforeAll(() => index.sortIntoCells());

    it('nearly all of the nearest are found without comparing with all', () => {
      expect(recall(index)).toBeGreaterThan(0.95);
      expect(recall(index)).toBeLessThan(1);
    });

    it('what was removed, replaced or came later is known', () => {
      expect(index.nearlyNearest(vectorOf(0), since, 1)).toEqual(['0']);
      index.remove('0');
      expect(index.nearlyNearest(vectorOf(0), since, 5)).not.toContain('0');
      index.put(entry('1'), vectorOf(0));
      expect(index.nearlyNearest(vectorOf(0), since, 1)).toEqual(['1']);
      index.put(entry('20000'), vectorOf(1));
      expect(index.nearlyNearest(vectorOf(1), since, 1)).toEqual(['20000']);
      expect(index.nearlyNearest(vectorOf(1), new Date(20_000), 5)).toEqual(['20000']);
      // The last one took the place of the first that was removed, and is still found.
      expect(index.nearlyNearest(vectorOf(11_999), since, 1)).toEqual(['11999']);
    });
  });

  describe('while cells are being found', () => {
    /** Does something at each turn of the event loop, until the cells are there. @returns how many turns there were */
    const during = async (index: VectorIndex, atTurn: (turn: number) => void) => {
      let turns = 0;
      let ready = false;
      const sorted = index.sortIntoCells().then(() => {
        ready = true;
      });
      for (; !ready; turns += 1) {
        atTurn(turns);
        await setImmediate();
      }
      await sorted;
      return turns;
    };

    it('everything else in the process has its turns', async () => {
      // 12,000 vectors are put into cells, and many more compared before: there is a turn for each 256.
      expect(await during(fill(), () => undefined)).toBeGreaterThan(12_000 / 256);
    });

    it('questions are answered by comparing with all', async () => {
      const index = fill();
      await during(index, (turn) => {
        if (turn % 50 === 0) expect(recall(index)).toBe(1);
      });
      expect(recall(index)).toBeLessThan(1);
    });

    it('what is removed, replaced and added is known at each turn and afterwards', async () => {
      const index = fill();
      // At each turn the last is removed, one from the middle, one that is in a cell as soon as there are any, and one is replaced.
      const removed = new Set<string>();
      const turns = await during(index, (turn) => {
        for (const id of [11_999 - turn, 6_000 + turn, turn]) {
          index.remove(`${id}`);
          removed.add(`${id}`);
        }
        index.put(entry(`${3_000 + turn}`), vectorOf(turn));
        index.put(entry(`${20_000 + turn}`), vectorOf(6_000 + turn));
      });
      for (let turn = 0; turn < turns; turn += 10) {
        expect(index.nearlyNearest(vectorOf(turn), since, 1)).toEqual([`${3_000 + turn}`]);
        expect(index.nearlyNearest(vectorOf(6_000 + turn), since, 1)).toEqual([`${20_000 + turn}`]);
      }
      const some = vectors.filter((_, id) => id % 20 === 0);
      const given = some.flatMap((vector) => index.nearlyNearest(vector, since, 3));
      expect(given.filter((id) => removed.has(id))).toEqual([]);
      expect(recall(index)).toBeGreaterThan(0.95);
      // Whatever is there is in a cell: what is the nearest to its own vector is found.
      const nearest = some.map((vector) => index.nearest(vector, ANY, 1));
      expect(some.map((vector) => index.nearlyNearest(vector, since, 1))).toEqual(nearest);
    });

    it('the old cells answer when there are many times as many', async () => {
      const index = createVectorIndex();
      const grow = (from: number, to: number) => {
        for (let id = from; id < to; id += 1) index.put(entry(`${id}`), vectorOf(id % 12_000));
      };
      grow(0, 8_200);
      await index.sortIntoCells();
      grow(8_200, 66_000);
      const turns = await during(index, (turn) => {
        if (turn % 100 === 0) expect(recall(index)).toBeGreaterThan(0.9);
      });
      expect(turns).toBeGreaterThan(66_000 / 256);
      expect(await during(index, () => undefined)).toBeLessThan(3);
      expect(recall(index)).toBeGreaterThan(0.9);
    });
  });
});
