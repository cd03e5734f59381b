import { prepareForModel } from '../language/normalise-arabic.ts';
import { foldedWords } from '../models/folded-words.ts';

/**
 * How much of what an article keeps saying its sentences cover. A word weighs the sum over the sentences that have it of 1 / (1 + place), so that
 * what comes early and comes again counts; the weights are scaled to a vector of length 1. A sentence gains the weights of its words that are not
 * covered yet: maximum coverage of concepts, as of Gillick and Favre (2009), taken greedily.
 */
export function createCoverage(
  sentences: string[],
): (sentence: number, chosen: number[]) => number {
  const words = sentences.map(
    (text) => new Set(foldedWords(prepareForModel(text)).filter((word) => word.length > 1)),
  );
  const weights = new Map<string, number>();
  for (const [place, ofSentence] of words.entries()) {
    for (const word of ofSentence) weights.set(word, (weights.get(word) ?? 0) + 1 / (1 + place));
  }
  const length = Math.hypot(...weights.values()) || 1;
  return (sentence, chosen) => {
    let gain = 0;
    for (const word of words[sentence] ?? []) {
      if (!chosen.some((other) => words[other]?.has(word))) gain += weights.get(word) ?? 0;
    }
    return gain / length;
  };
}
