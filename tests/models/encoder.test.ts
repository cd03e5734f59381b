import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { createEncoder } from '../../src/models/encoder.ts';

const encoder = createEncoder({ model: 'models' });
afterAll(() => encoder.close());

const TEXTS = [
  { title: 'Hackers steal data of a hospital', sentences: ['They asked for a ransom.'] },
  {
    title: 'قراصنة يسرقون بيانات مستشفى',
    sentences: ['طلبوا فدية قدرها مليون دولار.', 'نفى المستشفى ذلك.'],
  },
  { title: '', sentences: ['A very short one.'] },
  {
    title: 'Rain in Paris',
    sentences: Array.from({ length: 60 }, () => 'It rained again all day in Paris.'),
  },
];

/** A folder that is a model's as far as the settings go. */
function modelFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rasid-model-'));
  for (const name of ['heads.json', 'idf.bin'])
    copyFileSync(join('models', name), join(folder, name));
  return folder;
}

describe('the encoder', () => {
  test('says the same of a text alone as among others', async () => {
    const together = await encoder.encode(TEXTS);
    for (const [i, text] of TEXTS.entries()) {
      const [alone] = await encoder.encode([text]);
      expect(alone?.cyberLogit).toBeCloseTo(together[i]?.cyberLogit ?? Number.NaN, 3);
      expect(alone?.embedding.at(7)).toBeCloseTo(together[i]?.embedding.at(7) ?? Number.NaN, 3);
    }
  });

  test('gives unit vectors, a logit for each topic, and sentences up to its window', async () => {
    const [short, , , long] = await encoder.encode(TEXTS);
    expect(Math.hypot(...(short?.embedding ?? []))).toBeCloseTo(1, 4);
    expect(short?.topicLogits).toHaveLength(14);
    expect(short?.sentences).toHaveLength(1);
    expect(long?.sentences.length).toBeGreaterThan(5);
    expect(long?.sentences.length).toBeLessThan(60);
  });

  test('puts a story and its translation nearer than another story', async () => {
    const [english, arabic, , rain] = await encoder.encode(TEXTS);
    const cosine = (a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()) =>
      a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
    expect(cosine(english?.embedding, arabic?.embedding)).toBeGreaterThan(
      cosine(english?.embedding, rain?.embedding),
    );
  });

  test('reads an empty text, one of emoji, and a word of a megabyte', async () => {
    const odd = ['', '😀😀😀😀', 'x'.repeat(1_000_000), 'ب'];
    const encoded = await encoder.encode(odd.map((text) => ({ title: '', sentences: [text] })));
    for (const { cyberLogit } of encoded) expect(Number.isFinite(cyberLogit)).toBe(true);
  });

  test('refuses more than may wait, and says that trying again helps', async () => {
    const small = createEncoder({ model: 'models', queueLimit: 2 });
    await expect(small.encode([...TEXTS])).rejects.toMatchObject({
      code: 'model-busy',
      retryable: true,
    });
    await small.close();
  });
});

describe("the encoder's thread", () => {
  test('answers a question before the articles that wait, also where no more of them may wait', async () => {
    const folder = modelFolder();
    const workerFile = new URL('./fixtures/echo-worker.mjs', import.meta.url);
    const busy = createEncoder({ model: folder, workerFile, queueLimit: 40 });
    const answered: string[] = [];
    const ask = async (title: string, asked: boolean) => {
      await busy.encode([{ title, sentences: [] }], { asked });
      answered.push(title);
    };
    const articles = Array.from({ length: 40 }, (_, n) => ask(`article ${n}`, false));
    await Promise.all([...articles, ask('question', true)]);
    // The first article was with the thread already.
    expect(answered.indexOf('question')).toBe(1);
    await busy.close();
    rmSync(folder, { recursive: true });
  });

  test('is started again when it dies, and the texts are sent once more', async () => {
    const folder = modelFolder();
    const workerFile = new URL('./fixtures/dies-once-worker.mjs', import.meta.url);
    const fragile = createEncoder({ model: folder, workerFile });
    expect(await fragile.encode(TEXTS.slice(0, 1))).toEqual([{ title: TEXTS[0]?.title }]);
    await fragile.close();
    rmSync(folder, { recursive: true });
  });

  test('that hangs has ended before another is started: there are never two models in memory', async () => {
    const folder = modelFolder();
    const workerFile = new URL('./fixtures/hangs-once-worker.mjs', import.meta.url);
    const hanging = createEncoder({ model: folder, workerFile, timeoutMs: 2_000 });
    expect(await hanging.encode(TEXTS.slice(0, 1))).toEqual([{ firstHasEnded: true }]);
    await hanging.close();
    rmSync(folder, { recursive: true });
  });

  test('that is ending when the program stops has no successor', async () => {
    const folder = modelFolder();
    const workerFile = new URL('./fixtures/hangs-once-worker.mjs', import.meta.url);
    const hanging = createEncoder({ model: folder, workerFile, timeoutMs: 1 });
    const asked = expect(hanging.encode(TEXTS.slice(0, 1))).rejects.toMatchObject({
      code: 'model-closed',
    });
    // The thread was given up by now, and needs longer than this to end.
    await sleep(50);
    await hanging.close();
    await asked;
    rmSync(folder, { recursive: true });
  });

  test('is stopped in the middle of its work, and the process goes on', async () => {
    for (let round = 0; round < 3; round += 1) {
      const stopped = createEncoder({ model: 'models' });
      const long = { title: 'Port closed', sentences: Array(40).fill('Hackers encrypted it.') };
      await stopped.encode([long]);
      const asked = stopped.encode(Array(64).fill(long));
      const rejected = expect(asked).rejects.toMatchObject({ code: 'model-closed' });
      await stopped.close();
      await rejected;
    }
  });

  test('has ended when it is closed, and whoever waited for that goes on', async () => {
    const dist = new URL('../../dist/models/encoder.js', import.meta.url).href;
    const script = `import(${JSON.stringify(dist)}).then(async ({ createEncoder }) => {
      const encoder = createEncoder({ model: 'models' });
      await encoder.encode([{ title: 'Port closed', sentences: [] }]);
      await encoder.close();
      console.log('closed');
    })`;
    const run = promisify(execFile)(process.execPath, ['-e', script]);
    expect((await run).stdout).toBe('closed\n');
  });

  test.each([5, 60, 150])(
    'does not abort a process that ends %i ms after it has begun to read: what ended it is what is said',
    async (ms) => {
      const dist = new URL('../../dist/models/encoder.js', import.meta.url).href;
      const script = `import(${JSON.stringify(dist)}).then(async ({ createEncoder }) => {
        const encoder = createEncoder({ model: 'models' });
        const text = { title: 'Port closed', sentences: Array(40).fill('Hackers encrypted it.') };
        await encoder.encode([text]);
        setTimeout(() => { throw new Error('a defect elsewhere'); }, ${ms});
        await encoder.encode(Array(64).fill(text));
      })`;
      const run = promisify(execFile)(process.execPath, ['-e', script]);
      const { code, signal, stderr } = await run.catch((error) => error);
      expect({ code, signal }).toEqual({ code: 1, signal: null });
      expect(stderr).toContain('a defect elsewhere');
      expect(stderr).not.toContain('terminate called');
    },
  );

  test('that gives no answer in time is given up with a retryable error', async () => {
    const folder = modelFolder();
    const workerFile = new URL('./fixtures/silent-worker.mjs', import.meta.url);
    const silent = createEncoder({ model: folder, workerFile, timeoutMs: 50 });
    await expect(silent.encode(TEXTS.slice(0, 1))).rejects.toMatchObject({
      code: 'model-timeout',
      retryable: true,
    });
    await silent.close();
    rmSync(folder, { recursive: true });
  });
});

describe('the setting RASID_MODEL', () => {
  test('that names a folder without a model is refused before anything runs', () => {
    expect(() => createEncoder({ model: '/nowhere' })).toThrow(/heads\.json is not there/);
  });

  test('may name a model of the hub, which brings no files', () => {
    expect(createEncoder({ model: 'Xenova/multilingual-e5-small' }).folder).toBeNull();
  });

  test('that names a folder with broken settings says which field is wrong', () => {
    const folder = modelFolder();
    writeFileSync(join(folder, 'heads.json'), JSON.stringify({ version: 2 }));
    expect(() => createEncoder({ model: folder })).toThrow(/model-contract.*version/s);
    rmSync(folder, { recursive: true });
  });
});
