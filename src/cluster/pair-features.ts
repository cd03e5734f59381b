import { dotProduct } from '../domain/dot-product.ts';
import type { StoryArticle } from '../domain/story.ts';
import { compareNames, type NameComparison } from './compare-names.ts';
import { sharedEntities } from './shared-entities.ts';
import { type Terms, termsOf } from './term-weights.ts';

/** What the weights of `heads.story` multiply (training/README.md, "Stories"). */
export interface PairFeatures extends NameComparison {
  /** Of the story vectors. */
  cosine: number;
  /** 1 when the two are in different languages: their cosine is lower for the same event. */
  cross: number;
  /** ln(1 + days between them). */
  logDays: number;
  /** In one language: cosine of their words, each weighted by its rarity. */
  words: number;
  /** Across languages: rarity of the names that sound alike. */
  names: number;
  /** Rarity of the names, flaws and programs that both tell of, whatever the language. */
  entities: number;
}

/** Their names, as in `heads.story.weights`. */
export const FEATURES = [
  ...(['cosine', 'cross', 'logDays', 'words', 'names', 'entities'] as const),
  ...(['strangers', 'template', 'numbers'] as const),
] satisfies (keyof PairFeatures)[];

const DAY_MS = 86_400_000;
/** A skeleton of a word more common than this meets by chance. */
const RARE = 4;
const MOST_NAMES = 30;
const NAMES_UNIT = 10;

export function pairFeatures(a: StoryArticle, b: StoryArticle, idf: Uint8Array): PairFeatures {
  const cross = a.language !== b.language;
  const [termsA, termsB] = [termsOf(a, idf), termsOf(b, idf)];
  return {
    cosine: dotProduct(a.embedding, b.embedding),
    cross: cross ? 1 : 0,
    logDays: Math.log1p(Math.abs(dayOf(a) - dayOf(b))),
    words: cross ? 0 : sharedWords(termsA, termsB),
    names: cross ? sharedNames(termsA, termsB) : 0,
    entities: sharedEntities(a.entities, b.entities, idf),
    ...compareNames(a, b, idf),
  };
}

/** Publishers' clocks are not to be trusted to the hour. */
function dayOf(article: StoryArticle): number {
  return Math.floor(article.publishedAt.getTime() / DAY_MS);
}

function sharedWords(a: Terms, b: Terms): number {
  let sum = 0;
  for (const [word, weight] of a.weights) sum += weight * (b.weights.get(word) ?? 0);
  return sum / (a.norm * b.norm);
}

function sharedNames(a: Terms, b: Terms): number {
  let sum = 0;
  for (const [skeleton, weight] of a.skeletons) {
    const shared = Math.min(weight, b.skeletons.get(skeleton) ?? 0);
    if (shared > RARE) sum += shared;
  }
  return Math.min(MOST_NAMES, sum) / NAMES_UNIT;
}
