import { rarityOf } from '../cluster/word-rarity.ts';
import { splitSentences } from '../language/split-sentences.ts';
import type { LikelyWords, SummaryRule } from '../models/heads.ts';
import { loadModel } from '../models/load-model.ts';
import { type Gram, type Rarity, readGrams } from '../summarise/likely-words.ts';
import { summariseArticle } from '../summarise/summarise-article.ts';
import { trimSentence } from '../summarise/trim-sentence.ts';
import { evaluateSummaries, type SummaryCase } from './evaluation/evaluate-summaries.ts';
import { type Example, fitLogistic } from './evaluation/fit-logistic.ts';
import { readLabelledData } from './evaluation/labelled-data.ts';
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

/** People write 48 words on average; a little more uses the room better. From 55 to 70 the figures differ by less than half a point. */
const LENGTH = 60;
const RIDGE = 0.3;
const FOLDS = 8;

/** An article and what people wrote of it. */
interface Told {
  text: string;
  references: string[];
}

/**
 * Finds how likely a word, and a pair of neighbours, of an English article is in people's summaries of it: logistic regression on the train and
 * dev parts. The encoder takes no part. Prints ROUGE beside the first three sentences, each article read by weights fitted without it, then
 * `heads.summary` as JSON. Arabic keeps the training side's rule.
 * @returns the exit code
 */
export async function runFitSummaries(o: FitSummariesOptions): Promise<number> {
  const source = loadModel(o.model);
  const rarity = (word: string) => rarityOf(word, source.heads.story.idf);
  const told = readTold(o.data).map((one) => ({ ...one, examples: examplesOf(one, rarity) }));
  const ruleOf = (articles: typeof told): SummaryRule => ({
    ...source.heads.summary,
    likelyWords: { ...source.heads.summary.likelyWords, en: learn(articles) },
  });
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    ruleOf(told.filter((_one, i) => i % FOLDS !== fold)),
  );
  const cases = told.map(({ text, references }, i): SummaryCase => {
    const rule = folds[i % FOLDS] ?? source.heads.summary;
    return { text, references, summary: summaryOf(text, rule, rarity) };
  });
  const { model, firstThree } = evaluateSummaries(cases);
  for (const [name, { r1, r2, rl }] of Object.entries({ model, firstThree })) {
    o.write(`${name} ${[r1, r2, rl].map((value) => value.toFixed(3)).join(' ')}`);
  }
  const summary = ruleOf(told);
  if (o.save && source.kind === 'folder') writeHeads(source.folder, { summary });
  o.write(JSON.stringify(summary));
  return 0;
}

function readTold(folder: string): Told[] {
  const data = readLabelledData(folder);
  const byText = new Map<string, string[]>();
  for (const row of data.summaries.en) {
    if (data.part(row) === 'test') continue;
    byText.set(row.text, [...(byText.get(row.text) ?? []), row.summary]);
  }
  return [...byText].map(([text, references]) => ({ text, references }));
}

type Examples = Record<'words' | 'pairs', Example[]>;

function examplesOf({ text, references }: Told, rarity: Rarity): Examples {
  const { words, pairs } = readGrams(splitSentences(text).map(trimSentence), rarity);
  const summaries = references.map((reference) => readGrams([reference], rarity));
  return {
    words: examples(
      words.found,
      summaries.map((summary) => summary.words.found),
    ),
    pairs: examples(
      pairs.found,
      summaries.map((summary) => summary.pairs.found),
    ),
  };
}

/** Each gram once for the summaries that have it and once for those that do not. */
function examples(grams: Gram[], summaries: Gram[][]): Example[] {
  const texts = summaries.map((found) => new Set(found.map(({ text }) => text)));
  return grams.flatMap(({ text, features }) => {
    const having = texts.filter((found) => found.has(text)).length;
    const both = [
      { features, is: true, weight: having },
      { features, is: false, weight: texts.length - having },
    ];
    return both.filter(({ weight }) => weight > 0);
  });
}

function learn(articles: { examples: Examples }[]): LikelyWords {
  return {
    words: fitLogistic(
      articles.flatMap((one) => one.examples.words),
      RIDGE,
    ),
    pairs: fitLogistic(
      articles.flatMap((one) => one.examples.pairs),
      RIDGE,
    ),
    length: LENGTH,
  };
}

function summaryOf(text: string, rule: SummaryRule, rarity: Rarity): string {
  const sentences = splitSentences(text);
  return summariseArticle({ sentences, encoded: [], language: 'en', rarity }, rule).text;
}
