import { prepareForModel } from '../language/normalise-arabic.ts';
import { createEncoder, type Encoder } from '../models/encoder.ts';
import type { QuestionRule } from '../models/heads.ts';
import { analyseArticles } from '../pipeline/analyse-article.ts';
import { isAboutNews } from '../search/is-about-news.ts';
import { createVectorIndex, type VectorIndex } from '../search/vector-index.ts';
import { fitLogistic } from './evaluation/fit-logistic.ts';
import { type LabelledRow, readLabelledData } from './evaluation/labelled-data.ts';
import {
  isChosenOn,
  judgedQuestions,
  searchPool,
  unjudgedQuestions,
} from './evaluation/search-questions.ts';
import { writeHeads } from './evaluation/write-heads.ts';

export interface FitSearchOptions {
  /** The folder of the labelled data. */
  data: string;
  /** The setting `RASID_MODEL`. */
  model: string;
  /** Write it to `heads.json` too. */
  save?: boolean | undefined;
  write: (line: string) => void;
  /** Progress, for a person. */
  log: (line: string) => void;
}

const BATCH = 128;
const RIDGE = 1e-4;
/** To refuse a question about cyber news is so many times as bad as to answer one about something else. */
const REFUSAL_COST = 2;
const EVERYTHING = { language: null, since: null };

interface Question {
  text: string;
  isCyber: boolean;
  cyberLogit: number;
  cosine: number;
}

/**
 * Finds the rule by which a question is taken for one about cyber news (search/is-about-news), on the half of the questions in evaluation/
 * that constants are chosen on, asked of the pool; prints `heads.search.question` as JSON.
 * @returns the exit code
 */
export async function runFitSearch(o: FitSearchOptions): Promise<number> {
  const encoder = createEncoder({ model: o.model });
  try {
    const pool = searchPool(readLabelledData(o.data));
    const index = await indexPool(encoder, pool, o.log);
    const questions = await readQuestions(encoder, index, pool);
    const question = fitRule(questions);
    report(questions, question, o.log);
    const search = { question };
    if (o.save && encoder.folder !== null) writeHeads(encoder.folder, { search });
    o.write(JSON.stringify(question));
    return 0;
  } finally {
    await encoder.close();
  }
}

async function indexPool(
  encoder: Encoder,
  pool: LabelledRow[],
  log: (line: string) => void,
): Promise<VectorIndex> {
  const index = createVectorIndex();
  for (let start = 0; start < pool.length; start += BATCH) {
    const batch = pool.slice(start, start + BATCH);
    const analyses = await analyseArticles(encoder, batch);
    for (const [i, { language, embedding }] of analyses.entries()) {
      index.put({ id: batch[i]?.id ?? '', language, publishedAt: 0, title: '' }, embedding);
    }
    log(`${Math.min(start + BATCH, pool.length)} of ${pool.length} articles read`);
  }
  return index;
}

async function readQuestions(
  encoder: Encoder,
  index: VectorIndex,
  pool: LabelledRow[],
): Promise<Question[]> {
  const asked = [
    ...judgedQuestions(pool)
      .filter(isChosenOn)
      .map(({ query }) => ({ text: query, isCyber: true })),
    ...unjudgedQuestions()
      .filter(isChosenOn)
      .map(({ query, isCyber }) => ({ text: query, isCyber })),
  ];
  const inputs = asked.map(({ text }) => ({ title: prepareForModel(text), sentences: [] }));
  const encoded = await encoder.encode(inputs);
  return asked.map((question, i) => {
    const { cyberLogit = 0, embedding = new Float32Array(0) } = encoded[i] ?? {};
    const [nearest = ''] = index.nearest(embedding, EVERYTHING, 1);
    return { ...question, cyberLogit, cosine: index.cosine(nearest, embedding) ?? 0 };
  });
}

function fitRule(questions: Question[]): QuestionRule {
  const cyber = questions.filter(({ isCyber }) => isCyber).length;
  const weightOf = (isCyber: boolean) =>
    (isCyber ? REFUSAL_COST / cyber : 1 / (questions.length - cyber)) / (REFUSAL_COST + 1);
  const [bias = 0, cyberLogit = 0, cosine = 0] = fitLogistic(
    questions.map((question) => ({
      features: [question.cyberLogit, question.cosine],
      is: question.isCyber,
      weight: weightOf(question.isCyber),
    })),
    RIDGE,
  ).map((value) => Number(value.toFixed(3)));
  return { bias, cyberLogit, cosine };
}

function report(questions: Question[], rule: QuestionRule, log: (line: string) => void): void {
  const wrong = questions.filter((question) => isAboutNews(question, rule) !== question.isCyber);
  for (const { text, isCyber, cyberLogit, cosine } of wrong) {
    const said = isCyber ? 'refused' : 'answered';
    log(`${said}: ${text} (logit ${cyberLogit.toFixed(1)}, cosine ${cosine.toFixed(2)})`);
  }
  log(`${questions.length - wrong.length} of ${questions.length} questions told apart`);
}
