import type { StoryArticle } from '../domain/story.ts';
import { pairLogit, type StoryRule } from './assign-story.ts';

/** A side needs two articles that speak for it: one alone may be a badly told report of the same event. */
const LEAST_SIDE = 2;
const LEAST_ARTICLES = 2 * LEAST_SIDE;
/**
 * Mean logit across the cut, counted from the rule's threshold, below which the sides tell two events. The events of train, which the
 * encoder knows by heart, are cut at -2 at the earliest; unseen ones are 1.1 less alike, and the rest is room (docs/decisions/0011).
 */
const UNLIKE = -4;
/** Added to a pair in two languages, whose logit is lower for the same event: nothing is to fall apart by language. */
const TWO_LANGUAGES = 1;
/** So much of a story at most may be set aside as what holds two events together. */
const SET_ASIDE = 1 / 3;
/** One pair, however like, does not make an article central. */
const MOST_CENTRAL = 2;

/**
 * Whether the articles of a story have turned out to tell two events, which a round-up of both had brought together. Pure. The newest
 * `rule.members` are compared, each pair by the rule's logit, and grouped by average linkage; a cut counts when each side has two
 * articles or more that hold together, the sides are unlike, and the rule would join none of the one to one of the other. A round-up is like both sides: when no cut is found, the articles that
 * are most like all others are set aside, one by one. Whatever was set aside, and older articles, then go to the side they are more like.
 * @param unlike see `UNLIKE`
 * @returns the two sides, that of the earlier of `articles` first; null when they are one story
 */
export function divideStory(
  articles: StoryArticle[],
  rule: StoryRule,
  unlike = UNLIKE,
): [StoryArticle[], StoryArticle[]] | null {
  if (articles.length < LEAST_ARTICLES) return null;
  const newest = [...articles].sort((a, b) => +a.publishedAt - +b.publishedAt).slice(-rule.members);
  const likeness = likenessOf(newest, rule);
  const central = newest
    .map((_, index) => index)
    .sort((a, b) => centrality(likeness, b) - centrality(likeness, a));
  for (let aside = 0; aside <= newest.length * SET_ASIDE; aside += 1) {
    const cut = lowestCut(central.slice(aside), likeness, unlike);
    if (cut === null) continue;
    const [one, other] = cut.map((side) => side.flatMap((index) => newest[index] ?? []));
    return sidesOf(articles, [one ?? [], other ?? []], rule);
  }
  return null;
}

/** `likeness[a][b]`: the logit by which the rule would join the two; above 0 it would. */
type Likeness = number[][];
type Cut = [number[], number[]];

function likenessOf(articles: StoryArticle[], rule: StoryRule): Likeness {
  const likeness: Likeness = articles.map(() => articles.map(() => 0));
  for (const [i, a] of articles.entries()) {
    for (const [j, b] of articles.slice(0, i).entries()) {
      const logit = likenessOfPair(a, b, rule);
      for (const [x, y] of [
        [i, j],
        [j, i],
      ] as const) {
        const row = likeness[x];
        if (row) row[y] = logit;
      }
    }
  }
  return likeness;
}

function likenessOfPair(a: StoryArticle, b: StoryArticle, rule: StoryRule): number {
  const threshold = Math.log(rule.threshold / (1 - rule.threshold));
  return pairLogit(a, b, rule) - threshold + (a.language === b.language ? 0 : TWO_LANGUAGES);
}

function centrality(likeness: Likeness, index: number): number {
  return (likeness[index] ?? []).reduce(
    (sum, logit, other) => sum + (other === index ? 0 : Math.min(logit, MOST_CENTRAL)),
    0,
  );
}

/** Of the cuts between a group of average linkage and all the rest, the one across which they are least alike; null when none counts. */
function lowestCut(members: number[], likeness: Likeness, unlike: number): Cut | null {
  let groups = members.map((index) => [index]);
  let lowest: { cut: Cut; across: number } | null = null;
  while (groups.length > 2) {
    groups = joinNearest(groups, likeness);
    const side = groups.at(-1) ?? [];
    const rest = groups.slice(0, -1).flat();
    if (side.length < LEAST_SIDE || rest.length < LEAST_SIDE) continue;
    const across = meanBetween(side, rest, likeness);
    const isCut =
      across < unlike &&
      !isLinked(side, rest, likeness) &&
      meanWithin(side, likeness) > 0 &&
      meanWithin(rest, likeness) > 0;
    if (isCut && across < (lowest?.across ?? 0)) lowest = { cut: [side, rest], across };
  }
  return lowest?.cut ?? null;
}

/** The two groups most like one another become one, the last. */
function joinNearest(groups: number[][], likeness: Likeness): number[][] {
  let nearest: { one: number[]; other: number[]; mean: number } | null = null;
  for (const [i, one] of groups.entries()) {
    for (const other of groups.slice(0, i)) {
      const mean = meanBetween(one, other, likeness);
      if (nearest === null || mean > nearest.mean) nearest = { one, other, mean };
    }
  }
  if (nearest === null) return groups;
  const { one, other } = nearest;
  return [...groups.filter((group) => group !== one && group !== other), [...one, ...other]];
}

function meanBetween(one: number[], other: number[], likeness: Likeness): number {
  let sum = 0;
  for (const a of one) for (const b of other) sum += likeness[a]?.[b] ?? 0;
  return sum / (one.length * other.length);
}

/** Whether the rule would join an article of the one to one of the other: a deed and its arrests are told in different words, but not by all. */
function isLinked(one: number[], other: number[], likeness: Likeness): boolean {
  return one.some((a) => other.some((b) => (likeness[a]?.[b] ?? 0) > 0));
}

/** Of two or more. */
function meanWithin(members: number[], likeness: Likeness): number {
  let sum = 0;
  for (const a of members) for (const b of members) if (a !== b) sum += likeness[a]?.[b] ?? 0;
  return sum / (members.length * (members.length - 1));
}

function sidesOf(
  articles: StoryArticle[],
  [one, other]: [StoryArticle[], StoryArticle[]],
  rule: StoryRule,
): [StoryArticle[], StoryArticle[]] {
  const likenessTo = (article: StoryArticle, side: StoryArticle[]) =>
    side.reduce((sum, told) => sum + likenessOfPair(article, told, rule), 0) / side.length;
  const isOfOne = (article: StoryArticle) => {
    if (one.includes(article) || other.includes(article)) return one.includes(article);
    return likenessTo(article, one) > likenessTo(article, other);
  };
  const [first, second] = [articles.filter(isOfOne), articles.filter((each) => !isOfOne(each))];
  return first.includes(articles[0] as StoryArticle) ? [first, second] : [second, first];
}
