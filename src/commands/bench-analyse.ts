import { availableParallelism } from 'node:os';
import { ModelError } from '../domain/errors.ts';
import { openBareRuntime } from '../models/bare-runtime.ts';
import { createEncoder } from '../models/encoder.ts';
import { analyseArticles } from '../pipeline/analyse-article.ts';
import { inventArticles } from './invent-articles.ts';

const TOKENS = 128;
const ARTICLES = 96;
const ROUNDS = 3;
/** The largest batch of the runtime's own comparison: larger ones are slower on two cores. */
const WIDE_BATCH = 8;
/** Any ids cost the same. */
const SOME_ID = 1_000;

interface Speed {
  articlesPerSecond: number;
  cpuSecondsPerArticle: number;
}

/**
 * `rasid bench analyse`: articles per second at 128 tokens through the whole analysis, through the encoder alone, and through the bare
 * runtime given the same batches (one text each, as the encoder runs them) and wider ones. Rounds alternate, so that a busy machine
 * slows all alike; the best round of each counts.
 */
export async function benchAnalyse(o: { model: string }): Promise<object> {
  const encoder = createEncoder({ model: o.model, maxTokens: TOKENS });
  if (encoder.folder === null) {
    throw new ModelError('model-not-local', 'the bench compares with the graph in a local folder');
  }
  const articles = inventArticles(ARTICLES, TOKENS);
  const inputs = articles.map(({ title, text }) => ({ title, sentences: text.split('\n') }));
  const sequences = articles.map(() => new Array<number>(TOKENS).fill(SOME_ID));
  await encoder.encode(inputs.slice(0, 2));
  const startMemory = megabytes();
  await analyseArticles(encoder, articles);
  const memoryMegabytes = { loaded: startMemory, peak: megabytes() };
  const bare = await openBareRuntime(encoder.folder, availableParallelism());
  await bare.run(sequences.slice(0, 1));
  const rounds: Record<'analysis' | 'encoder' | 'runtime' | 'runtimeWide', Speed[]> = {
    analysis: [],
    encoder: [],
    runtime: [],
    runtimeWide: [],
  };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.encoder.push(await measure(() => encoder.encode(inputs)));
    rounds.runtime.push(await measure(() => runAll(bare.run, sequences, 1)));
    rounds.analysis.push(await measure(() => analyseArticles(encoder, articles)));
    rounds.runtimeWide.push(await measure(() => runAll(bare.run, sequences, WIDE_BATCH)));
  }
  await Promise.all([encoder.close(), bare.close()]);
  const result = {
    analysis: best(rounds.analysis),
    encoder: best(rounds.encoder),
    runtime: best(rounds.runtime),
    runtimeWide: best(rounds.runtimeWide),
  };
  const share = (speed: Speed) =>
    rounded(speed.articlesPerSecond / result.runtime.articlesPerSecond);
  return {
    articles: ARTICLES,
    tokens: TOKENS,
    cores: availableParallelism(),
    ...result,
    shareOfRuntime: { encoder: share(result.encoder), analysis: share(result.analysis) },
    memoryMegabytes,
  };
}

async function runAll(
  run: (sequences: number[][]) => Promise<void>,
  sequences: number[][],
  batch: number,
): Promise<void> {
  for (let i = 0; i < sequences.length; i += batch) await run(sequences.slice(i, i + batch));
}

async function measure(work: () => Promise<unknown>): Promise<Speed> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    articlesPerSecond: rounded(ARTICLES / seconds),
    cpuSecondsPerArticle: rounded((user + system) / 1e6 / ARTICLES),
  };
}

function best(speeds: Speed[]): Speed {
  return speeds.reduce((a, b) => (a.articlesPerSecond >= b.articlesPerSecond ? a : b));
}

/** Highest resident memory of the process so far. */
function megabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1_024);
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
