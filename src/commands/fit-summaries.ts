import { prepareForModel } from '../language/normalise-arabic.ts';
import { splitSentences } from '../language/split-sentences.ts';
import { createEncoder, type Encoder } from '../models/encoder.ts';
import type { SummaryRule } from '../models/heads.ts';
import { type EncodedSentence, summariseArticle } from '../summarise/summarise-article.ts';
import { type LabelledRow, readLabelledData } from './evaluation/labelled-data.ts';
import { mean } from './evaluation/measures.ts';
import { rouge } from './evaluation/rouge.ts';
import { writeHeads } from './evaluation/write-heads.ts';

export interface FitSummariesOptions {
  /** The folder of the labelled data. */
  data: string;
  /** The setting `RASID_MODEL`. */
  model: string;
  /** Write them to `heads.json` too. */
  save?: boolean | undefined;
  write: (line: string) => void;
}

const SALIENCE = [0, 0.05, 0.1, 0.2, 0.4];
const POSITION = [0.3, 0.5];
/** Without a gap: people's English summaries use the room. */
const COVERING = { coverage: 1, first: 1, redundancy: 0, gap: 99 };
const BATCH = 64;

interface Reading {
  row: LabelledRow;
  sentences: string[];
  encoded: EncodedSentence[];
}

/**
 * Finds how much the encoder's salience and the place count beside the words that a sentence adds, in English: the best sum of ROUGE-1, -2 and -L on
 * the train and dev parts. Arabic keeps the training side's rule, one sentence. Prints `heads.summary` as JSON.
 * @returns the exit code
 */
export async function runFitSummaries(o: FitSummariesOptions): Promise<number> {
  const encoder = createEncoder({ model: o.model });
  try {
    const readings = await readArticles(encoder, o.data);
    const rule = encoder.heads.summary;
    const rules = SALIENCE.flatMap((salience) =>
      POSITION.map((logPosition) => withEnglish(rule, { ...COVERING, salience, logPosition })),
    );
    const scored = rules.map((candidate) => ({ candidate, score: scoreOf(candidate, readings) }));
    const { candidate: summary } = scored.reduce((a, b) => (b.score > a.score ? b : a));
    if (o.save && encoder.folder !== null) writeHeads(encoder.folder, { summary });
    o.write(JSON.stringify(summary));
    return 0;
  } finally {
    await encoder.close();
  }
}

function withEnglish(rule: SummaryRule, en: SummaryRule['weights']['en']): SummaryRule {
  return { ...rule, weights: { ...rule.weights, en } };
}

async function readArticles(encoder: Encoder, folder: string): Promise<Reading[]> {
  const data = readLabelledData(folder);
  const rows = data.summaries.en.filter((row) => data.part(row) !== 'test');
  const readings: Reading[] = [];
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH).map((row) => ({
      row,
      sentences: splitSentences(row.text),
    }));
    const encoded = await encoder.encode(
      batch.map(({ row, sentences }) => ({
        title: prepareForModel(row.title),
        sentences: sentences.map(prepareForModel),
      })),
    );
    readings.push(...batch.map((one, i) => ({ ...one, encoded: encoded[i]?.sentences ?? [] })));
  }
  return readings;
}

function scoreOf(rule: SummaryRule, readings: Reading[]): number {
  return mean(
    readings.map(({ row, sentences, encoded }) => {
      const { text } = summariseArticle({ sentences, encoded, language: 'en' }, rule);
      const { r1, r2, rl } = rouge(text, row.summary);
      return r1 + r2 + rl;
    }),
  );
}
