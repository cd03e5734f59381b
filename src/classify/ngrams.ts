import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareForModel } from '../language/normalise-arabic.ts';
import type { Heads } from '../models/heads.ts';

/** Scores an article; both texts are raw. */
export type NgramModel = (title: string, text: string) => number;

const BODY_CHARACTERS = 1200;
const LONGEST = 5;
const FNV_OFFSET = 2166136261;
const FNV_PRIME = 16777619;
/** Stands before whole words, so that they never share a bucket's meaning with a run of letters. */
const WORD_MARK = 1;

/** The folding that training/text.py trained with; `normaliseForMatching` folds more and would meet other buckets. */
const FOLDED: Record<string, string> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ؤ: 'و',
  ئ: 'ي',
};

/**
 * The hashed n-gram model that is averaged with the encoder (training/ngrams.py; a parity test holds both to the same logits),
 * or null when `heads.json` has none.
 */
export function loadNgrams(folder: string | null, heads: Heads): NgramModel | null {
  const settings = heads.cyber.ngrams;
  if (!settings || folder === null) return null;
  const file = readFileSync(join(folder, settings.file));
  const weights = new Int8Array(file.buffer, file.byteOffset, file.length);
  return (title, text) => {
    const found = bucketsOf(title, text, weights.length);
    let sum = 0;
    for (const bucket of found) sum += weights[bucket] ?? 0;
    return settings.bias + (settings.scale * sum) / Math.sqrt(Math.max(1, found.size));
  };
}

const loaded = new WeakMap<object, NgramModel | null>();

/** The n-gram model that belongs to an encoder's heads, read once for each encoder. */
export function ngramsOf(encoder: { folder: string | null; heads: Heads }): NgramModel | null {
  const known = loaded.get(encoder);
  if (known !== undefined) return known;
  const model = loadNgrams(encoder.folder, encoder.heads);
  loaded.set(encoder, model);
  return model;
}

/** The distinct buckets of an article: runs of 2 to 5 UTF-16 units, words, and pairs of neighbouring words. */
function bucketsOf(title: string, text: string, buckets: number): Set<number> {
  const body = Array.from(prepareForModel(text.slice(0, BODY_CHARACTERS * 4)));
  const words = foldedWords(`${title} ${body.slice(0, BODY_CHARACTERS).join('')}`);
  const found = new Set<number>();
  const add = (hash: number) => found.add((hash ^ (hash >>> 13)) & (buckets - 1));
  const units = ` ${words.join(' ')} `;
  for (let start = 0; start < units.length; start++) {
    let hash = FNV_OFFSET;
    for (let end = start; end < Math.min(start + LONGEST, units.length); end++) {
      hash = Math.imul(hash ^ units.charCodeAt(end), FNV_PRIME) >>> 0;
      if (end > start) add(hash);
    }
  }
  for (const [i, word] of words.entries()) {
    add(hashWord(word));
    const next = words[i + 1];
    if (next !== undefined) add(hashWord(`${word} ${next}`));
  }
  return found;
}

function foldedWords(text: string): string[] {
  const folded = prepareForModel(text)
    .toLowerCase()
    .replace(/[أإآٱىةؤئ]/gu, (letter) => FOLDED[letter] ?? letter);
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function hashWord(word: string): number {
  let hash = Math.imul(FNV_OFFSET ^ WORD_MARK, FNV_PRIME) >>> 0;
  for (let i = 0; i < word.length; i++) {
    hash = Math.imul(hash ^ word.charCodeAt(i), FNV_PRIME) >>> 0;
  }
  return hash;
}
