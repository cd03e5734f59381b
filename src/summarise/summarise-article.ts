import type { Language } from '../domain/feed.ts';
import type { SummaryRule } from '../models/heads.ts';
import { shortenSentence, withoutDateline } from './shorten-sentence.ts';

/** A sentence as the encoder sees it in its article. */
export interface EncodedSentence {
  /** Mean logit of its tokens: how much an editor would want it. */
  salience: number;
  /** Unit vector of what sets it apart from the article's mean. */
  vector: Float32Array;
}

interface Summary {
  text: string;
  /** Indices of the sentences that it is made of, in order. */
  sentences: number[];
}

/**
 * One to three sentences of the article in its own words, at most `rule.maxCharacters` long (training/README.md,
 * "Summaries"): the most salient one, then others that say something else and are nearly as salient. Empty when there is
 * no text.
 * @param article its sentences as published, and the encoder's view of those that fit its window
 */
export function summariseArticle(
  article: { sentences: string[]; encoded: EncodedSentence[]; language: Language },
  rule: SummaryRule,
): Summary {
  const texts = article.sentences.map(withoutDateline);
  if (texts.length === 0) return { text: '', sentences: [] };
  const chosen = article.encoded.length === 0 ? [0] : chooseSentences(article, texts, rule);
  const text = chosen.map((i) => texts[i] ?? '').join(' ');
  return { text: shortenSentence(text, rule.maxCharacters), sentences: chosen };
}

function chooseSentences(
  { encoded, language }: { encoded: EncodedSentence[]; language: Language },
  texts: string[],
  rule: SummaryRule,
): number[] {
  const weights = rule.weights[language === 'ar' ? 'ar' : 'en'];
  const scores = encoded.map(
    ({ salience }, i) =>
      salience - weights.logPosition * Math.log1p(i) + (i === 0 ? weights.first : 0),
  );
  const highest = Math.max(...scores);
  const chosen = [scores.indexOf(highest)];
  while (chosen.length < rule.maxSentences) {
    const room = rule.maxCharacters - lengthOf(chosen, texts) - 1;
    const next = scores
      .map((score, i) => ({ i, value: score - weights.redundancy * likeness(i, chosen, encoded) }))
      .filter(({ i }) => !chosen.includes(i) && (texts[i]?.length ?? 0) <= room)
      .sort((a, b) => b.value - a.value)[0];
    if (!next || next.value < highest - weights.gap) break;
    chosen.push(next.i);
  }
  return chosen.sort((a, b) => a - b);
}

function lengthOf(chosen: number[], texts: string[]): number {
  return chosen.reduce((sum, i) => sum + (texts[i]?.length ?? 0) + 1, -1);
}

/** The largest cosine with a sentence already taken, at least 0. */
function likeness(i: number, chosen: number[], encoded: EncodedSentence[]): number {
  const vector = encoded[i]?.vector ?? new Float32Array();
  return Math.max(0, ...chosen.map((j) => dot(vector, encoded[j]?.vector ?? vector)));
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
