import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../../domain/errors.ts';
import { isTopic } from '../../domain/topic.ts';
import { type Part, partOf } from './split.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const rowSchema = z.object({
  id: z.string(),
  lang: z.enum(['ar', 'en']),
  label: z.enum(['cyber', 'not_cyber', 'borderline']).optional().catch(undefined),
  title: text,
  text,
  summary: text,
  date: text,
  event: z.string().optional(),
  article_id: z.string().optional(),
});

const annotationSchema = z.object({
  id: z.string(),
  lang: z.enum(['ar', 'en']),
  label: z.enum(['cyber', 'not_cyber', 'borderline']),
  topics: z.array(z.string().refine(isTopic)).default([]),
  file: z.string(),
  entities: z
    .object({
      actors: z.array(
        z.union([z.string(), z.object({ name: z.string() }).transform((actor) => actor.name)]),
      ),
      organisations: z.array(z.string()),
      products: z.array(z.string()),
      malware: z.array(z.string()),
      cves: z.array(z.string()),
    })
    .optional(),
});

const pairSchema = z.object({
  event: z.string(),
  en: rowSchema.omit({ lang: true }),
  ar: rowSchema.omit({ lang: true }),
});

export type LabelledRow = z.infer<typeof rowSchema> & { file: string };
export type Annotation = z.infer<typeof annotationSchema>;
export type TwinPair = { event: string; en: LabelledRow; ar: LabelledRow };

/** Files whose rows say cyber or not. */
const CYBER_FILES = [
  'ar_cyber',
  'ar_hard_negatives_lexical',
  'ar_negatives_topical',
  'ar_pages_recent',
  'en_cyber_casie',
  'en_cyber_ndh_2025_26',
  'en_hard_negatives_2025_26',
  'en_bbc_2004_full',
  'en_agnews_short',
  'en_reuters21578_sample',
  'en_feed_items_general',
  'en_feed_items_security_outlets',
] as const;

const BORDERLINE_FILES = ['ar_borderline', 'en_borderline'];

export type LabelledData = ReturnType<typeof readLabelledData>;

/**
 * The labelled data of a folder (see its README), each row with the part that training/split.py gives it.
 * @throws UsageError `no-data`
 */
export function readLabelledData(folder: string) {
  const read = <T>(name: string, schema: z.ZodType<T>): T[] => readLines(folder, name, schema);
  const rowsOf = (name: string): LabelledRow[] =>
    read(name, rowSchema).map((row) => ({ ...row, file: name }));
  const stories = rowsOf('story_clusters_weak');
  const pairs: TwinPair[] = read('parallel_pairs', pairSchema).map(({ event, en, ar }) => ({
    event,
    en: { ...en, lang: 'en', file: 'parallel_pairs' },
    ar: { ...ar, lang: 'ar', file: 'parallel_pairs' },
  }));
  const events = new Map(stories.map((row) => [row.id, row.event ?? '']));
  for (const { event, en, ar } of pairs) {
    for (const { id } of [en, ar]) if (!events.has(id)) events.set(id, event);
  }
  const annotations = new Map(
    ['annotated_ar', 'annotated_en']
      .flatMap((name) => read(name, annotationSchema))
      .map((annotation) => [annotation.id, annotation]),
  );
  const classified = uniqueById(CYBER_FILES.flatMap(rowsOf));
  return {
    part: (row: LabelledRow): Part => partOf(row, events),
    /** Rows of the files that say cyber or not, each id once. */
    classified,
    /** The rows that a second reader annotated. */
    annotated: uniqueById([...classified, ...BORDERLINE_FILES.flatMap(rowsOf)]).filter(({ id }) =>
      annotations.has(id),
    ),
    summaries: { ar: rowsOf('ar_summaries_editor'), en: rowsOf('en_summaries_human') },
    annotations,
    stories,
    pairs,
  };
}

function readLines<T>(folder: string, name: string, schema: z.ZodType<T>): T[] {
  const path = join(folder, `${name}.jsonl`);
  if (!existsSync(path)) throw new UsageError('no-data', `${path} does not exist`);
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => schema.parse(JSON.parse(line)));
}

function uniqueById(rows: LabelledRow[]): LabelledRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
