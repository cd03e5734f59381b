import type { Analysis, ArticleText } from '../domain/article.ts';
import { splitSentences } from '../language/split-sentences.ts';
import type { Encoder } from '../models/encoder.ts';
import { analyseArticles } from '../pipeline/analyse-article.ts';

/** What the score would lose (positive) or gain without one part of the article. */
export interface ScoreEffect {
  /** Index of the sentence, or -1 for the title. */
  sentence: number;
  text: string;
  /** Of the probability. */
  effect: number;
  /** Of its natural log odds: still tells parts apart where the probability is all but 0 or 1. */
  logOdds: number;
}

/** The curve's ends: nothing is surer. */
const SUREST = 1e-6;

/** Beyond the encoder's window nothing moves the score. */
const SENTENCES = 20;
const SHOWN = 3;

/** The parts of an article that moved its score most, in log odds, by leaving out each in turn (occlusion): one run of the encoder for each. */
export async function explainScore(
  encoder: Encoder,
  article: ArticleText,
  analysis: Analysis,
): Promise<ScoreEffect[]> {
  const sentences = splitSentences(article.text);
  const parts = [article.title, ...sentences.slice(0, SENTENCES)];
  const without = parts.map((_, i) => ({
    ...article,
    title: i === 0 ? '' : article.title,
    text: sentences.filter((_sentence, j) => j !== i - 1).join('\n'),
  }));
  const scored = await analyseArticles(encoder, without);
  return parts
    .map((text, i) => ({
      sentence: i - 1,
      text,
      ...effectOf(analysis.cyber.score, scored[i]?.cyber.score ?? 0),
    }))
    .filter(({ text }) => text !== '')
    .sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds))
    .slice(0, SHOWN);
}

function effectOf(whole: number, without: number): Pick<ScoreEffect, 'effect' | 'logOdds'> {
  return {
    effect: Number((whole - without).toFixed(4)),
    logOdds: Number((logOddsOf(whole) - logOddsOf(without)).toFixed(3)),
  };
}

function logOddsOf(probability: number): number {
  const p = Math.min(1 - SUREST, Math.max(SUREST, probability));
  return Math.log(p / (1 - p));
}
