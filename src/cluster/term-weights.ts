import type { StoryArticle } from '../domain/story.ts';
import { prepareForModel } from '../language/normalise-arabic.ts';
import { firstCodePoints, foldedWords } from '../models/folded-words.ts';
import { skeletonsOf } from './skeletons.ts';
import { rarityOf } from './word-rarity.ts';

/** The words by which an article is compared, each with its rarity; and their skeletons, for articles in another script. */
export interface Terms {
  weights: Map<string, number>;
  /** Length of the vector of weights. */
  norm: number;
  skeletons: Map<string, number>;
}

/** Code points of the body that speak for the story. */
const OPENING = 400;
const SHORTEST = 2;

/** Articles are compared many times: what is read from one is kept as long as the article is. */
const known = new WeakMap<StoryArticle, Terms>();

/** @param idf the bytes of `idf.bin`, by bucket of the word's hash */
export function termsOf(article: StoryArticle, idf: Uint8Array): Terms {
  const before = known.get(article);
  if (before) return before;
  const opening = firstCodePoints(prepareForModel(article.opening), OPENING);
  const words = [...foldedWords(prepareForModel(article.title)), ...foldedWords(opening)];
  const weights = new Map(
    words.filter((word) => word.length >= SHORTEST).map((word) => [word, rarityOf(word, idf)]),
  );
  const terms = { weights, norm: normOf(weights), skeletons: skeletonWeights(weights) };
  known.set(article, terms);
  return terms;
}

function normOf(weights: Map<string, number>): number {
  let square = 0;
  for (const weight of weights.values()) square += weight * weight;
  return Math.sqrt(square) || 1;
}

function skeletonWeights(weights: Map<string, number>): Map<string, number> {
  const found = new Map<string, number>();
  for (const [word, weight] of weights) {
    for (const skeleton of skeletonsOf(word)) {
      found.set(skeleton, Math.max(found.get(skeleton) ?? 0, weight));
    }
  }
  return found;
}
