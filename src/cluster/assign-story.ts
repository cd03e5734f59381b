import type { CandidateStory, StoryArticle, StoryDecision } from '../domain/story.ts';
import type { StoryRule } from '../models/heads.ts';
import { FEATURES, pairFeatures } from './pair-features.ts';

export type { StoryRule } from '../models/heads.ts';

const DAY_MS = 86_400_000;

/**
 * Decides for one article whether it tells one of the candidate stories, in either language, or begins one of its own. Pure.
 * Every pair of the article with a story's newest articles is scored by a logistic rule; the story's score is the mean of its best
 * `rule.topMembers` pairs, so that one chance likeness does not join what the others contradict. Between stories that a person keeps
 * apart, all of which the article could tell, the one article that is most like it decides: the rule has failed there before.
 */
export function assignStory(
  article: StoryArticle,
  candidates: CandidateStory[],
  rule: StoryRule,
): StoryDecision {
  const scored = candidates
    .map((story) => scoreStory(article, story, rule))
    .sort((a, b) => b.score - a.score);
  const best = scored[0];
  if (best === undefined || best.score <= rule.threshold) {
    return { storyId: null, score: best?.score ?? 0 };
  }
  const rivals = scored.filter(
    ({ story, score }) =>
      score > rule.threshold && (story === best.story || best.story.apartFrom?.has(story.id)),
  );
  const nearest = rivals.reduce((a, b) => (b.nearest > a.nearest ? b : a));
  return { storyId: nearest.story.id, score: nearest.score };
}

interface ScoredStory {
  story: CandidateStory;
  /** Probability. */
  score: number;
  /** Logit of its best pair. */
  nearest: number;
}

function scoreStory(article: StoryArticle, story: CandidateStory, rule: StoryRule): ScoredStory {
  const newest = [...story.articles]
    .sort((a, b) => +b.publishedAt - +a.publishedAt)
    .slice(0, rule.members);
  const isNear = newest.some(
    (other) => Math.abs(+other.publishedAt - +article.publishedAt) <= rule.windowDays * DAY_MS,
  );
  if (!isNear) return { story, score: 0, nearest: Number.NEGATIVE_INFINITY };
  const logits = newest
    .map((other) => pairLogit(article, other, rule))
    .sort((a, b) => b - a)
    .slice(0, rule.topMembers);
  const mean = logits.reduce((sum, logit) => sum + logit, 0) / logits.length;
  return { story, score: 1 / (1 + Math.exp(-mean)), nearest: logits[0] ?? mean };
}

/** How much speaks for two articles telling one story; the probability as a logit. */
export function pairLogit(a: StoryArticle, b: StoryArticle, rule: StoryRule): number {
  const features = pairFeatures(a, b, rule.idf);
  let sum = rule.weights.bias;
  for (const name of FEATURES) sum += rule.weights[name] * features[name];
  return sum;
}
