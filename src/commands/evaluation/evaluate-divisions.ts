import type { StoryRule } from '../../cluster/assign-story.ts';
import type { Analysis, ArticleText } from '../../domain/article.ts';
import { type ClustererDivision, createClusterer } from '../stories.ts';
import { bCubed, bCubedItems, mean } from './measures.ts';

/** A report of a stream in which round-ups bring events together. */
export interface StreamReport {
  id: string;
  /** Null for a round-up, which belongs to two events. */
  event: string | null;
  article: ArticleText;
  analysis: Analysis;
}

/** Never divided: what the figures are compared with. */
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * What dividing stories gives: streams whose end has a story of two events, and the mean B-cubed F1 of the stories at the end (round-ups
 * left out), without it and with it; and divisions that put reports of one event on both sides.
 * @param unlike see cluster/divide-story
 */
export function evaluateDivisions(streams: StreamReport[][], rule: StoryRule, unlike?: number) {
  const without = streams.map((stream) => storiesAtEnd(stream, rule, NEVER));
  const divided = streams.map((stream) => storiesAtEnd(stream, rule, unlike));
  const figures = (ends: End[]) => ({
    mixed: ends.filter(({ items }) => isMixed(items)).length,
    f1: mean(ends.map(({ items }) => bCubed(bCubedItems(items)).f1)),
  });
  return {
    streams: streams.length,
    without: figures(without),
    divided: {
      ...figures(divided),
      divisions: divided.reduce((sum, { divisions }) => sum + divisions, 0),
      throughAnEvent: divided.reduce((sum, { throughAnEvent }) => sum + throughAnEvent, 0),
    },
  };
}

interface End {
  items: { found: string; is: string }[];
  divisions: number;
  throughAnEvent: number;
}

/** What a line of `rasid stories` answered stays; the bot's readers see the stories as they are now, and so do these figures. */
function storiesAtEnd(stream: StreamReport[], rule: StoryRule, unlike: number | undefined): End {
  const storyOf = new Map<string, string>();
  const eventOf = new Map(stream.map(({ id, event }) => [id, event]));
  const divisions: ClustererDivision[] = [];
  const options = { divided: (division: ClustererDivision) => divisions.push(division) };
  const assign = createClusterer(rule, unlike === undefined ? options : { ...options, unlike });
  for (const { id, article, analysis } of stream) {
    const before = divisions.length;
    const { story } = assign(id, article, analysis);
    for (const { leave, newStory } of divisions.slice(before)) {
      for (const left of leave) storyOf.set(left, newStory);
    }
    storyOf.set(id, story);
  }
  const items = stream.flatMap(({ id, event }) =>
    event === null ? [] : [{ found: storyOf.get(id) ?? '', is: event }],
  );
  const throughAnEvent = divisions.filter((division) => isThroughAnEvent(division, eventOf)).length;
  return { items, divisions: divisions.length, throughAnEvent };
}

/** Whether reports of one event are on both sides. */
export function isThroughAnEvent(
  { stay, leave }: ClustererDivision,
  eventOf: ReadonlyMap<string, string | null>,
): boolean {
  const stayed = new Set(stay.map((id) => eventOf.get(id) ?? null));
  return leave.some(
    (id) => (eventOf.get(id) ?? null) !== null && stayed.has(eventOf.get(id) ?? null),
  );
}

function isMixed(items: End['items']): boolean {
  const eventOf = new Map<string, string>();
  return items.some(({ found, is }) => {
    const other = eventOf.get(found);
    eventOf.set(found, is);
    return other !== undefined && other !== is;
  });
}
