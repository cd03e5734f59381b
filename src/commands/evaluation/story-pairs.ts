import { FEATURES, type PairFeatures, pairFeatures } from '../../cluster/pair-features.ts';
import type { StoryArticle } from '../../domain/story.ts';
import type { Example } from './fit-logistic.ts';
import type { StoryExample } from './story-examples.ts';

/** An example as the rule sees it. */
export interface ExampleArticle {
  article: StoryArticle;
  example: StoryExample;
}

/**
 * What each kind of pair counts for in all, however many there are. A renamed report is an extreme case, the same words but for every
 * name: a little of it teaches that names tell apart, much of it that like words mean two stories.
 */
const SHARES = {
  oneEvent: 0.2,
  oneIncident: 0.15,
  shortened: 0.1,
  twoEvents: 0.1,
  sameDays: 0.1,
  oneFamily: 0.15,
  twoFamilies: 0.1,
  renamed: 0.05,
};
type Kind = keyof typeof SHARES;
const ONE_STORY: ReadonlySet<Kind> = new Set(['oneEvent', 'oneIncident', 'shortened']);

/** Other stories are compared with what appeared around them; further apart, time itself tells them apart. */
export const NEAR_DAYS = 3;
const FAR_DAYS = 60;
const DAY_MS = 86_400_000;
/** Of incidents of two kinds one pair in so many is enough. */
const TWO_FAMILIES_STEP = 8;

/**
 * The weights of these features stay as the training side found them: the vectors know the events that they were trained on by heart,
 * and a fit on those events believes the vectors alone, and would even count like words against a story.
 */
export const HELD = { cosine: 12, words: 6, logDays: -0.3, cross: 1, names: 1.4 } as const;
export const FITTED = FEATURES.filter((name) => !(name in HELD));

/**
 * Pairs of articles as examples of one story or two. The labelled events lie far apart in time, while a real stream brings dozens of
 * stories each day: other cyber articles of the same days stand for those (nobody labelled them, so the ones that may well tell one
 * story are left out), and incidents of one kind, invented for this, on one day.
 */
export function storyPairs(all: ExampleArticle[], idf: Uint8Array): Example[] {
  const kinds = all.flatMap((a, i) =>
    all.slice(0, i).map((b, j) => {
      const kind = kindOf(a, b);
      return {
        a,
        b,
        kind: kind === 'twoFamilies' && (i + j) % TWO_FAMILIES_STEP > 0 ? null : kind,
      };
    }),
  );
  return weigh(
    kinds.flatMap(({ a, b, kind }) => {
      if (kind === null) return [];
      const features = pairFeatures(a.article, b.article, idf);
      if (kind === 'sameDays' && maybeOneStory(features)) return [];
      return [{ kind, event: ONE_STORY.has(kind) ? (a.example.event ?? '') : '', features }];
    }),
  );
}

function weigh(pairs: { kind: Kind; event: string; features: PairFeatures }[]): Example[] {
  const perEvent = new Map<string, number>();
  const keyOf = ({ kind, event }: (typeof pairs)[number]) => `${kind} ${event}`;
  for (const pair of pairs) perEvent.set(keyOf(pair), (perEvent.get(keyOf(pair)) ?? 0) + 1);
  // An event of 45 articles has a thousand pairs: it must not be all there is.
  const own = (pair: (typeof pairs)[number]) =>
    pair.event === '' ? 1 : 1 / Math.sqrt(perEvent.get(keyOf(pair)) ?? 1);
  const totals = new Map<Kind, number>();
  for (const pair of pairs) totals.set(pair.kind, (totals.get(pair.kind) ?? 0) + own(pair));
  return pairs.map((pair) => ({
    features: FITTED.map((name) => pair.features[name]),
    is: ONE_STORY.has(pair.kind),
    weight: (SHARES[pair.kind] * own(pair)) / (totals.get(pair.kind) ?? 1),
    offset: offsetOf(pair.features),
  }));
}

function offsetOf(features: PairFeatures): number {
  let sum = 0;
  for (const name of ['cosine', 'words', 'logDays', 'cross', 'names'] as const)
    sum += HELD[name] * features[name];
  return sum;
}

function kindOf(a: ExampleArticle, b: ExampleArticle): Kind | null {
  const [one, other] = [a.example, b.example];
  if (one.madeFrom || other.madeFrom) return madeKind(one, other);
  if ((one.family === null) !== (other.family === null)) return null;
  if (one.family !== null) return incidentKind(one, other);
  const days = Math.abs(+a.article.publishedAt - +b.article.publishedAt) / DAY_MS;
  return labelledKind(one.event, other.event, days);
}

function incidentKind(one: StoryExample, other: StoryExample): Kind {
  if (one.event === other.event) return 'oneIncident';
  return one.family === other.family ? 'oneFamily' : 'twoFamilies';
}

function labelledKind(one: string | null, other: string | null, days: number): Kind | null {
  if (one === null && other === null) return null;
  if (one === other) return 'oneEvent';
  if (one !== null && other !== null) return days <= FAR_DAYS ? 'twoEvents' : null;
  return days <= NEAR_DAYS ? 'sameDays' : null;
}

/** A made report is only compared with those of the incident that it was made from. */
function madeKind(one: StoryExample, other: StoryExample): Kind | null {
  const [made, real] = one.madeFrom ? [one, other] : [other, one];
  if (made.madeFrom === null || real.madeFrom !== null) return null;
  if (made.madeFrom.how === 'shortened') return made.madeFrom.id === real.id ? 'shortened' : null;
  return made.event === `${real.event} renamed` ? 'renamed' : null;
}

function maybeOneStory({ words, cosine, entities }: PairFeatures): boolean {
  return words > 0.3 || cosine > 0.97 || (entities >= 0.5 && (words > 0.12 || cosine > 0.6));
}
