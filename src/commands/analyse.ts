import type { Analysis } from '../domain/article.ts';
import { createEncoder, type Encoder } from '../models/encoder.ts';
import { analyseArticles } from '../pipeline/analyse-article.ts';
import { explainScore } from './explain-score.ts';
import { type ArticleLine, readArticleLines } from './read-article-lines.ts';

export interface AnalyseOptions {
  /** JSON lines; undefined reads the standard input. */
  file: string | undefined;
  /** The setting `RASID_MODEL`. */
  model: string;
  write: (line: string) => void;
  embedding?: boolean | undefined;
  explain?: boolean | undefined;
}

/** Lines analysed at once. Two such batches are under way: while one's answers are written, the next is in the encoder. */
const BATCH = 32;

/**
 * `rasid analyse`: an analysis for each line of the input, in order; a bad line gives `{id?, error}` in its place.
 * @returns the exit code: 1 when a line was bad.
 */
export async function runAnalyse(o: AnalyseOptions): Promise<number> {
  const encoder = createEncoder({ model: o.model });
  let code = 0;
  let previous: Promise<string[]> = Promise.resolve([]);
  try {
    for await (const lines of inBatches(readArticleLines(o.file))) {
      if (lines.some((line) => 'error' in line)) code = 1;
      const current = answer(encoder, lines, o);
      // Its failure is thrown when its turn to be written comes; until then it is not unhandled.
      current.catch(() => undefined);
      for (const text of await previous) o.write(text);
      previous = current;
    }
    for (const text of await previous) o.write(text);
    return code;
  } finally {
    await encoder.close();
  }
}

async function* inBatches(lines: AsyncIterable<ArticleLine>): AsyncGenerator<ArticleLine[]> {
  let batch: ArticleLine[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function answer(
  encoder: Encoder,
  lines: ArticleLine[],
  o: AnalyseOptions,
): Promise<string[]> {
  const articles = lines.flatMap((line) => ('article' in line ? [line.article] : []));
  const analyses = (await analyseArticles(encoder, articles)).values();
  const texts: string[] = [];
  for (const line of lines) {
    const analysis = 'article' in line ? analyses.next().value : undefined;
    if (!('article' in line) || !analysis) texts.push(JSON.stringify(line));
    else {
      const why = o.explain ? await explainScore(encoder, line.article, analysis) : undefined;
      texts.push(JSON.stringify({ id: line.id, ...toJson(analysis, o), explanation: why }));
    }
  }
  return texts;
}

/** Six digits are more than the scores are worth, and keep lines short. */
const rounded = (value: number) => Number(value.toFixed(6));

function toJson(analysis: Analysis, o: { embedding?: boolean | undefined }) {
  const { embedding, cyber, topics, ...rest } = analysis;
  return {
    language: rest.language,
    cyber: { ...cyber, score: rounded(cyber.score) },
    topics: topics.map(({ topic, score }) => ({ topic, score: rounded(score) })),
    severity: rest.severity,
    entities: rest.entities,
    summary: rest.summary,
    ...(o.embedding ? { embedding: Array.from(embedding, rounded) } : {}),
  };
}
