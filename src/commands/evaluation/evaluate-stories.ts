import type { StoryRule } from '../../cluster/assign-story.ts';
import type { Analysis } from '../../domain/article.ts';
import { createClusterer } from '../stories.ts';
import type { LabelledRow, TwinPair } from './labelled-data.ts';
import { bCubed, bCubedItems, bootstrap } from './measures.ts';

export interface StoryCase {
  row: LabelledRow;
  event: string;
  analysis: Analysis;
}

/** Online, in time order: B-cubed F1 against the events, and how many events told in both languages have a story with both. */
export function evaluateStories(cases: StoryCase[], rule: StoryRule) {
  const ordered = [...cases].sort((a, b) => timeOf(a) - timeOf(b));
  const assign = createClusterer(rule);
  const items = ordered.map(({ row, event, analysis }) => {
    const publishedAt = dateOf(row);
    const text = { title: row.title, text: row.text, publishedAt };
    return { ...{ language: row.lang }, found: assign(row.id, text, analysis).story, is: event };
  });
  const bilingual = [...new Set(items.map(({ is }) => is))].filter(
    (event) => languagesOf(items.filter(({ is }) => is === event)).size === 2,
  );
  const merged = bilingual.filter((event) => {
    const ofEvent = items.filter(({ is }) => is === event);
    return ofEvent.some(
      ({ found }) => languagesOf(ofEvent.filter((item) => item.found === found)).size === 2,
    );
  });
  const scored = bCubedItems(items);
  return {
    articles: items.length,
    events: new Set(items.map(({ is }) => is)).size,
    ...bCubed(scored),
    interval: bootstrap(scored, (sample) => bCubed(sample).f1),
    eachAlone: bCubed(bCubedItems(items.map(({ is }, i) => ({ found: String(i), is })))).f1,
    bilingualEvents: { merged: merged.length, of: bilingual.length },
  };
}

/** For each English article: is its Arabic twin the nearest of all the Arabic ones? */
export function evaluateTwins(pairs: { pair: TwinPair; en: Analysis; ar: Analysis }[]) {
  const first = pairs.filter(({ en, ar, pair }) => {
    const own = dot(en.embedding, ar.embedding);
    return pairs.every(
      (other) => other.pair.event === pair.event || dot(en.embedding, other.ar.embedding) < own,
    );
  });
  return { twinFirst: first.length, of: pairs.length };
}

function languagesOf(items: { language: string }[]): Set<string> {
  return new Set(items.map(({ language }) => language));
}

function dateOf(row: LabelledRow): Date | undefined {
  const date = new Date(row.date);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Articles without a usable date come last, where they count as new as the newest. */
function timeOf({ row }: StoryCase): number {
  return dateOf(row)?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
