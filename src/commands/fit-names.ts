import { extractEntities } from '../entities/extract-entities.ts';
import { prepareForModel } from '../language/normalise-arabic.ts';
import { splitSentences } from '../language/split-sentences.ts';
import { createEncoder, type Encoder } from '../models/encoder.ts';
import type { LeastMargins } from '../models/heads.ts';
import { evaluateEntities } from './evaluation/evaluate-entities.ts';
import { type Annotation, type LabelledRow, readLabelledData } from './evaluation/labelled-data.ts';
import { mean } from './evaluation/measures.ts';
import { writeHeads } from './evaluation/write-heads.ts';

export interface FitNamesOptions {
  /** The folder of the labelled data. */
  data: string;
  /** The setting `RASID_MODEL`. */
  model: string;
  /** Write them to `heads.json` too. */
  save?: boolean | undefined;
  write: (line: string) => void;
}

const BATCH = 128;
/** Readers annotated the names in so much of title and text. */
const ANNOTATED_CHARACTERS = 1_200;
const MARGINS = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4];
const NEVER = 99;
const KINDS = {
  ACTOR: 'actors',
  ORGANISATION: 'organisations',
  PRODUCT: 'products',
  MALWARE: 'malware',
} as const;

interface Reading {
  language: 'ar' | 'en';
  text: string;
  tags: Parameters<typeof extractEntities>[1];
  gold: NonNullable<Annotation['entities']>;
}

/**
 * Finds how sure the tagger must be to add a name of each kind to those of the lists: the margin with the best F1, mean of both languages, on the
 * annotated articles of the train and dev parts. Prints `heads.tagging` as JSON.
 * @returns the exit code
 */
export async function runFitNames(o: FitNamesOptions): Promise<number> {
  const encoder = createEncoder({ model: o.model });
  try {
    const readings = await readArticles(encoder, o.data);
    const best = (kind: keyof typeof KINDS) => bestMargin(kind, readings);
    const leastMargin: LeastMargins = {
      ACTOR: best('ACTOR'),
      ORGANISATION: best('ORGANISATION'),
      PRODUCT: best('PRODUCT'),
      MALWARE: best('MALWARE'),
    };
    const tagging = { ...encoder.heads.tagging, leastMargin };
    if (o.save && encoder.folder !== null) writeHeads(encoder.folder, { tagging });
    o.write(JSON.stringify(tagging));
    return 0;
  } finally {
    await encoder.close();
  }
}

async function readArticles(encoder: Encoder, folder: string): Promise<Reading[]> {
  const data = readLabelledData(folder);
  const rows = data.annotated.filter(
    (row) => data.part(row) !== 'test' && data.annotations.get(row.id)?.entities,
  );
  const readings: Reading[] = [];
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    const encoded = await encoder.encode(
      batch.map((row) => ({
        title: prepareForModel(row.title),
        sentences: splitSentences(annotatedText(row)).map(prepareForModel),
      })),
    );
    for (const [i, row] of batch.entries()) {
      const gold = data.annotations.get(row.id)?.entities;
      if (!gold) continue;
      const text = `${row.title}\n${annotatedText(row)}`;
      readings.push({ language: row.lang, text, tags: encoded[i]?.tags ?? [], gold });
    }
  }
  return readings;
}

function annotatedText(row: LabelledRow): string {
  return row.text.slice(0, Math.max(0, ANNOTATED_CHARACTERS - row.title.length));
}

/** The middle one of equal margins is not sought: the highest adds least. */
function bestMargin(kind: keyof typeof KINDS, readings: Reading[]): number {
  const f1At = (margin: number) =>
    mean((['ar', 'en'] as const).map((language) => f1Of(kind, language, margin, readings)));
  const scored = [NEVER, ...MARGINS.toReversed()].map((margin) => ({ margin, f1: f1At(margin) }));
  return scored.reduce((a, b) => (b.f1 > a.f1 ? b : a)).margin;
}

function f1Of(
  kind: keyof typeof KINDS,
  language: 'ar' | 'en',
  margin: number,
  readings: Reading[],
): number {
  const cases = readings
    .filter((reading) => reading.language === language)
    .map(({ text, tags, gold }) => ({
      gold,
      found: extractEntities(
        text,
        tags.filter((tag) => tag.kind === kind),
        { leastMargin: { ACTOR: margin, ORGANISATION: margin, PRODUCT: margin, MALWARE: margin } },
      ),
    }));
  return evaluateEntities(cases)[KINDS[kind]]?.f1 ?? 0;
}
