import { prepareForModel } from '../language/normalise-arabic.ts';
import { foldedWords } from '../models/folded-words.ts';
import type { LikelyWords } from '../models/heads.ts';

/** How rare a folded word is in the news: its idf, 0 and more. */
export type Rarity = (word: string) => number;

/** A word of an article, or two neighbouring words, and what its weights are for. */
export interface Gram {
  text: string;
  /** Place of its first sentence as ln(1 + place), whether that is the first; sentences that have it as ln and as share; then what its words are. */
  features: number[];
}

interface Grams {
  found: Gram[];
  /** Of each sentence, the indices of its grams, each once. */
  of: number[][];
}

/**
 * How much a person's summary may be expected to share with some sentences of the article: 2 × ROUGE-1 + ROUGE-2 as F1 against a summary of
 * `model.length` words in which each word stands with the probability that `model` gives it. Words weighed by what they are worth in people's
 * summaries: Hong and Nenkova (2014); the best sentences chosen together and not one by one: Gillick and Favre (2009).
 * @returns a function from indices of sentences to that sum, 0 to 3
 */
export function createExpectedRouge(
  sentences: string[],
  model: LikelyWords,
  rarity: Rarity,
): (chosen: number[]) => number {
  const { words, pairs, lengths } = readGrams(sentences, rarity);
  const expectedWords = createExpected(words, model.words);
  const expectedPairs = createExpected(pairs, model.pairs);
  return (chosen) => {
    const length = chosen.reduce((sum, i) => sum + (lengths[i] ?? 0), 0);
    const r1 = f1(expectedWords(chosen), length, model.length);
    const r2 = f1(expectedPairs(chosen), length - 1, model.length - 1);
    return 2 * r1 + r2;
  };
}

/** The words of an article, and the neighbours within its sentences. */
export function readGrams(sentences: string[], rarity: Rarity) {
  const split = sentences.map((text) => foldedWords(prepareForModel(text)));
  const rarities = new Map<string, number>();
  for (const word of split.flat()) if (!rarities.has(word)) rarities.set(word, rarity(word));
  const of = (word: string | undefined) => rarities.get(word ?? '') ?? 0;
  return {
    words: collect(split, (text) => [of(text), of(text) ** 2]),
    pairs: collect(split.map(pairsOf), (text) => text.split(' ').map(of)),
    lengths: split.map((words) => words.length),
  };
}

/** Neighbouring words, joined by a space. */
export function pairsOf(words: string[]): string[] {
  return words.slice(1).map((word, i) => `${words[i]} ${word}`);
}

function collect(sentences: string[][], about: (text: string) => number[]): Grams {
  const places = new Map<string, number[]>();
  for (const [place, texts] of sentences.entries()) {
    for (const text of new Set(texts)) {
      const known = places.get(text);
      if (known) known.push(place);
      else places.set(text, [place]);
    }
  }
  const of: number[][] = sentences.map(() => []);
  const found = [...places].map(([text, its], index) => {
    for (const place of its) of[place]?.push(index);
    const first = its[0] ?? 0;
    const spread = [Math.log(its.length), its.length / sentences.length];
    return { text, features: [Math.log1p(first), first === 0 ? 1 : 0, ...spread, ...about(text)] };
  });
  return { found, of };
}

/** @param weights bias, then one for each feature */
function chanceOf(gram: Gram, weights: number[]): number {
  const logit = gram.features.reduce(
    (sum, value, k) => sum + value * (weights[k + 1] ?? 0),
    weights[0] ?? 0,
  );
  return 1 / (1 + Math.exp(-logit));
}

/** The sum of the chances of what some sentences have, each gram once. Asked for every set of sentences: a mark for each gram is ten times as fast as a set. */
function createExpected(grams: Grams, weights: number[]): (chosen: number[]) => number {
  const chances = grams.found.map((gram) => chanceOf(gram, weights));
  const countedIn = new Uint32Array(chances.length);
  let question = 0;
  return (chosen) => {
    question += 1;
    let sum = 0;
    for (const sentence of chosen) {
      for (const gram of grams.of[sentence] ?? []) {
        if (countedIn[gram] === question) continue;
        countedIn[gram] = question;
        sum += chances[gram] ?? 0;
      }
    }
    return sum;
  };
}

/** Of what two texts of `a` and `b` words share; 0 where neither has any. */
export function f1(shared: number, a: number, b: number): number {
  return a + b <= 0 ? 0 : (2 * shared) / (a + b);
}
