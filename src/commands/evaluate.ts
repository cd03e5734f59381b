import { ngramsOf } from '../classify/ngrams.ts';
import type { StoryRule } from '../cluster/assign-story.ts';
import type { Analysis } from '../domain/article.ts';
import { createEncoder, type Encoder } from '../models/encoder.ts';
import { analyseArticles } from '../pipeline/analyse-article.ts';
import { evaluateCyber } from './evaluation/evaluate-cyber.ts';
import { evaluateDivisions } from './evaluation/evaluate-divisions.ts';
import { evaluateEntities } from './evaluation/evaluate-entities.ts';
import { evaluateSearch } from './evaluation/evaluate-search.ts';
import { evaluateStories, evaluateTwins, type StoryCase } from './evaluation/evaluate-stories.ts';
import { evaluateSummaries } from './evaluation/evaluate-summaries.ts';
import { evaluateTopics } from './evaluation/evaluate-topics.ts';
import {
  type LabelledData,
  type LabelledRow,
  readLabelledData,
} from './evaluation/labelled-data.ts';
import { writtenStreams } from './evaluation/round-up-streams.ts';
import { eventWithoutYear } from './evaluation/split.ts';
import { toTable } from './evaluation/to-table.ts';

export interface EvaluateOptions {
  /** The folder of the labelled data. */
  data: string;
  /** The setting `RASID_MODEL`. */
  model: string;
  json?: boolean | undefined;
  write: (line: string) => void;
  /** Progress, for a person. */
  log: (line: string) => void;
}

/** Readers annotated the names in so much of title and text. */
const ANNOTATED_CHARACTERS = 1_200;
const BATCH = 128;

/**
 * `rasid evaluate`: the figures of this build on the part of the data that nothing was trained or tuned on (training/README.md,
 * "Split"), beside baselines computed in the same run, with 95% intervals.
 * @returns the exit code
 */
export async function runEvaluate(o: EvaluateOptions): Promise<number> {
  const data = readLabelledData(o.data);
  const encoder = createEncoder({ model: o.model });
  try {
    const figures = await evaluate(encoder, data, o.log);
    o.write(o.json ? JSON.stringify(figures, null, 2) : toTable(figures));
    return 0;
  } finally {
    await encoder.close();
  }
}

export type Figures = Awaited<ReturnType<typeof evaluate>>;

async function evaluate(encoder: Encoder, data: LabelledData, log: (line: string) => void) {
  const rows = heldOutRows(data);
  const analyses = await analyseRows(
    encoder,
    [
      ...rows.classified,
      ...rows.summarised,
      ...rows.annotated,
      ...rows.storied.map(({ row }) => row),
    ],
    log,
  );
  const opened = await analyseRows(encoder, rows.annotated.map(clip), log);
  return {
    cyber: evaluateCyber(
      rows.classified.map((row) => ({ row, analysis: get(analyses, row) })),
      ngramsOf(encoder),
    ),
    language: {
      right: rows.classified.filter((row) => get(analyses, row).language === row.lang).length,
      of: rows.classified.length,
    },
    topics: inEach((language) =>
      evaluateTopics(topicCases(data, rows.annotated, analyses, language)),
    ),
    entities: inEach((language) =>
      evaluateEntities(entityCases(data, rows.annotated, opened, language)),
    ),
    stories: {
      ...storyFigures(data, rows.storied, analyses, encoder.heads.story),
      roundUps: evaluateDivisions(await writtenStreams(encoder), encoder.heads.story),
    },
    summaries: inEach((language) =>
      evaluateSummaries(
        summaryCases(
          rows.summarised.filter((row) => row.lang === language),
          analyses,
        ),
      ),
    ),
    search: await evaluateSearch({ encoder, data, log }),
  };
}

function inEach<T>(make: (language: 'ar' | 'en') => T): { ar: T; en: T } {
  return { ar: make('ar'), en: make('en') };
}

function heldOutRows(data: LabelledData) {
  const isTest = (row: LabelledRow) => data.part(row) === 'test';
  const isClear = (row: LabelledRow) =>
    (row.label === 'cyber' || row.label === 'not_cyber') &&
    data.annotations.get(row.id)?.label !== 'borderline';
  return {
    classified: data.classified.filter((row) => isTest(row) && isClear(row)),
    annotated: data.annotated.filter(isTest),
    summarised: [...data.summaries.ar, ...data.summaries.en].filter(isTest),
    storied: storyCases(data),
  };
}

function topicCases(
  data: LabelledData,
  rows: LabelledRow[],
  analyses: ReadonlyMap<string, Analysis>,
  language: 'ar' | 'en',
) {
  return rows.flatMap((row) => {
    const annotation = data.annotations.get(row.id);
    if (row.lang !== language || annotation?.label !== 'cyber') return [];
    return [
      { gold: annotation.topics, found: get(analyses, row).topics.map(({ topic }) => topic) },
    ];
  });
}

function entityCases(
  data: LabelledData,
  rows: LabelledRow[],
  analyses: ReadonlyMap<string, Analysis>,
  language: 'ar' | 'en',
) {
  return rows.flatMap((row) => {
    const gold = data.annotations.get(row.id)?.entities;
    return row.lang === language && gold ? [{ gold, found: get(analyses, row).entities }] : [];
  });
}

function storyFigures(
  data: LabelledData,
  storied: { row: LabelledRow; event: string }[],
  analyses: ReadonlyMap<string, Analysis>,
  rule: StoryRule,
) {
  const cases: StoryCase[] = storied.map((one) => ({ ...one, analysis: get(analyses, one.row) }));
  const pairs = data.pairs.map((pair) => ({
    pair,
    en: get(analyses, pair.en),
    ar: get(analyses, pair.ar),
  }));
  const isTest = (row: LabelledRow) => data.part(row) === 'test';
  return {
    heldOut: {
      ...evaluateStories(
        cases.filter(({ row }) => isTest(row)),
        rule,
      ),
      twins: evaluateTwins(pairs.filter(({ pair }) => isTest(pair.en))),
    },
    /** Here other parts' events are counted too, which the encoder was trained on. */
    all: { ...evaluateStories(cases, rule), twins: evaluateTwins(pairs) },
  };
}

/** Every article of an event, each once; a pair's articles belong to its event too. */
function storyCases(data: LabelledData): { row: LabelledRow; event: string }[] {
  const cases = new Map(data.stories.map((row) => [row.id, { row, event: row.event ?? '' }]));
  const names = new Map(data.stories.map(({ event = '' }) => [eventWithoutYear(event), event]));
  for (const { event, en, ar } of data.pairs) {
    const name = names.get(eventWithoutYear(event)) ?? event;
    for (const row of [en, ar]) if (!cases.has(row.id)) cases.set(row.id, { row, event: name });
  }
  return [...cases.values()];
}

function summaryCases(rows: LabelledRow[], analyses: ReadonlyMap<string, Analysis>) {
  const byArticle = new Map<string, LabelledRow[]>();
  for (const row of rows) {
    const key = row.article_id ?? row.id;
    byArticle.set(key, [...(byArticle.get(key) ?? []), row]);
  }
  return [...byArticle.values()].flatMap((sameArticle) => {
    const [row] = sameArticle;
    if (!row) return [];
    const references = sameArticle.map(({ summary }) => summary);
    return [{ text: row.text, summary: get(analyses, row).summary.text, references }];
  });
}

function clip(row: LabelledRow): LabelledRow {
  return { ...row, text: row.text.slice(0, Math.max(0, ANNOTATED_CHARACTERS - row.title.length)) };
}

async function analyseRows(
  encoder: Encoder,
  rows: LabelledRow[],
  log: (line: string) => void,
): Promise<Map<string, Analysis>> {
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
  const analyses = new Map<string, Analysis>();
  for (let start = 0; start < unique.length; start += BATCH) {
    const batch = unique.slice(start, start + BATCH);
    const results = await analyseArticles(encoder, batch);
    for (const [i, analysis] of results.entries()) analyses.set(batch[i]?.id ?? '', analysis);
    log(`${Math.min(start + BATCH, unique.length)} of ${unique.length} texts read`);
  }
  return analyses;
}

function get(analyses: ReadonlyMap<string, Analysis>, row: LabelledRow): Analysis {
  const analysis = analyses.get(row.id);
  if (!analysis) throw new Error(`${row.id} was not analysed`);
  return analysis;
}
