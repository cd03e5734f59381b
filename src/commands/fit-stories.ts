import { FEATURES } from '../cluster/pair-features.ts';
import { createEncoder, type Encoder } from '../models/encoder.ts';
import { analyseArticles } from '../pipeline/analyse-article.ts';
import { fitLogistic } from './evaluation/fit-logistic.ts';
import { type LabelledRow, readLabelledData } from './evaluation/labelled-data.ts';
import { eventWithoutYear } from './evaluation/split.ts';
import { type EventArticle, storyPairs } from './evaluation/story-pairs.ts';
import { writeHeads } from './evaluation/write-heads.ts';
import { readDate } from './read-date.ts';

export interface FitStoriesOptions {
  /** The folder of the labelled data. */
  data: string;
  /** The setting `RASID_MODEL`. */
  model: string;
  /** Write them to `heads.json` too. */
  save?: boolean | undefined;
  write: (line: string) => void;
}

const RIDGE = 2e-4;
const BATCH = 128;
const OPENING = 1_000;

/**
 * Finds the weights of `heads.story` for the features that this program computes, names among them, on the train and dev parts of the data, and
 * prints the rule as JSON. The threshold stays at one half: no constant is chosen on the answers.
 * @returns the exit code
 */
export async function runFitStories(o: FitStoriesOptions): Promise<number> {
  const encoder = createEncoder({ model: o.model });
  try {
    const articles = await readArticles(encoder, eventRows(o.data));
    const weights = fitLogistic(storyPairs(articles, encoder.heads.story.idf), RIDGE);
    const named = Object.fromEntries(
      ['bias', ...FEATURES].map((name, k) => [name, Number((weights[k] ?? 0).toFixed(3))]),
    );
    const { idf: _, ...rule } = encoder.heads.story;
    const story = { ...rule, threshold: 0.5, weights: named };
    if (o.save && encoder.folder !== null) writeHeads(encoder.folder, { story });
    o.write(JSON.stringify(story));
    return 0;
  } finally {
    await encoder.close();
  }
}

/** The articles of events, and the other dated cyber articles, none of the test part. */
function eventRows(folder: string): { row: LabelledRow; event: string | null }[] {
  const data = readLabelledData(folder);
  const rows = new Map<string, { row: LabelledRow; event: string | null }>();
  for (const row of data.classified) {
    if (row.label === 'cyber') rows.set(row.id, { row, event: null });
  }
  for (const { event, en, ar } of data.pairs) {
    for (const row of [en, ar]) rows.set(row.id, { row, event: eventWithoutYear(event) });
  }
  for (const row of data.stories) {
    rows.set(row.id, { row, event: eventWithoutYear(row.event ?? '') });
  }
  return [...rows.values()].filter(
    ({ row }) => data.part(row) !== 'test' && readDate(row.date) !== undefined,
  );
}

async function readArticles(
  encoder: Encoder,
  rows: { row: LabelledRow; event: string | null }[],
): Promise<EventArticle[]> {
  const articles: EventArticle[] = [];
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    const analyses = await analyseArticles(
      encoder,
      batch.map(({ row }) => row),
    );
    for (const [i, analysis] of analyses.entries()) {
      const one = batch[i];
      if (!one) continue;
      const { id, title, text, date } = one.row;
      const known = {
        id,
        title,
        opening: text.slice(0, OPENING),
        publishedAt: readDate(date) ?? new Date(),
      };
      articles.push({ article: { ...known, ...analysis }, event: one.event });
    }
  }
  return articles;
}
