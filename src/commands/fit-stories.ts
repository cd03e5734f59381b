import { fileURLToPath } from 'node:url';
import type { Analysis } from '../domain/article.ts';
import { createEncoder, type Encoder } from '../models/encoder.ts';
import type { StoryRule } from '../models/heads.ts';
import { analyseArticles } from '../pipeline/analyse-article.ts';
import { fitLogistic } from './evaluation/fit-logistic.ts';
import { readLabelledData } from './evaluation/labelled-data.ts';
import { bCubed, bCubedItems } from './evaluation/measures.ts';
import {
  inventedIncidents,
  labelledExamples,
  renamed,
  type StoryExample,
  shortened,
} from './evaluation/story-examples.ts';
import {
  type ExampleArticle,
  FITTED,
  HELD,
  NEAR_DAYS,
  storyPairs,
} from './evaluation/story-pairs.ts';
import { tryDivisions } from './evaluation/try-divisions.ts';
import { writeHeads } from './evaluation/write-heads.ts';
import { readDate } from './read-date.ts';
import { createClusterer } from './stories.ts';

export interface FitStoriesOptions {
  /** The folder of the labelled data. */
  data: string;
  /** The setting `RASID_MODEL`. */
  model: string;
  /** Write them to `heads.json` too. */
  save?: boolean | undefined;
  write: (line: string) => void;
  /** Progress, for a person. */
  log: (line: string) => void;
}

const TEXTS = fileURLToPath(new URL('../../training/texts', import.meta.url));
const RIDGE = 1e-4;
const BATCH = 128;
const OPENING = 1_000;
const DAY_MS = 86_400_000;
/** Of the settings this near to the best the lowest is taken: a real day has more other stories than the labelled data. */
const AS_GOOD = 0.001;
/** Added to the bias that the pairs give. */
const SHIFTS = Array.from({ length: 16 }, (_, step) => step / 10 - 1);

/** Three would weigh two reports of the other language against the one that is in the article's own. */
const TOP_MEMBERS = 2;

type Read = ExampleArticle & { analysis: Analysis };

/**
 * Finds the weights of `heads.story` for what names tell, on pairs of the train part, and then the bias, by B-cubed F1 of whole streams
 * of the train and dev parts; prints the rule as JSON, and says what dividing stories gives by it (docs/decisions/0011). Nothing of the test part is read.
 * @returns the exit code
 */
export async function runFitStories(o: FitStoriesOptions): Promise<number> {
  const encoder = createEncoder({ model: o.model });
  const rule = { ...encoder.heads.story, topMembers: TOP_MEMBERS };
  try {
    const read = await readExamples(encoder, examplesOf(o.data, rule.idf), o.log);
    const train = read.filter(({ example }) => example.part === 'train');
    const [bias = 0, ...weights] = fitLogistic(storyPairs(train, rule.idf), RIDGE);
    const fitted = Object.fromEntries(FITTED.map((name, k) => [name, round(weights[k] ?? 0)]));
    const fixed = { ...rule.weights, ...HELD, ...fitted };
    const shift = chooseShift(read, { ...rule, weights: { ...fixed, bias } }, o.log);
    const { idf: _, ...rest } = rule;
    const story = { ...rest, threshold: 0.5, weights: { ...fixed, bias: round(bias + shift) } };
    await tryDivisions(encoder, read, { ...story, idf: rule.idf }, o.log);
    if (o.save && encoder.folder !== null) writeHeads(encoder.folder, { story });
    o.write(JSON.stringify(story));
    return 0;
  } finally {
    await encoder.close();
  }
}

function examplesOf(folder: string, idf: Uint8Array): StoryExample[] {
  const dated = labelledExamples(readLabelledData(folder)).filter(
    ({ part, date }) => part !== 'test' && readDate(date) !== undefined,
  );
  const dayOf = ({ date }: StoryExample) => +(readDate(date) ?? 0) / DAY_MS;
  const days = dated.filter(({ event }) => event !== null).map(dayOf);
  // Of other stories only those of the same days are compared with an event.
  const labelled = dated.filter(
    (one) => one.event !== null || days.some((day) => Math.abs(day - dayOf(one)) <= NEAR_DAYS),
  );
  const invented = inventedIncidents(TEXTS);
  const english = invented.filter(({ title }) => !/\p{Script=Arabic}/u.test(title));
  return [
    ...labelled,
    ...invented,
    ...english.flatMap((example, number) => renamed(example, number, idf)),
    ...[...labelled.filter(({ event }) => event !== null), ...invented].flatMap(shortened),
  ];
}

/** The bias that tells whole streams best: events of train and dev, the dev part's incidents, and these with their renamed doubles. */
function chooseShift(read: Read[], rule: StoryRule, log: (line: string) => void): number {
  const isDev = ({ example }: Read) => example.family !== null && example.part === 'dev';
  const how = ({ example }: Read) => example.madeFrom?.how;
  const streams = [
    read.filter((one) => one.example.family === null && one.example.event !== null && !how(one)),
    read.filter((one) => isDev(one) && !how(one)),
    read.filter((one) => isDev(one) && how(one) !== 'shortened'),
  ];
  const tried = SHIFTS.map((shift) => {
    const weights = { ...rule.weights, bias: rule.weights.bias + shift };
    const scores = streams.map((stream) => scoreOf(stream, { ...rule, weights }));
    log(
      `bias ${weights.bias.toFixed(2)}: B-cubed F1 ${scores.map((f1) => f1.toFixed(3)).join(' ')}`,
    );
    return { shift, mean: scores.reduce((sum, f1) => sum + f1, 0) / scores.length };
  });
  const top = Math.max(...tried.map(({ mean }) => mean));
  return tried.find(({ mean }) => mean >= top - AS_GOOD)?.shift ?? 0;
}

/** B-cubed F1, online. */
function scoreOf(stream: Read[], rule: StoryRule): number {
  const assign = createClusterer(rule);
  const ordered = [...stream].sort((a, b) => +a.article.publishedAt - +b.article.publishedAt);
  const items = ordered.map(({ article, example, analysis }) => {
    const { id, title, text, event } = example;
    const found = assign(id, { title, text, publishedAt: article.publishedAt }, analysis).story;
    return { found, is: event ?? id };
  });
  return bCubed(bCubedItems(items)).f1;
}

async function readExamples(
  encoder: Encoder,
  examples: StoryExample[],
  log: (line: string) => void,
): Promise<Read[]> {
  const read: Read[] = [];
  for (let start = 0; start < examples.length; start += BATCH) {
    const batch = examples.slice(start, start + BATCH);
    const analyses = await analyseArticles(encoder, batch);
    for (const [i, analysis] of analyses.entries()) {
      const example = batch[i];
      if (!example) continue;
      const { id, title, text, date } = example;
      const publishedAt = readDate(date) ?? new Date(0);
      const article = { id, title, opening: text.slice(0, OPENING), publishedAt, ...analysis };
      read.push({ article, example, analysis });
    }
    log(`${read.length} of ${examples.length} texts read`);
  }
  return read;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
