import type { SummaryWeights } from '../models/heads.ts';

/** A sentence that fit into the encoder's window. */
export interface EncodedSentence {
  /** Mean logit of its tokens: how much an editor would want it. */
  salience: number;
  vector: Float32Array;
}

/** What the weights of `heads.summary` multiply. */
export type SentenceFeatures = SummaryWeights;

const LONG_WORDS = 30;
const SHORT_WORDS = 6;

/** The features of each encoded sentence; `sentences` are the texts, at least as many as `encoded`. */
export function sentenceFeatures(
  sentences: string[],
  encoded: EncodedSentence[],
  title: string,
): SentenceFeatures[] {
  const centre = meanVector(encoded.map((sentence) => sentence.vector));
  const titleWords = new Set(wordsOf(title));
  return encoded.map(({ salience, vector }, i) => {
    const words = wordsOf(sentences[i] ?? '');
    const shared = words.filter((word) => titleWords.has(word)).length;
    return {
      salience,
      first: i === 0 ? 1 : 0,
      logPosition: Math.log(1 + i),
      length: Math.min(words.length, LONG_WORDS) / LONG_WORDS,
      short: words.length < SHORT_WORDS ? 1 : 0,
      centrality: cosine(vector, centre),
      likeTitle: titleWords.size === 0 ? 0 : Math.min(1, shared / titleWords.size),
    };
  });
}

/** The weighted sum; the order of terms does not matter. */
export function scoreFeatures(features: SentenceFeatures, weights: SummaryWeights): number {
  return (Object.keys(features) as (keyof SummaryWeights)[]).reduce(
    (sum, name) => sum + features[name] * weights[name],
    0,
  );
}

export function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i++) {
    const [x = 0, y = 0] = [a[i], b[i]];
    dot += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA === 0 || squareB === 0 ? 0 : dot / Math.sqrt(squareA * squareB);
}

function meanVector(vectors: Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (let i = 0; i < mean.length; i++)
      mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0) / vectors.length;
  }
  return mean;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
