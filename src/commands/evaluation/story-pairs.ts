import { FEATURES, type PairFeatures, pairFeatures } from '../../cluster/pair-features.ts';
import type { StoryArticle } from '../../domain/story.ts';
import type { Example } from './fit-logistic.ts';

/** An article with the event that it tells; null for one of a day's other cyber stories. */
export interface EventArticle {
  article: StoryArticle;
  event: string | null;
}

/** What each kind of pair counts for in all, however many there are. */
const SHARES = { oneStory: 0.4, twoEvents: 0.2, sameDays: 0.4 };

/** Other stories are compared with what appeared around them; further apart, time itself tells them apart. */
const NEAR_DAYS = 10;
const DAY_MS = 86_400_000;

/**
 * Pairs of articles as examples of one story or two. The labelled events lie far apart in time, while a real stream brings dozens of
 * stories each day: pairs with other cyber articles of the same days stand for those. Nobody labelled these, so the ones
 * that may well tell one story are left out.
 */
export function storyPairs(all: EventArticle[], idf: Uint8Array): Example[] {
  const groups: Record<keyof typeof SHARES, PairFeatures[]> = {
    oneStory: [],
    twoEvents: [],
    sameDays: [],
  };
  for (const [i, a] of all.entries()) {
    for (const b of all.slice(0, i)) {
      const kind = kindOf(a, b);
      const features = kind && pairFeatures(a.article, b.article, idf);
      if (features && !(kind === 'sameDays' && maybeOneStory(features)))
        groups[kind].push(features);
    }
  }
  return (Object.keys(groups) as (keyof typeof SHARES)[]).flatMap((kind) =>
    groups[kind].map((features) => ({
      features: FEATURES.map((name) => features[name]),
      is: kind === 'oneStory',
      weight: SHARES[kind] / groups[kind].length,
    })),
  );
}

function kindOf(a: EventArticle, b: EventArticle): keyof typeof SHARES | null {
  if (a.event !== null && b.event !== null) return a.event === b.event ? 'oneStory' : 'twoEvents';
  const days = Math.abs(+a.article.publishedAt - +b.article.publishedAt) / DAY_MS;
  return days <= NEAR_DAYS ? 'sameDays' : null;
}

function maybeOneStory({ words, cosine, entities }: PairFeatures): boolean {
  return words > 0.3 || cosine > 0.97 || (entities >= 0.5 && (words > 0.12 || cosine > 0.6));
}
