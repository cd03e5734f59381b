import type { StoryArticle } from '../domain/story.ts';
import { properNames } from './proper-names.ts';
import { skeletonsOf } from './skeletons.ts';
import { type Terms, termsOf } from './term-weights.ts';

/** What two articles' names, common words and numbers say of one event. */
export interface NameComparison {
  /** 1 when both name somebody and nobody in common, falling to 0 when a third of the names is shared; across scripts by their sound. */
  strangers: number;
  /** In one language: strangers, times the share of the common words: an incident told in the words of another. */
  template: number;
  /** Numbers that both give, but for years; a long one counts more; at most 2. */
  numbers: number;
}

/** Names that weigh less than this are too few to say that two articles name other people. */
const LEAST_NAMES = 3;
/** Words rarer than this speak of one event, the others of a kind of event; those below the second are in every text. */
const COMMON = 6.5;
const EVERYWHERE = 1.5;
const FEW_WORDS = 12;
const MOST_NUMBERS = 2;

export function compareNames(a: StoryArticle, b: StoryArticle, idf: Uint8Array): NameComparison {
  const [termsA, termsB] = [termsOf(a, idf), termsOf(b, idf)];
  const [namesA, namesB] = [properNames(a, idf), properNames(b, idf)];
  const isCross = a.language !== b.language;
  const tellsOf = isCross ? soundsIn : standsIn;
  const shared = Math.max(
    sumOf(namesA, (name) => tellsOf(name, termsB, namesB)),
    sumOf(namesB, (name) => tellsOf(name, termsA, namesA)),
  );
  const fewer = Math.min(sumOf(namesA), sumOf(namesB));
  const strangers = fewer < LEAST_NAMES ? 0 : Math.max(0, 1 - (3 * shared) / fewer);
  return {
    strangers,
    template: isCross ? 0 : strangers * commonShare(termsA, termsB),
    numbers: sharedNumbers(termsA, termsB),
  };
}

function standsIn(name: string, terms: Terms, names: ReadonlyMap<string, number>): boolean {
  return names.has(name) || terms.weights.has(name) || terms.weights.has(`ال${name}`);
}

/** A final ta marbuta is silent: النجمة is Najma. */
function soundsIn(name: string, terms: Terms, names: ReadonlyMap<string, number>): boolean {
  if (names.has(name)) return true;
  for (const skeleton of skeletonsOf(name.replace(/ه$/u, ''))) {
    if (terms.skeletons.has(skeleton) || terms.skeletons.has(`${skeleton}h`)) return true;
  }
  return false;
}

function commonShare(a: Terms, b: Terms): number {
  const isCommon = (_: string, rarity: number) => rarity > EVERYWHERE && rarity < COMMON;
  const fewer = Math.min(sumOf(a.weights, isCommon), sumOf(b.weights, isCommon));
  const shared = sumOf(a.weights, (word, rarity) => isCommon(word, rarity) && b.weights.has(word));
  return Math.min(1, shared / Math.max(FEW_WORDS, fewer));
}

function sharedNumbers(a: Terms, b: Terms): number {
  let sum = 0;
  for (const word of a.weights.keys()) {
    if (!/^\d{2,}$/u.test(word) || /^(?:19|20)\d\d$/u.test(word) || !b.weights.has(word)) continue;
    sum += word.length > 2 ? 1 : 0.5;
  }
  return Math.min(MOST_NUMBERS, sum);
}

function sumOf(
  weights: ReadonlyMap<string, number>,
  counts: (word: string, weight: number) => boolean = () => true,
): number {
  let sum = 0;
  for (const [word, weight] of weights) if (counts(word, weight)) sum += weight;
  return sum;
}
