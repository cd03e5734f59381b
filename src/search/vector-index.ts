import { createByteVectors, toByteVector } from './byte-vectors.ts';
import { type Cells, fillCells, findCells } from './cells.ts';

/** What the index keeps beside a vector, to leave articles out without asking the database. */
interface IndexEntry {
  id: string;
  language: string;
  /** Milliseconds since 1970. */
  publishedAt: number;
  /** Normalised for matching. */
  title: string;
}

interface IndexFilter {
  language: string | null;
  since: Date | null;
}

export interface VectorIndex {
  /** Adds an article or replaces it. A vector of another length than the first one's, from another model, is left out. */
  put(entry: IndexEntry, vector: Float32Array): void;
  remove(id: string): void;
  /** Ids of the articles nearest in meaning, nearest first: the cosine with every vector in question, none below 0. */
  nearest(vector: Float32Array, filter: IndexFilter, limit: number): string[];
  /**
   * The same among the vectors of the cells nearest to this one, which is nearly the same and takes as long however many there are. Until
   * there are cells (`sortIntoCells`), all are compared.
   */
  nearlyNearest(vector: Float32Array, since: Date, limit: number): string[];
  /**
   * Finds cells where there are many vectors and no cells, or cells for far fewer. Everything else in the process has its turns meanwhile,
   * also `put`, `remove` and questions.
   */
  sortIntoCells(): Promise<void>;
  /** The cosine with one article's vector; null where there is none to compare with. */
  cosine(id: string, vector: Float32Array): number | null;
  /** Ids of articles whose title holds each of the normalised words, the newest first. */
  titled(words: string[], limit: number): string[];
  readonly size: number;
}

/** Fewer vectors than this are compared one by one: it is quicker than to look for cells. */
const FEW = 8_192;
/** Cells are found anew when there are so many times as many vectors as when they were found. */
const GROWN = 8;

/**
 * `nearest` compares every vector with the question, which takes some 40 ms for 100,000: for members, who should miss nothing. The
 * clusterer asks for each article that comes, and is served from cells.
 */
export function createVectorIndex(): VectorIndex {
  const entries: IndexEntry[] = [];
  const places = new Map<string, number>();
  let length = 0;
  let vectors = createByteVectors(0);
  const size = () => entries.length;
  let cells = createGrowingCells(vectors, size);

  return {
    get size() {
      return entries.length;
    },

    put(entry, vector) {
      if (length === 0) {
        length = vector.length;
        vectors = createByteVectors(length);
        cells = createGrowingCells(vectors, size);
      }
      if (vector.length !== length) return;
      const place = places.get(entry.id) ?? entries.length;
      entries[place] = entry;
      places.set(entry.id, place);
      vectors.set(place, vector);
      cells.put(place);
    },

    remove(id) {
      const place = places.get(id);
      if (place === undefined) return;
      places.delete(id);
      const last = entries.pop();
      cells.remove(entries.length);
      if (last === undefined || last.id === id) return;
      // The last one takes the free place.
      entries[place] = last;
      places.set(last.id, place);
      vectors.copy(entries.length, place);
      cells.put(place);
    },

    nearest(vector, filter, limit) {
      if (vector.length !== length) return [];
      return nearestAmong({ entries, vectors }, entries.keys(), vector, { filter, limit });
    },

    nearlyNearest(vector, since, limit) {
      if (vector.length !== length) return [];
      const filter = { language: null, since };
      return nearestAmong({ entries, vectors }, cells.near(vector), vector, { filter, limit });
    },

    sortIntoCells: () => cells.sortIntoCells(),

    cosine(id, vector) {
      const place = places.get(id);
      if (place === undefined || vector.length !== length) return null;
      return vectors.product(place, toByteVector(vector));
    },

    titled(words, limit) {
      const best = createBest(limit);
      for (const { id, title, publishedAt } of entries) {
        if (words.every((word) => title.includes(word))) best.add(id, publishedAt);
      }
      return best.ids();
    },
  };
}

interface Asked {
  filter: IndexFilter;
  limit: number;
}

function nearestAmong(
  stored: { entries: IndexEntry[]; vectors: ReturnType<typeof createByteVectors> },
  places: Iterable<number>,
  vector: Float32Array,
  { filter, limit }: Asked,
): string[] {
  const wanted = toByteVector(vector);
  const best = createBest(limit);
  for (const place of places) {
    const entry = stored.entries[place];
    if (entry === undefined || !passes(entry, filter)) continue;
    const cosine = stored.vectors.product(place, wanted);
    if (cosine > 0) best.add(entry.id, cosine);
  }
  return best.ids();
}

/** Cells that are found when they are first wanted, and again when there are many more vectors; until then the old ones answer. */
function createGrowingCells(vectors: Parameters<typeof findCells>[0], size: () => number) {
  let cells: Cells | null = null;
  let filling: Cells | null = null;
  let foundFor = 0;
  let finding: Promise<void> | null = null;

  const find = async () => {
    const count = size();
    filling = await findCells(vectors, count);
    await fillCells(filling, size);
    [cells, filling, foundFor] = [filling, null, count];
  };

  return {
    put(place: number): void {
      for (const each of [cells, filling]) each?.put(place);
    },
    remove(place: number): void {
      for (const each of [cells, filling]) each?.remove(place);
    },
    /** Whoever comes while cells are being found waits for the same ones. */
    async sortIntoCells(): Promise<void> {
      if (size() >= Math.max(FEW, GROWN * foundFor)) {
        finding ??= find().finally(() => {
          finding = null;
        });
      }
      await finding;
    },
    near: (vector: Float32Array): Iterable<number> =>
      cells === null || size() < FEW ? Array(size()).keys() : cells.near(vector),
  };
}

function passes(entry: IndexEntry, { language, since }: IndexFilter): boolean {
  if (since !== null && entry.publishedAt < since.getTime()) return false;
  return language === null || entry.language === language;
}

/** Keeps the `limit` highest of many: they are sorted when twice as many have come, so that each costs little. */
function createBest(limit: number) {
  let kept: { id: string; value: number }[] = [];
  let lowest = Number.NEGATIVE_INFINITY;
  const shrink = () => {
    kept.sort((a, b) => b.value - a.value);
    kept = kept.slice(0, limit);
    if (kept.length === limit) lowest = kept.at(-1)?.value ?? lowest;
  };
  return {
    add(id: string, value: number): void {
      if (value <= lowest) return;
      kept.push({ id, value });
      if (kept.length >= 2 * limit) shrink();
    },
    ids(): string[] {
      shrink();
      return kept.map(({ id }) => id);
    },
  };
}
