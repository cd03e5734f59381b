import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runEvaluate } from '../../src/commands/evaluate.ts';
import { partOf } from '../../src/commands/evaluation/split.ts';

const FILES = (
  'ar_cyber ar_hard_negatives_lexical ar_negatives_topical ar_pages_recent en_cyber_casie en_cyber_ndh_2025_26 en_hard_negatives_2025_26 ' +
  'en_bbc_2004_full en_agnews_short en_reuters21578_sample en_feed_items_general en_feed_items_security_outlets ar_borderline en_borderline ' +
  'ar_summaries_editor en_summaries_human story_clusters_weak parallel_pairs annotated_ar annotated_en'
).split(' ');

const folder = mkdtempSync(join(tmpdir(), 'rasid-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A title that the rule of the split puts into the wanted part. */
function titleIn(part: 'test' | 'train', words: string): string {
  const row = {
    id: '',
    lang: 'en' as const,
    label: undefined,
    text: '',
    summary: '',
    date: '',
    file: '',
  };
  for (let number = 0; ; number++) {
    const title = `${number} ${words}`;
    if (partOf({ ...row, title }, new Map()) === part) return title;
  }
}

function put(file: string, rows: object[]): void {
  writeFileSync(join(folder, `${file}.jsonl`), rows.map((row) => JSON.stringify(row)).join('\n'));
}

beforeAll(() => {
  for (const file of FILES) put(file, []);
  const attack = {
    id: 'e1',
    lang: 'en',
    label: 'cyber',
    title: titleIn('test', 'Ransomware gang encrypts systems of a hospital'),
    text: 'Hackers of the LockBit gang encrypted its files with ransomware, Microsoft said.',
    date: '2025-03-01',
  };
  const rain = {
    id: 'e2',
    lang: 'en',
    label: 'not_cyber',
    title: titleIn('test', 'Rain falls on Paris again'),
    text: 'It rained.',
    date: '2025',
  };
  put('en_cyber_ndh_2025_26', [
    attack,
    { ...attack, id: 'e3', title: titleIn('train', 'Ransomware gang strikes') },
  ]);
  put('en_hard_negatives_2025_26', [rain]);
  put('annotated_en', [
    {
      id: 'e1',
      lang: 'en',
      label: 'cyber',
      topics: ['ransomware'],
      entities: {
        actors: ['LockBit'],
        organisations: ['Microsoft'],
        products: [],
        malware: [],
        cves: [],
      },
      file: 'en_cyber_ndh_2025_26',
    },
  ]);
  put('en_summaries_human', [
    { ...attack, id: 's1', article_id: 'x', summary: 'Hackers encrypted files.' },
    { ...attack, id: 's2', article_id: 'x', summary: attack.text },
  ]);
  put('story_clusters_weak', [
    { ...attack, id: 'c1', event: 'A_2025' },
    { ...attack, id: 'c2', event: 'A_2025', date: '2025-03-02' },
  ]);
});

describe('rasid evaluate', () => {
  test('counts only what nothing was trained on, beside its baselines', async () => {
    const lines: string[] = [];
    const o = {
      data: folder,
      model: 'models',
      write: (line: string) => lines.push(line),
      log: () => undefined,
    };
    expect(await runEvaluate({ ...o, json: true })).toBe(0);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      cyber: {
        en: { texts: 2, cyber: 1, model: { f1: 1 }, keywords: { f1: 1 } },
        ar: { texts: 0 },
      },
      language: { right: 2, of: 2 },
      entities: { en: { organisations: { f1: 1, annotated: 1 }, actors: { f1: 1, annotated: 1 } } },
      stories: { all: { articles: 2, events: 1, f1: 1 } },
      summaries: { en: { articles: 1, references: 2 } },
    });
    await runEvaluate(o);
    expect(lines[1]).toContain('Cyber or not, English (2 texts, 1 cyber)');
  });

  test('names the file that a data folder lacks', async () => {
    const o = { data: '/nowhere', model: 'models', write: () => undefined, log: () => undefined };
    await expect(runEvaluate(o)).rejects.toMatchObject({ code: 'no-data' });
  });
});
