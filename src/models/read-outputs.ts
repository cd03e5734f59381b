import type { Heads } from './heads.ts';
import type { TokenisedArticle, TokenisedWord } from './tokenise-article.ts';

const TAG_KINDS = ['ACTOR', 'ORGANISATION', 'PRODUCT', 'MALWARE'] as const;
type TagKind = (typeof TAG_KINDS)[number];

/** A name that the tagger found, as written (word borders; punctuation at the ends removed). */
export interface TagSpan {
  kind: TagKind;
  text: string;
  /** How far the logit of the tag lies above that of no name, at the span's surest word: how sure the tagger is. */
  margin: number;
}

/** What one run of the encoder says about one text. */
export interface EncodedText {
  /** Uncalibrated; NaN when the model has no heads. */
  cyberLogit: number;
  /** In the order of `heads.topics`; empty when the model has no heads. */
  topicLogits: number[];
  /** L2-normalised, centred where `heads.embeddingCentre` says so. */
  embedding: Float32Array;
  /**
   * The sentences that fit wholly into `heads.maxTokens`, from the first on: the mean logit of their tokens, and the unit vector of
   * what sets them apart from the article's mean.
   */
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
  heads: Pick<Heads, 'tags' | 'tagging' | 'embeddingCentre'> | null,
): EncodedText {
  const width = raw.hidden.length / article.ids.length;
  const centre = meanOfRows(raw.hidden, width, 0, article.ids.length);
  return {
    cyberLogit: raw.cyber?.[0] ?? Number.NaN,
    topicLogits: Array.from(raw.topics ?? []),
    embedding: centred(raw.embedding ?? centre, heads?.embeddingCentre ?? null),
    sentences: article.sentences
      .filter(({ isWhole }) => isWhole)
      .map(({ start, end }) => ({
        salience: raw.salience ? mean(raw.salience.subarray(start, end)) : 0,
        vector: centred(meanOfRows(raw.hidden, width, start, end), centre),
      })),
    tags: raw.tags && heads ? readTags(raw.tags, article.words, heads) : [],
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

/** Subtracts what all have in common, so that cosine tells them apart, and brings the length back to 1. */
function centred(vector: Float32Array, centre: ArrayLike<number> | null): Float32Array {
  const moved = vector.map((value, i) => value - (centre?.[i] ?? 0));
  const length = Math.hypot(...moved);
  return length === 0 ? moved : moved.map((value) => value / length);
}

/**
 * Names from the tags of the tokens (training/README.md, "Tags"): a word takes the tag of its first token that has one; the next word
 * joins it when its tag goes on (I-) and no punctuation lies between.
 */
function readTags(
  logits: Float32Array,
  words: TokenisedWord[],
  heads: Pick<Heads, 'tags' | 'tagging'>,
): TagSpan[] {
  const spans: TagSpan[] = [];
  let before: TokenisedWord | null = null;
  for (const word of words) {
    const { tag, margin } = tagOfWord(logits, word, heads);
    const last = spans.at(-1);
    const kind = TAG_KINDS.find((candidate) => tag.endsWith(candidate));
    const goesOn = tag.startsWith('I-') && before !== null && touches(before, word);
    if (kind && goesOn && last?.kind === kind) {
      last.text += ` ${word.text}`;
      last.margin = Math.max(last.margin, margin);
    } else if (kind) spans.push({ kind, text: word.text, margin });
    before = kind ? word : null;
  }
  return spans
    .map((span) => ({ ...span, text: withoutEdges(span.text) }))
    .filter(({ text }) => text !== '');
}

function touches(before: TokenisedWord, word: TokenisedWord): boolean {
  return (
    before.sentence === word.sentence &&
    /[\p{L}\p{N}]$/u.test(before.text) &&
    /^[\p{L}\p{N}]/u.test(word.text)
  );
}

function tagOfWord(
  logits: Float32Array,
  word: TokenisedWord,
  { tags, tagging }: Pick<Heads, 'tags' | 'tagging'>,
): { tag: string; margin: number } {
  for (let token = word.start; token < word.end; token++) {
    const row = logits.slice(token * tags.length, (token + 1) * tags.length);
    const outside = row[0] ?? 0;
    row[0] = outside - tagging.outsideShift;
    const best = row.indexOf(Math.max(...row));
    if (best > 0) return { tag: tags[best] ?? 'O', margin: (row[best] ?? 0) - outside };
  }
  return { tag: 'O', margin: 0 };
}

/** Punctuation is part of a word between spaces, but not of a name. */
function withoutEdges(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+/u, '').replace(/(?:['’]s)?[^\p{L}\p{N}+]+$|['’]s$/u, '');
}
