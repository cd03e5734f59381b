import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareForModel } from '../language/normalise-arabic.ts';
import { firstCodePoints, foldedWords, hashUnits } from '../models/folded-words.ts';
import type { Heads } from '../models/heads.ts';

/** Scores an article (published title and text): the logit of its being a cyber story. */
export type NgramModel = (title: string, text: string) => number;

const LONGEST = 5;
/** Stands before whole words, so that they never share a meaning with a run of letters. */
const WORD_MARK = '\u0001';
/** Preparing may drop characters: enough of the text that the limit is reached all the same. */
const SPARE = 4;

const loaded = new WeakMap<object, NgramModel | null>();

/** The n-gram model that belongs to an encoder's heads, read once for each encoder; null when `heads.json` has none. */
export function ngramsOf(encoder: { folder: string | null; heads: Heads }): NgramModel | null {
  const known = loaded.get(encoder);
  if (known !== undefined) return known;
  const model = loadNgrams(encoder.folder, encoder.heads.cyber.ngrams);
  loaded.set(encoder, model);
  return model;
}

/** training/README.md, "N-grams"; a parity test holds both sides to the same logits. */
function loadNgrams(folder: string | null, settings: Heads['cyber']['ngrams']): NgramModel | null {
  if (!settings || folder === null) return null;
  const file = readFileSync(join(folder, settings.file));
  const weights = new Int8Array(file.buffer, file.byteOffset, file.length);
  return (title, text) => {
    const body = prepareForModel(text.slice(0, settings.bodyCharacters * SPARE));
    const opening = firstCodePoints(body, settings.bodyCharacters);
    const found = bucketsOf(foldedWords(prepareForModel(`${title} ${opening}`)), weights.length);
    let sum = 0;
    for (const bucket of found) sum += weights[bucket] ?? 0;
    return settings.bias + (settings.scale * sum) / Math.sqrt(Math.max(1, found.size));
  };
}

/** The distinct buckets: runs of 2 to 5 UTF-16 units, words, and pairs of neighbouring words. */
function bucketsOf(words: string[], buckets: number): Set<number> {
  const found = new Set<number>();
  const add = (hash: number) => found.add((hash ^ (hash >>> 13)) & (buckets - 1));
  const units = ` ${words.join(' ')} `;
  for (let start = 0; start < units.length - 1; start++) {
    let hash = hashUnits(units.slice(start, start + 1));
    for (let end = start + 1; end < Math.min(start + LONGEST, units.length); end++) {
      hash = hashUnits(units.slice(end, end + 1), hash);
      add(hash);
    }
  }
  for (const [i, word] of words.entries()) {
    add(hashUnits(WORD_MARK + word));
    const next = words[i + 1];
    if (next !== undefined) add(hashUnits(`${WORD_MARK}${word} ${next}`));
  }
  return found;
}
