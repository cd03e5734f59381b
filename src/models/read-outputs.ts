import type { TokenisedArticle, TokenisedWord } from './tokenise-article.ts';

const TAG_KINDS = ['ACTOR', 'ORGANISATION', 'PRODUCT', 'MALWARE'] as const;
export type TagKind = (typeof TAG_KINDS)[number];

/** A name that the tagger found, as written (word borders; punctuation at the ends removed). */
export interface TagSpan {
  kind: TagKind;
  text: string;
  /** Index of the sentence, or -1 for the title. */
  sentence: number;
  /** Mean probability of its words' tags. */
  score: number;
}

/** What one run of the encoder says about one text. */
export interface EncodedText {
  /** Uncalibrated; NaN when the model has no heads. */
  cyberLogit: number;
  /** In the order of `heads.topics`; empty when the model has no heads. */
  topicLogits: number[];
  /** L2-normalised, centred where `heads.embeddingCentre` says so. */
  embedding: Float32Array;
  /** The sentences that fit into `heads.maxTokens`, from the first on. */
  sentences: { salience: number; vector: Float32Array }[];
  tags: TagSpan[];
}

/** The graph's outputs for one text; the heads are missing from a model of the hub. */
export interface RawOutputs {
  hidden: Float32Array;
  cyber?: Float32Array | undefined;
  topics?: Float32Array | undefined;
  embedding?: Float32Array | undefined;
  salience?: Float32Array | undefined;
  tags?: Float32Array | undefined;
}

/** Turns the outputs for one article into what the rest of the program reads. */
export function readOutputs(
  raw: RawOutputs,
  article: TokenisedArticle,
  heads: { tags: string[]; embeddingCentre: number[] | null } | null,
): EncodedText {
  const width = raw.hidden.length / article.ids.length;
  const pooled = raw.embedding ?? meanOfRows(raw.hidden, width, 0, article.ids.length);
  return {
    cyberLogit: raw.cyber?.[0] ?? Number.NaN,
    topicLogits: Array.from(raw.topics ?? []),
    embedding: centred(pooled, heads?.embeddingCentre ?? null),
    sentences: article.sentences.map(({ start, end }) => ({
      salience: raw.salience ? mean(raw.salience.subarray(start, end)) : 0,
      vector: meanOfRows(raw.hidden, width, start, end),
    })),
    tags: raw.tags && heads ? readTags(raw.tags, article.words, heads.tags) : [],
  };
}

function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

function meanOfRows(rows: Float32Array, width: number, start: number, end: number): Float32Array {
  const result = new Float32Array(width);
  const share = 1 / Math.max(1, end - start);
  for (let row = start; row < end; row++) {
    for (let i = 0; i < width; i++) {
      result[i] = (result[i] ?? 0) + (rows[row * width + i] ?? 0) * share;
    }
  }
  return result;
}

/** Subtracts the mean vector of news, so that cosine tells stories apart, and brings the length back to 1. */
function centred(vector: Float32Array, centre: number[] | null): Float32Array {
  const moved = vector.map((value, i) => value - (centre?.[i] ?? 0));
  const length = Math.hypot(...moved);
  return length === 0 ? moved : moved.map((value) => value / length);
}

/** Joins words whose tags begin (B-) or go on (I-) into spans; a word is tagged by its first token. */
function readTags(logits: Float32Array, words: TokenisedWord[], names: string[]): TagSpan[] {
  const spans: (TagSpan & { words: number })[] = [];
  let open: (TagSpan & { words: number }) | null = null;
  for (const word of words) {
    const { name, probability } = bestTag(logits, word.start * names.length, names);
    const kind = TAG_KINDS.find((candidate) => name.endsWith(candidate));
    const goesOn: boolean =
      name.startsWith('I-') && open?.kind === kind && open?.sentence === word.sentence;
    if (!kind) open = null;
    else if (open && goesOn) {
      open.text += ` ${word.text}`;
      open.score = (open.score * open.words + probability) / (open.words + 1);
      open.words += 1;
    } else {
      open = { kind, text: word.text, sentence: word.sentence, score: probability, words: 1 };
      spans.push(open);
    }
  }
  return spans
    .map(({ words: _, ...span }) => ({ ...span, text: withoutEdges(span.text) }))
    .filter((span) => span.text !== '');
}

function bestTag(logits: Float32Array, offset: number, names: string[]) {
  let best = 0;
  for (let i = 1; i < names.length; i++) {
    if ((logits[offset + i] ?? 0) > (logits[offset + best] ?? 0)) best = i;
  }
  let total = 0;
  const top = logits[offset + best] ?? 0;
  for (let i = 0; i < names.length; i++) total += Math.exp((logits[offset + i] ?? 0) - top);
  return { name: names[best] ?? 'O', probability: 1 / total };
}

/** Punctuation is part of a word between spaces, but not of a name. */
function withoutEdges(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+/u, '').replace(/(?:['’]s)?[^\p{L}\p{N}+)]+$/u, '');
}
