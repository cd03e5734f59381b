import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { runAnalyse } from '../../src/commands/analyse.ts';
import { runStories } from '../../src/commands/stories.ts';

const folder = mkdtempSync(join(tmpdir(), 'rasid-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ATTACK = {
  title: 'Retailer Harrods says customer data was stolen',
  text: 'Harrods said hackers stole the data of 430,000 customers from a supplier.',
  published: '2025-09-27T10:00:00Z',
};
const MATCH = {
  title: 'United beat City',
  text: 'United won by two goals.',
  published: '2025-09-27',
};

function fileOf(...lines: (string | object)[]): string {
  const path = join(folder, 'lines.jsonl');
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(path, texts.join('\n'));
  return path;
}

async function outputOf(
  run: (o: { file: string; model: string; write: (line: string) => void }) => Promise<number>,
  file: string,
) {
  const lines: Record<string, unknown>[] = [];
  const code = await run({ file, model: 'models', write: (line) => lines.push(JSON.parse(line)) });
  return { code, lines };
}

describe('rasid analyse', () => {
  test('answers each line in its place, whatever is wrong with the others', async () => {
    const file = fileOf(
      { id: 'a', ...ATTACK },
      'no JSON',
      { title: 'without an id' },
      { id: 7, text: 5 },
      '',
      { id: 'm', ...MATCH },
    );
    const { code, lines } = await outputOf(runAnalyse, file);
    expect(code).toBe(1);
    expect(lines).toMatchObject([
      { id: 'a', language: 'en', cyber: { isCyber: true } },
      { error: { code: 'bad-json' } },
      { error: { code: 'bad-article', message: expect.stringMatching(/^id/) } },
      { id: 7, error: { code: 'bad-article', message: expect.stringMatching(/^text/) } },
      { id: 'm', language: 'en', cyber: { isCyber: false } },
    ]);
  });

  test('ends in order and without a word when its reader has seen enough', async () => {
    const file = fileOf(...Array.from({ length: 128 }, (_, id) => ({ id, ...ATTACK })));
    const child = spawn(process.execPath, ['bin/rasid.js', 'analyse', file]);
    const exited = once(child, 'exit');
    const said = text(child.stderr);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect({ exited: await exited, said: await said }).toEqual({ exited: [0, null], said: '' });
  });

  test('keeps the order over more lines than it takes at once', async () => {
    const ids = Array.from({ length: 70 }, (_, i) => `n${i}`);
    const file = fileOf(...ids.map((id) => ({ id, title: 'Short' })));
    const { code, lines } = await outputOf(runAnalyse, file);
    expect(code).toBe(0);
    expect(lines.map(({ id }) => id)).toEqual(ids);
  });

  test('adds the vector and the sentences that moved the score when asked', async () => {
    const { lines } = await outputOf(
      (o) => runAnalyse({ ...o, embedding: true, explain: true }),
      fileOf({ id: 'a', ...ATTACK }),
    );
    expect(lines[0]).toMatchObject({
      embedding: expect.any(Array),
      explanation: expect.any(Array),
    });
    expect(lines[0]?.embedding).toHaveLength(384);
  });

  test('tells the sentence that speaks for a cyber story from those that do not, however sure the score is', async () => {
    const weather = 'The weather was mild in most parts of the country on Tuesday.';
    const { lines } = await outputOf(
      (o) => runAnalyse({ ...o, explain: true }),
      fileOf({ id: 'a', title: ATTACK.title, text: `${weather}\n${ATTACK.text}` }),
    );
    const [first, ...others] = (lines[0]?.explanation ?? []) as { text: string; logOdds: number }[];
    expect(first?.logOdds).toBeGreaterThan(0.1);
    expect(first?.text).not.toBe(weather);
    for (const { logOdds } of others)
      expect(Math.abs(logOdds)).toBeLessThanOrEqual(first?.logOdds ?? 0);
  });

  test('names a file that is not there as bad input', async () => {
    await expect(outputOf(runAnalyse, join(folder, 'none.jsonl'))).rejects.toMatchObject({
      code: 'no-file',
    });
  });
});

describe('rasid stories', () => {
  test('gives each article the id of the first article of its story', async () => {
    const file = fileOf(
      { id: 'a', ...ATTACK },
      { id: 'm', ...MATCH },
      { id: 'b', title: 'Harrods: customer data was stolen by hackers', text: ATTACK.text },
      'no JSON',
      { id: 'c', ...ATTACK, published: 'yesterday' },
    );
    const { code, lines } = await outputOf(runStories, file);
    expect(code).toBe(1);
    expect(lines).toMatchObject([
      { id: 'a', story: 'a', isNew: true },
      { id: 'm', story: 'm', isNew: true },
      { id: 'b', story: 'a', isNew: false },
      { error: { code: 'bad-json' } },
      { id: 'c', story: 'a', isNew: false },
    ]);
  });

  test('gives an id that is a number back as a number', async () => {
    const { lines } = await outputOf(
      runStories,
      fileOf({ id: 7, ...ATTACK }, { id: '8', ...ATTACK }),
    );
    expect(lines).toEqual([
      { id: 7, story: 7, isNew: true },
      { id: '8', story: 7, isNew: false },
    ]);
  });
});
