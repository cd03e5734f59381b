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

/**
 * Vectors by what they are near to, so that a question is compared with a small share of them (an inverted file in two steps). Found by
 * k-means on a sample of what is there; a vector that comes later goes to the nearest cell.
 */
export interface Cells {
  put(place: number): void;
  /** The vector in `from` is now in `to`, or gone where `to` is null. */
  move(from: number, to: number | null): void;
  /** Places of the vectors in the cells nearest to a question. */
  near(wanted: Float32Array): Iterable<number>;
}

/** @param count how many places are taken: all of them are put into cells, which takes some 20 µs for each */
export function createCells(vectors: Vectors, count: number): Cells {
  const step = Math.max(1, Math.floor(count / SAMPLE));
  const sample: Float32Array[] = [];
  for (let place = 0; place < count; place += step) sample.push(vectors.at(place));
  const groups = findCentres(sample, GROUPS);
  const members: Float32Array[][] = groups.map(() => []);
  for (const vector of sample) members[nearestOf(groups, vector)]?.push(vector);
  const centres = members.map((own, group) =>
    findCentres(
      own.length > 0 ? own : [groups[group] ?? sample[0] ?? new Float32Array()],
      CELLS_IN_GROUP,
    ),
  );
  const cells: number[][] = Array.from({ length: CELLS }, () => []);
  const cellOf: number[] = [];
  const slotOf: number[] = [];

  const add = (place: number, cell: number) => {
    const list = cells[cell] ?? [];
    cellOf[place] = cell;
    slotOf[place] = list.length;
    list.push(place);
  };
  const leave = (place: number) => {
    const list = cells[cellOf[place] ?? 0] ?? [];
    const slot = slotOf[place] ?? 0;
    const last = list.pop();
    if (last === undefined || last === place) return;
    list[slot] = last;
    slotOf[last] = slot;
  };
  const cellFor = (vector: Float32Array): number => {
    const group = nearestOf(groups, vector);
    return group * CELLS_IN_GROUP + nearestOf(centres[group] ?? [], vector);
  };
  const put = (place: number) => {
    if (cellOf[place] !== undefined) leave(place);
    add(place, cellFor(vectors.at(place)));
  };
  for (let place = 0; place < count; place += 1) put(place);

  return {
    put,
    move(from, to) {
      const cell = cellOf[from];
      if (cell === undefined) return;
      leave(from);
      delete cellOf[from];
      if (to !== null) add(to, cell);
    },
    *near(wanted) {
      const found = nearestFew(groups, wanted, NEAR_GROUPS).flatMap((group) =>
        (centres[group] ?? []).map((centre, i) => ({
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

/** Spherical k-means, begun with vectors spread evenly over the sample; at most as many centres as vectors. */
function findCentres(sample: Float32Array[], count: number): Float32Array[] {
  const step = Math.max(1, sample.length / count);
  let centres: Float32Array[] = Array.from({ length: Math.min(count, sample.length) }, (_, i) =>
    Float32Array.from(sample[Math.floor(i * step)] ?? []),
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    const sums = centres.map((centre) => new Float32Array(centre.length));
    for (const vector of sample) {
      addTo(sums[nearestOf(centres, vector)] ?? vector, vector);
    }
    centres = sums.map((sum, i) => unitOr(sum, centres[i] ?? sum));
  }
  return centres;
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
