import type { StoryRule } from '../../cluster/assign-story.ts';
import type { Analysis } from '../../domain/article.ts';
import { dotProduct } from '../../domain/dot-product.ts';
import { readDate } from '../read-date.ts';
import { type ClustererDivision, createClusterer } from '../stories.ts';
import { isThroughAnEvent } from './evaluate-divisions.ts';
import type { LabelledRow, TwinPair } from './labelled-data.ts';
import { bCubed, bCubedItems, bootstrap } from './measures.ts';

export interface StoryCase {
  row: LabelledRow;
  event: string;
  analysis: Analysis;
}

/** As the bot: an article is compared with the stories of so many articles nearest to it (pipeline/near-stories). */
const NEAREST = 60;

/**
 * Online, in time order: B-cubed F1 against the events, and how many events told in both languages became one story, in which an Arabic
 * article stands with an English one (`merged`); of these, how many in one story altogether (`whole`). `nearest`: the same figures
 * where each article is only compared with the stories nearest to it, as in the bot.
 */
export function evaluateStories(cases: StoryCase[], rule: StoryRule) {
  const divisions: ClustererDivision[] = [];
  const divided = (division: ClustererDivision) => divisions.push(division);
  const items = assignInOrder(cases, createClusterer(rule, { divided }));
  const eventOf = new Map(cases.map(({ row, event }) => [row.id, event]));
  const scored = bCubedItems(items);
  const near = assignInOrder(cases, createClusterer(rule, { nearest: NEAREST }));
  return {
    articles: items.length,
    events: new Set(items.map(({ is }) => is)).size,
    ...bCubed(scored),
    interval: bootstrap(scored, (sample) => bCubed(sample).f1),
    eachAlone: bCubed(bCubedItems(items.map(({ is }, i) => ({ found: String(i), is })))).f1,
    bilingualEvents: bilingualEvents(items),
    /** Of stories that turned out to be two, and of those the ones that put reports of one event on both sides. */
    divisions: {
      all: divisions.length,
      throughAnEvent: divisions.filter((division) => isThroughAnEvent(division, eventOf)).length,
    },
    nearest: { f1: bCubed(bCubedItems(near)).f1, bilingualEvents: bilingualEvents(near) },
  };
}

interface Assigned {
  language: string;
  found: string;
  is: string;
}

function assignInOrder(cases: StoryCase[], assign: ReturnType<typeof createClusterer>): Assigned[] {
  const ordered = [...cases].sort((a, b) => timeOf(a) - timeOf(b));
  return ordered.map(({ row, event, analysis }) => {
    const text = { title: row.title, text: row.text, publishedAt: readDate(row.date) };
    return { language: row.lang, found: assign(row.id, text, analysis).story, is: event };
  });
}

function bilingualEvents(items: Assigned[]): { merged: number; whole: number; of: number } {
  const events = [...groupsOf(items, ({ is }) => is).values()].filter(isBilingual);
  const stories = events.map((event) => [...groupsOf(event, ({ found }) => found).values()]);
  return {
    merged: stories.filter((groups) => groups.some(isBilingual)).length,
    whole: stories.filter((groups) => groups.length === 1).length,
    of: events.length,
  };
}

function isBilingual(items: Assigned[]): boolean {
  return new Set(items.map(({ language }) => language)).size === 2;
}

function groupsOf<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** For each English article: is its Arabic twin the nearest of all the Arabic ones? */
export function evaluateTwins(pairs: { pair: TwinPair; en: Analysis; ar: Analysis }[]) {
  const first = pairs.filter(({ en, ar, pair }) => {
    const own = dotProduct(en.embedding, ar.embedding);
    return pairs.every(
      (other) =>
        other.pair.event === pair.event || dotProduct(en.embedding, other.ar.embedding) < own,
    );
  });
  return { twinFirst: first.length, of: pairs.length };
}

/** Articles without a usable date come last, where they count as new as the newest. */
function timeOf({ row }: StoryCase): number {
  return readDate(row.date)?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
