import type { LikelyWords, SummaryRule } from '../models/heads.ts';
import { createExpectedRouge, type Rarity } from './likely-words.ts';

/**
 * The sentences, of those that fit together, from which the most is expected (likely-words).
 * @param texts the article's sentences as they would stand in the summary
 * @param places of the sentences that may be chosen
 * @returns indices in the order of the article
 */
export function chooseLikely(
  texts: string[],
  places: number[],
  rule: { model: LikelyWords; rarity: Rarity; limits: SummaryRule },
): number[] {
  const expected = createExpectedRouge(texts, rule.model, rule.rarity);
  const subsets = subsetsOf(places, rule.limits.maxSentences).filter(
    (chosen) => chosen.length === 1 || lengthOf(chosen, texts) <= rule.limits.maxCharacters,
  );
  const values = subsets.map(expected);
  return subsets[values.indexOf(Math.max(...values))] ?? [0];
}

/** All of one to `most` members, each in order. */
function subsetsOf(places: number[], most: number): number[][] {
  if (most === 0) return [];
  return places.flatMap((place, i) => [
    [place],
    ...subsetsOf(places.slice(i + 1), most - 1).map((rest) => [place, ...rest]),
  ]);
}

function lengthOf(chosen: number[], texts: string[]): number {
  return chosen.reduce((sum, i) => sum + (texts[i]?.length ?? 0), chosen.length - 1);
}
