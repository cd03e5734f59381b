import type { Language } from '../domain/feed.ts';
import type { SummaryRule } from '../models/heads.ts';
import {
  cosine,
  type EncodedSentence,
  type SentenceFeatures,
  scoreFeatures,
  sentenceFeatures,
} from './sentence-features.ts';
import { shortenSentence, withoutDateline } from './shorten-sentence.ts';

export interface Summary {
  text: string;
  /** Indices of the sentences that it is made of, in order. */
  sentences: number[];
}

/**
 * One to three sentences of the article in its own words, at most `rule.maxCharacters` long. The best sentence is always
 * taken; a further one when it says something else that matters. Empty when there is no text.
 * @param sentences of the article's text, as published
 * @param encoded the encoder's view of the first of them
 */
export function summariseArticle(
  article: {
    title: string;
    sentences: string[];
    encoded: EncodedSentence[];
    language: Language;
  },
  rule: SummaryRule,
): Summary {
  const { sentences, encoded } = article;
  if (encoded.length === 0) return leadOf(sentences, rule.maxCharacters);
  const language = article.language === 'ar' ? 'ar' : 'en';
  const features = sentenceFeatures(sentences, encoded, article.title);
  const scores = features.map((feature: SentenceFeatures) =>
    scoreFeatures(feature, rule.weights[language]),
  );
  const texts = encoded.map((_, i) => withoutDateline(sentences[i] ?? ''));
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const [best = 0, ...others] = order;
  const chosen = [best];
  let left = rule.maxCharacters - (texts[best]?.length ?? 0);
  for (const i of others) {
    if (chosen.length >= rule.maxSentences) break;
    const text = texts[i] ?? '';
    const worth = (scores[i] ?? 0) - rule.redundancy * likeness(i, chosen, encoded);
    if (worth < rule.minimum[language] || text.length + 1 > left) continue;
    chosen.push(i);
    left -= text.length + 1;
  }
  chosen.sort((a, b) => a - b);
  const text = chosen.map((i) => texts[i] ?? '').join(' ');
  return { text: shortenSentence(text, rule.maxCharacters), sentences: chosen };
}

function leadOf(sentences: string[], maxCharacters: number): Summary {
  const [first] = sentences;
  if (first === undefined) return { text: '', sentences: [] };
  return { text: shortenSentence(withoutDateline(first), maxCharacters), sentences: [0] };
}

/** Cosine to the most alike of the sentences already taken, above what any two sentences of one article share. */
function likeness(i: number, chosen: number[], encoded: EncodedSentence[]): number {
  const vector = encoded[i]?.vector;
  if (!vector) return 0;
  return Math.max(
    ...chosen.map((j) => {
      const other = encoded[j]?.vector;
      return other ? cosine(vector, other) : 0;
    }),
  );
}
