import { setImmediate } from 'node:timers/promises';
import { dotProduct } from '../domain/dot-product.ts';

/** Vectors in numbered places, as createByteVectors keeps them. */
interface Vectors {
  at(place: number): Float32Array;
}

/** Groups, and cells in each: 512 hold 2,000 vectors each at a million. */
const GROUPS = 16;
const CELLS_IN_GROUP = 32;
const CELLS = GROUPS * CELLS_IN_GROUP;
/**
 * The cells of the nearest groups are looked through, the nearest first, until so many cells and so many vectors were: the fewer
 * there are, the larger the share that a question is compared with (`rasid bench stories` measures what is found).
 */
const NEAR_GROUPS = 10;
const NEAR_CELLS = 12;
const NEAR_VECTORS = 6_144;
/** k-means: vectors that stand for all, and rounds. */
const SAMPLE = 4_096;
const ROUNDS = 4;
/** So many take some 5 ms. */
const VECTORS_PER_TURN = 256;

/** The centres of the cells of each group, and of the groups. */
interface Centres {
  groups: Float32Array[];
  cells: Float32Array[][];
}

/**
 * Vectors by what they are near to, so that a question is compared with a small share of them (an inverted file in two steps). Found by
 * k-means on a sample of what is there; a vector that comes later goes to the nearest cell.
 */
export interface Cells {
  /** The vector in this place is new, or another than before. */
  put(place: number): void;
  /** No vector is in this place any more. */
  remove(place: number): void;
  /** Places of the vectors in the cells nearest to a question. */
  near(wanted: Float32Array): Iterable<number>;
}

/**
 * Empty cells around the vectors of the first `count` places. Takes a second or two, in which everything else has its turns; so does
 * `fillCells`.
 */
export async function findCells(vectors: Vectors, count: number): Promise<Cells> {
  return createCells(vectors, await findCentres(vectors, count));
}

/** Puts what is there into cells, some 10 µs for each vector. What is put or removed meanwhile must be told to the cells too. */
export async function fillCells(cells: Cells, count: () => number): Promise<void> {
  for (let place = 0; place < count(); place += 1) {
    cells.put(place);
    if (endsTurn(place)) await setImmediate();
  }
}

function createCells(vectors: Vectors, centres: Centres): Cells {
  const cells: number[][] = Array.from({ length: CELLS }, () => []);
  const cellOf: (number | undefined)[] = [];
  const slotOf: number[] = [];

  const remove = (place: number) => {
    const list = cells[cellOf[place] ?? CELLS];
    const last = list?.pop();
    if (list === undefined || last === undefined) return;
    cellOf[place] = undefined;
    if (last === place) return;
    const slot = slotOf[place] ?? 0;
    list[slot] = last;
    slotOf[last] = slot;
  };

  return {
    remove,
    put(place) {
      remove(place);
      const vector = vectors.at(place);
      const group = nearestOf(centres.groups, vector);
      const cell = group * CELLS_IN_GROUP + nearestOf(centres.cells[group] ?? [], vector);
      const list = cells[cell] ?? [];
      cellOf[place] = cell;
      slotOf[place] = list.length;
      list.push(place);
    },
    *near(wanted) {
      const found = nearestFew(centres.groups, wanted, NEAR_GROUPS).flatMap((group) =>
        (centres.cells[group] ?? []).map((centre, i) => ({
          cell: group * CELLS_IN_GROUP + i,
          product: dotProduct(centre, wanted),
        })),
      );
      found.sort((a, b) => b.product - a.product);
      let looked = 0;
      for (const [i, { cell }] of found.entries()) {
        if (i >= NEAR_CELLS && looked >= NEAR_VECTORS) return;
        const places = cells[cell] ?? [];
        yield* places;
        looked += places.length;
      }
    },
  };
}

async function findCentres(vectors: Vectors, count: number): Promise<Centres> {
  const step = Math.max(1, Math.floor(count / SAMPLE));
  const sample: Float32Array[] = [];
  for (let place = 0; place < count; place += step) sample.push(vectors.at(place));
  const groups = await kMeans(sample, GROUPS);
  const members: Float32Array[][] = groups.map(() => []);
  for (const [i, vector] of sample.entries()) {
    members[nearestOf(groups, vector)]?.push(vector);
    if (endsTurn(i)) await setImmediate();
  }
  const cells: Float32Array[][] = [];
  for (const [group, own] of members.entries()) {
    const some = own.length > 0 ? own : [groups[group] ?? sample[0] ?? new Float32Array()];
    cells.push(await kMeans(some, CELLS_IN_GROUP));
  }
  return { groups, cells };
}

/** Spherical k-means, begun with vectors spread evenly over the sample; at most as many centres as vectors. */
async function kMeans(sample: Float32Array[], count: number): Promise<Float32Array[]> {
  const step = Math.max(1, sample.length / count);
  let centres: Float32Array[] = Array.from({ length: Math.min(count, sample.length) }, (_, i) =>
    Float32Array.from(sample[Math.floor(i * step)] ?? []),
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    const sums = centres.map((centre) => new Float32Array(centre.length));
    for (const [i, vector] of sample.entries()) {
      addTo(sums[nearestOf(centres, vector)] ?? vector, vector);
      if (endsTurn(i)) await setImmediate();
    }
    centres = sums.map((sum, i) => unitOr(sum, centres[i] ?? sum));
  }
  return centres;
}

/** After so many vectors, everything else has its turn. */
function endsTurn(number: number): boolean {
  return (number + 1) % VECTORS_PER_TURN === 0;
}

function addTo(sum: Float32Array, vector: Float32Array): void {
  for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
}

/** Of length 1; a centre without vectors stays where it was. */
function unitOr(sum: Float32Array, before: Float32Array): Float32Array {
  const norm = Math.sqrt(dotProduct(sum, sum));
  return norm > 0 ? sum.map((value) => value / norm) : before;
}

function nearestOf(centres: Float32Array[], vector: Float32Array): number {
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < centres.length; i += 1) {
    const product = dotProduct(centres[i] ?? vector, vector);
    if (product > highest) [best, highest] = [i, product];
  }
  return best;
}

function nearestFew(centres: Float32Array[], vector: Float32Array, count: number): number[] {
  return centres
    .map((centre, i) => ({ i, product: dotProduct(centre, vector) }))
    .sort((a, b) => b.product - a.product)
    .slice(0, count)
    .map(({ i }) => i);
}
