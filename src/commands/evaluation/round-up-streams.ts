import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Analysis } from '../../domain/article.ts';
import { seededRandom } from '../../domain/seeded-random.ts';
import type { Encoder } from '../../models/encoder.ts';
import { analyseArticles } from '../../pipeline/analyse-article.ts';
import type { StreamReport } from './evaluate-divisions.ts';
import type { StoryExample } from './story-examples.ts';

const ROUND_UPS = fileURLToPath(new URL('../../../evaluation/round-ups.jsonl', import.meta.url));
const BATCH = 128;
const BEGIN = new Date('2026-03-02T06:00:00Z');
const HOUR_MS = 3_600_000;
const HOURS_BETWEEN = 7;

const lineSchema = z.object({
  id: z.string(),
  stream: z.string(),
  event: z.string().nullable(),
  title: z.string(),
  text: z.string(),
});

type Line = z.infer<typeof lineSchema>;

/** The written streams (evaluation/README.md, "Round-ups"). */
export async function writtenStreams(encoder: Encoder): Promise<StreamReport[][]> {
  const lines = readFileSync(ROUND_UPS, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => lineSchema.parse(JSON.parse(line)));
  return readStreams(encoder, lines);
}

/** Reports of an event that a stream takes: a story of two events is seen by its first ones, or not at all. */
const MOST_REPORTS = 6;
/** Two make the rule join what only they have in common: the best two pairs decide. */
const MOST_ROUND_UPS = 4;

/**
 * Streams of two events of one part and language each, with round-ups made of their own first sentences in between.
 * @param pairs which events
 */
export async function madeStreams(
  encoder: Encoder,
  pairs: [StoryExample[], StoryExample[]][],
): Promise<StreamReport[][]> {
  return readStreams(encoder, pairs.flatMap(makeStream));
}

function makeStream([one, other]: [StoryExample[], StoryExample[]], number: number): Line[] {
  const random = seededRandom(number + 1);
  const shuffled = <T>(items: T[]) =>
    items
      .map((item) => ({ item, place: random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item);
  const [a, b] = [shuffled(one).slice(0, MOST_REPORTS), shuffled(other).slice(0, MOST_REPORTS)];
  const stream = `made-${number}`;
  const roundUps = roundUpsOf(a, b).slice(0, 2 + (number % (MOST_ROUND_UPS - 1)));
  const early = shuffled([...a.slice(0, 1), ...b.slice(0, 1), ...roundUps]);
  const late = shuffled([...a.slice(1), ...b.slice(1)]);
  return [...early, ...late].map((line) => ({
    ...line,
    id: `${stream} ${line.id}`,
    stream,
  }));
}

type RoundUp = Pick<StoryExample, 'id' | 'title' | 'text'> & { event: null };

/** As a list, and as one report with the other behind it; either event first. */
function roundUpsOf(one: StoryExample[], other: StoryExample[]): RoundUp[] {
  const tell = (a: StoryExample | undefined, b: StoryExample | undefined, isList: boolean) => {
    const [first, second] = [a?.title ?? '', b?.title ?? ''];
    const isArabic = /\p{Script=Arabic}/u.test(first);
    const head = isArabic ? 'أبرز أخبار الأمن الرقمي' : 'This week in security';
    const meanwhile = isArabic ? 'وفي سياق آخر،' : 'Meanwhile,';
    return {
      title: isList ? `${head}: ${first}; ${second}` : first,
      text: `${opening(a)} ${isList ? '' : meanwhile} ${opening(b)}`,
    };
  };
  const at = <T>(items: T[], index: number) => items[index % items.length];
  return [
    tell(at(one, 0), at(other, 0), true),
    tell(at(one, 1), at(other, 1), false),
    tell(at(other, 2), at(one, 2), false),
    tell(at(other, 1), at(one, 1), true),
  ].map((told, index) => ({ ...told, id: `round-up ${index}`, event: null }));
}

function opening(example: StoryExample | undefined): string {
  return (example?.text ?? '')
    .split(/(?<=[.!؟?])\s+/u)
    .slice(0, 2)
    .join(' ')
    .slice(0, 500);
}

/** Reports come some hours after one another, whenever the events were. */
async function readStreams(encoder: Encoder, lines: Line[]): Promise<StreamReport[][]> {
  const streams = new Map<string, StreamReport[]>();
  const analyses: Analysis[] = [];
  for (let from = 0; from < lines.length; from += BATCH) {
    analyses.push(...(await analyseArticles(encoder, lines.slice(from, from + BATCH))));
  }
  for (const [index, { id, stream, event, title, text }] of lines.entries()) {
    const reports = streams.get(stream) ?? [];
    const publishedAt = new Date(+BEGIN + reports.length * HOURS_BETWEEN * HOUR_MS);
    const analysis = analyses[index];
    if (analysis) reports.push({ id, event, article: { title, text, publishedAt }, analysis });
    streams.set(stream, reports);
  }
  return [...streams.values()];
}
