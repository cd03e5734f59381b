import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createDocumentReader, type DocumentKind, type Reading } from './document-reader.ts';
import { mutate, mutation } from './mutate.ts';
import { readHostile, readOriginals, toPage } from './originals.ts';

/** `npm run test:fuzz` makes all of them, `npm test` a part. */
const isFull = process.env.MODE === 'fuzz';
const RUNS = { feed: isFull ? 10_000 : 700, page: isFull ? 10_000 : 300 };
const SEED = 20_261_124;

/** For one document: most take milliseconds, the largest a second, and a busy machine may need many times that. */
const DEADLINE_MS = 30_000;

/** One in so many is measured: a collection before each would take longer than the reading. */
const MEASURED = isFull ? 20 : 10;

const MIB = 1024 * 1024;
const MAX_GROWTH = 64 * MIB;

const originals = readOriginals();
const pages = originals.filter(({ length }) => length < 256 * 1024).map(toPage);
const reader = createDocumentReader({ deadlineMs: DEADLINE_MS });
const measured = createDocumentReader({ deadlineMs: DEADLINE_MS });

afterAll(async () => {
  await reader.close();
  await measured.close();
});

/** Reads every mutation and prints what came of them. */
async function fuzz(kind: 'feed' | 'page', documents: Buffer[]): Promise<void> {
  const counts: Record<Reading['outcome'], number> = {
    read: 0,
    refused: 0,
    threw: 0,
    died: 0,
    hung: 0,
  };
  let [slowest, growth, made] = [0, 0, 0];
  const check = async (body: Buffer) => {
    made += 1;
    const isMeasured = made % MEASURED === 0;
    const reading = await (isMeasured ? measured : reader).read(kind, body, isMeasured);
    counts[reading.outcome] += 1;
    slowest = Math.max(slowest, reading.ms);
    growth = Math.max(growth, reading.growthBytes);
    expect({ ...reading, ms: 0 }).toMatchObject({
      outcome: expect.stringMatching(/^(?:read|refused)$/),
    });
  };
  const property = fc.asyncProperty(mutation, (plan) => check(mutate(documents, plan)));
  try {
    // A plan is small already, and to shrink one that hangs would take the deadline each time.
    await fc.assert(property, { numRuns: RUNS[kind], seed: SEED, endOnFailure: true });
  } finally {
    console.info(
      `${kind}s: ${made} mutations of ${documents.length}, ${counts.read} read, ${counts.refused} refused, ${counts.threw} threw, ${counts.died} died, ${counts.hung} hung; slowest ${slowest.toFixed(0)} ms; memory at most ${(growth / MIB).toFixed(1)} MiB above rest`,
    );
  }
  expect(growth).toBeLessThan(MAX_GROWTH);
}

describe('a damaged document is read or refused, in time and within 64 MiB', () => {
  it('when it is a feed', { timeout: 900_000 }, () => fuzz('feed', originals));
  it('when it is a web page', { timeout: 900_000 }, () => fuzz('page', pages));
});

describe('a document built to do harm is read or refused within 64 MiB', () => {
  it.each(readHostile())('$name', { timeout: 60_000 }, async ({ name, body }) => {
    const { outcome, ms, growthBytes } = await measured.read('feed', body, true);
    console.info(
      `${name}: ${outcome} in ${ms.toFixed(0)} ms, ${(growthBytes / MIB).toFixed(1)} MiB above rest`,
    );
    expect(outcome).toMatch(/^(?:read|refused)$/);
    expect(growthBytes).toBeLessThan(MAX_GROWTH);
  });
});

it('the fuzzer notices a hang, a crash, an error and 100 MiB, and goes on after each', async () => {
  const strict = createDocumentReader({ deadlineMs: 3_000 });
  const read = (kind: DocumentKind) => strict.read(kind, Buffer.from('<rss/>'), true);
  expect((await read('throw')).outcome).toBe('threw');
  expect((await read('crash')).outcome).toBe('died');
  expect((await read('hang')).outcome).toBe('hung');
  expect((await read('swell')).growthBytes).toBeGreaterThan(MAX_GROWTH);
  expect((await read('feed')).outcome).toBe('read');
  await strict.close();
});
