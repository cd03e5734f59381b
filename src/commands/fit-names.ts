import { extractEntities } from '../entities/extract-entities.ts';
import { createNameFinder, type ListKind, type NameFinder } from '../entities/find-names.ts';
import { findKnownNames, KNOWN_NAMES } from '../entities/known-names.ts';
import { prepareForModel } from '../language/normalise-arabic.ts';
import { splitSentences } from '../language/split-sentences.ts';
import { createEncoder, type Encoder } from '../models/encoder.ts';
import type { LeastMargins } from '../models/heads.ts';
import { evaluateEntities, tally } from './evaluation/evaluate-entities.ts';
import { type Annotation, type LabelledRow, readLabelledData } from './evaluation/labelled-data.ts';
import type { Part } from './evaluation/split.ts';
import { writeHeads } from './evaluation/write-heads.ts';

export interface FitNamesOptions {
  /** Only measure what is found of names that no list has. */
  unlisted?: boolean | undefined;
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
const MARGINS = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6];
const NEVER = 99;
/** Of the names that a lower margin adds, more shall be right than wrong: F1 would bear more of them, a reader does not. */
const LEAST_PRECISION = 0.5;
const KINDS = {
  ACTOR: 'actors',
  ORGANISATION: 'organisations',
  PRODUCT: 'products',
  MALWARE: 'malware',
} as const;

/** The lists that are hidden to see what is found of a kind without them. */
const LISTS_OF = {
  actors: ['actors', 'brands'],
  malware: ['malware', 'brands'],
  organisations: ['organisations'],
} satisfies Record<string, ListKind[]>;

interface Reading {
  language: 'ar' | 'en';
  part: Part;
  text: string;
  tags: Parameters<typeof extractEntities>[1];
  gold: NonNullable<Annotation['entities']>;
}

/**
 * Finds how sure the tagger must be to add a name of each kind to those of the lists and patterns, on the annotated articles of the dev part:
 * of those that it was trained on, it knows the names by heart. What it adds is counted and not F1 itself, because the lists know more
 * names of these articles than of tomorrow's. Prints `heads.tagging` as JSON.
 * @returns the exit code
 */
export async function runFitNames(o: FitNamesOptions): Promise<number> {
  if (o.unlisted) return measureUnlisted(o);
  const encoder = createEncoder({ model: o.model });
  try {
    const readings = await readArticles(encoder, o.data, ['dev']);
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

/**
 * What is found of names that no list has: the names of train and dev with all lists of their kind hidden. The patterns are counted alone on
 * both parts, and with the tagger on dev.
 * @returns the exit code
 */
async function measureUnlisted(o: FitNamesOptions): Promise<number> {
  const encoder = createEncoder({ model: o.model });
  try {
    const readings = await readArticles(encoder, o.data, ['train', 'dev']);
    const { leastMargin } = encoder.heads.tagging;
    for (const [kind, hidden] of Object.entries(LISTS_OF)) {
      const findNames = withoutLists(hidden);
      for (const language of ['ar', 'en'] as const) {
        const ofLanguage = readings.filter((reading) => reading.language === language);
        const scores = (readings: Reading[], isTagged: boolean) =>
          evaluateEntities(
            readings.map(({ text, tags, gold }) => ({
              gold,
              found: extractEntities(text, isTagged ? tags : [], { leastMargin, findNames }),
            })),
          )[kind as keyof typeof LISTS_OF];
        const patterns = scores(ofLanguage, false);
        const tagged = scores(
          ofLanguage.filter(({ part }) => part === 'dev'),
          true,
        );
        o.write(JSON.stringify({ kind, language, patterns, tagged }));
      }
    }
    return 0;
  } finally {
    await encoder.close();
  }
}

function withoutLists(hidden: ListKind[]) {
  return createNameFinder(KNOWN_NAMES.filter(({ kind }) => !hidden.includes(kind)));
}

async function readArticles(encoder: Encoder, folder: string, parts: Part[]): Promise<Reading[]> {
  const data = readLabelledData(folder);
  const rows = data.annotated.filter(
    (row) => parts.includes(data.part(row)) && data.annotations.get(row.id)?.entities,
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
      readings.push({
        language: row.lang,
        part: data.part(row),
        text,
        tags: encoded[i]?.tags ?? [],
        gold,
      });
    }
  }
  return readings;
}

function annotatedText(row: LabelledRow): string {
  return row.text.slice(0, Math.max(0, ANNOTATED_CHARACTERS - row.title.length));
}

/** Of equal margins the highest, which adds least. */
function bestMargin(kind: keyof typeof KINDS, readings: Reading[]): number {
  const gainAt = (margin: number) =>
    readings.reduce((sum, reading) => sum + gainOf(kind, reading, margin), 0);
  const scored = [NEVER, ...MARGINS.toReversed()].map((margin) => ({
    margin,
    gain: gainAt(margin),
  }));
  return scored.reduce((a, b) => (b.gain > a.gain ? b : a)).margin;
}

/** Tomorrow's organisations are in the lists about half the time: these are counted with and without their list. */
const FINDERS: Record<keyof typeof KINDS, NameFinder[]> = {
  ACTOR: [findKnownNames],
  ORGANISATION: [findKnownNames, withoutLists(LISTS_OF.organisations)],
  PRODUCT: [findKnownNames],
  MALWARE: [findKnownNames],
};

/** What the tagger adds to the names of an article: those that a reader annotated, less what any name costs. */
function gainOf(kind: keyof typeof KINDS, reading: Reading, margin: number): number {
  const tags = reading.tags.filter((tag) => tag.kind === kind);
  const at = (margin: number, findNames: NameFinder) => {
    const leastMargin = { ACTOR: margin, ORGANISATION: margin, PRODUCT: margin, MALWARE: margin };
    const found = extractEntities(reading.text, tags, { leastMargin, findNames });
    return tally({ gold: reading.gold, found }, KINDS[kind]);
  };
  const gains = FINDERS[kind].map((findNames) => {
    const without = at(NEVER, findNames);
    const added = at(margin, findNames);
    return added.right - without.right - LEAST_PRECISION * (added.found - without.found);
  });
  return gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
}
