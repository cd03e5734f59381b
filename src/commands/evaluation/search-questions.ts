import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { LabelledData, LabelledRow } from './labelled-data.ts';

/** evaluation/README.md, "Pool": the cyber rows of these, then events and pairs. */
const POOL_FILES = new Set([
  'ar_cyber',
  'ar_pages_recent',
  'en_cyber_casie',
  'en_cyber_ndh_2025_26',
  'en_feed_items_security_outlets',
]);

const language = z.enum(['ar', 'en']);
const judgedSchema = z.object({
  query: z.string(),
  language,
  relevant: z.record(z.string(), z.number()),
});
const unjudgedSchema = z.object({ query: z.string(), language, isCyber: z.boolean() });

export type JudgedQuestion = z.infer<typeof judgedSchema>;
export type UnjudgedQuestion = z.infer<typeof unjudgedSchema>;

/** The articles that are searched. */
export function searchPool(data: LabelledData): LabelledRow[] {
  const rows = [
    ...data.classified.filter((row) => POOL_FILES.has(row.file) && row.label === 'cyber'),
    ...data.stories,
    ...data.pairs.flatMap(({ en, ar }) => [en, ar]),
  ];
  return [...new Map(rows.toReversed().map((row) => [row.id, row])).values()];
}

/** The questions that the pool answers, in their order. */
export function judgedQuestions(pool: LabelledRow[]): JudgedQuestion[] {
  const ids = new Set(pool.map(({ id }) => id));
  return readLines('search-questions', judgedSchema).filter(({ relevant }) =>
    Object.keys(relevant).some((id) => ids.has(id)),
  );
}

/** Questions about something else, and short ones about cyber news, in their order. */
export function unjudgedQuestions(): UnjudgedQuestion[] {
  return readLines('unjudged-questions', unjudgedSchema);
}

/** Of any of these lists: those that constants are chosen on. Figures are of the others. */
export function isChosenOn(_: unknown, index: number): boolean {
  return index % 2 === 0;
}

function readLines<T>(name: string, schema: z.ZodType<T>): T[] {
  const path = fileURLToPath(new URL(`../../../evaluation/${name}.jsonl`, import.meta.url));
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => schema.parse(JSON.parse(line)));
}
