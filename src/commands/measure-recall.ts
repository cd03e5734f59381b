import { seededRandom } from '../domain/seeded-random.ts';
import { createVectorIndex } from '../search/vector-index.ts';
import { timeMs } from './bench-database.ts';

/** Invented kinds of news, subjects among them, of very different sizes as in the news, and articles around these. */
const KINDS = 80;
const SUBJECTS = 3_000;
const SPREAD = { subject: 0.8, article: 0.8 };
const QUESTIONS = 200;
const NEAREST = 60;
const NEAREST_FEW = 10;

/**
 * How many of the articles nearest in meaning the clusterer's index finds, of 60 and of the first 10, and how long it takes for one
 * question; beside it the time of comparing with all. Invented vectors, in memory.
 */
export async function measureRecall(size: number, dimensions: number) {
  const random = seededRandom(size);
  const kinds = Array.from({ length: KINDS }, () =>
    around(new Float32Array(dimensions), 1, random),
  );
  const subjects = Array.from({ length: Math.min(SUBJECTS, size / 4) }, (_, number) =>
    around(kinds[number % KINDS] ?? new Float32Array(dimensions), SPREAD.subject, random),
  );
  const index = createVectorIndex();
  const questions: Float32Array[] = [];
  const step = Math.ceil(size / QUESTIONS);
  for (let number = 0; number < size; number += 1) {
    // The square makes few subjects large and many small.
    const subject = subjects[Math.floor(random() ** 2 * subjects.length)];
    const vector = around(subject ?? new Float32Array(dimensions), SPREAD.article, random);
    index.put({ id: `${number}`, language: 'en', publishedAt: 0, title: '' }, vector);
    if (number % step === 0) questions.push(vector);
  }
  const since = new Date(0);
  const cellsMs = await timeMs(() => index.sortIntoCells());
  const exact: string[][] = [];
  const near: string[][] = [];
  const exactMs = timeOf(() => {
    for (const vector of questions)
      exact.push(index.nearest(vector, { language: null, since: null }, NEAREST));
  });
  const nearMs = timeOf(() => {
    for (const vector of questions) near.push(index.nearlyNearest(vector, since, NEAREST));
  });
  return {
    recallOf60: recallOf(exact, near, NEAREST),
    recallOf10: recallOf(exact, near, NEAREST_FEW),
    questionMs: round(nearMs / questions.length),
    exactMs: round(exactMs / questions.length),
    cellsMs,
  };
}

function around(centre: Float32Array, spread: number, random: () => number): Float32Array {
  const scale = (2 * spread) / Math.sqrt(centre.length);
  const vector = centre.map((value) => value + scale * (random() + random() + random() - 1.5));
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

function recallOf(exact: string[][], near: string[][], count: number): number {
  const shares = exact.map((ids, i) => {
    const found = new Set(near[i]);
    const wanted = ids.slice(0, count);
    return wanted.filter((id) => found.has(id)).length / Math.max(1, wanted.length);
  });
  return round(shares.reduce((sum, share) => sum + share, 0) / shares.length);
}

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
