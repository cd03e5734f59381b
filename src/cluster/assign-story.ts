import type { CandidateStory, StoryArticle, StoryDecision } from '../domain/story.ts';
import type { StoryRule } from '../models/heads.ts';
import { FEATURES, type PairFeatures, pairFeatures } from './pair-features.ts';

export type { StoryRule } from '../models/heads.ts';

const DAY_MS = 86_400_000;

/**
 * Decides for one article whether it tells one of the candidate stories, in either language, or begins one of its own. Pure.
 * Every pair of the article with a story's newest articles is scored by a logistic rule; the story's score is the mean of its best
 * `rule.topMembers` pairs, so that one chance likeness does not join what the others contradict.
 */
export function assignStory(
  article: StoryArticle,
  candidates: CandidateStory[],
  rule: StoryRule,
): StoryDecision {
  let best: StoryDecision = { storyId: null, score: 0 };
  for (const story of candidates) {
    const score = scoreStory(article, story, rule);
    if (score > best.score) best = { storyId: story.id, score };
  }
  return best.score > rule.threshold ? best : { storyId: null, score: best.score };
}

function scoreStory(article: StoryArticle, story: CandidateStory, rule: StoryRule): number {
  const newest = [...story.articles]
    .sort((a, b) => +b.publishedAt - +a.publishedAt)
    .slice(0, rule.members);
  const isNear = newest.some(
    (other) => Math.abs(+other.publishedAt - +article.publishedAt) <= rule.windowDays * DAY_MS,
  );
  if (!isNear) return 0;
  const logits = newest
    .map((other) => pairLogit(pairFeatures(article, other, rule.idf), rule.weights))
    .sort((a, b) => b - a)
    .slice(0, rule.topMembers);
  const mean = logits.reduce((sum, logit) => sum + logit, 0) / logits.length;
  return 1 / (1 + Math.exp(-mean));
}

function pairLogit(features: PairFeatures, weights: StoryRule['weights']): number {
  let sum = weights.bias;
  for (const name of FEATURES) sum += weights[name] * features[name];
  return sum;
}
