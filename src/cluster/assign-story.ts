import type { CandidateStory, StoryArticle, StoryDecision } from '../domain/story.ts';
import type { StoryRule } from '../models/heads.ts';
import { entityKeys, type PairFeatures, pairFeatures, type Rarity } from './pair-features.ts';

export type { StoryRule } from '../models/heads.ts';

const DAY_MS = 86_400_000;

/**
 * Decides for one article whether it tells one of the candidate stories, in either language, or begins one of its own. Pure.
 * Every pair of the article with a story's article is scored by a logistic rule (features in pair-features); the story's score is the
 * mean of its best `rule.topMembers` pairs, so that one chance likeness does not join what the others contradict.
 */
export function assignStory(
  article: StoryArticle,
  candidates: CandidateStory[],
  rule: StoryRule,
): StoryDecision {
  const rarity = rarityAmong(article, candidates);
  let best: StoryDecision = { storyId: null, score: 0 };
  for (const story of candidates) {
    const score = scoreStory(article, story, rule, rarity);
    if (score > best.score) best = { storyId: story.id, score };
  }
  return best.score >= rule.threshold ? best : { storyId: null, score: best.score };
}

function scoreStory(
  article: StoryArticle,
  story: CandidateStory,
  rule: StoryRule,
  rarity: Rarity,
): number {
  const windowMs = rule.windowDays * DAY_MS;
  const logits = story.articles
    .filter((other) => Math.abs(+other.publishedAt - +article.publishedAt) <= windowMs)
    .map((other) => pairLogit(pairFeatures(article, other, rarity), rule.weights))
    .sort((a, b) => b - a)
    .slice(0, rule.topMembers);
  if (logits.length === 0) return 0;
  const mean = logits.reduce((sum, logit) => sum + logit, 0) / logits.length;
  return 1 / (1 + Math.exp(-mean));
}

function pairLogit(features: PairFeatures, weights: StoryRule['weights']): number {
  return (Object.keys(features) as (keyof PairFeatures)[]).reduce(
    (sum, name) => sum + features[name] * weights[name],
    weights.bias,
  );
}

/** A name that many of the stories at hand share (Microsoft, the FBI) says little about which of them this is. */
function rarityAmong(article: StoryArticle, candidates: CandidateStory[]): Rarity {
  const counts = new Map([...entityKeys(article.entities).keys()].map((key) => [key, 0]));
  if (counts.size > 0) for (const story of candidates) countNames(story, counts);
  return (key) => 1 / Math.max(1, counts.get(key) ?? 1);
}

function countNames(story: CandidateStory, counts: Map<string, number>): void {
  const names = new Set(story.articles.flatMap(({ entities }) => [...entityKeys(entities).keys()]));
  for (const name of names) {
    const count = counts.get(name);
    if (count !== undefined) counts.set(name, count + 1);
  }
}
