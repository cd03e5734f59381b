import type { StoryRule } from '../../cluster/assign-story.ts';
import { divideStory } from '../../cluster/divide-story.ts';
import { seededRandom } from '../../domain/seeded-random.ts';
import type { StoryArticle } from '../../domain/story.ts';
import type { Encoder } from '../../models/encoder.ts';
import { evaluateDivisions } from './evaluate-divisions.ts';
import { madeStreams } from './round-up-streams.ts';
import type { StoryExample } from './story-examples.ts';
import type { ExampleArticle } from './story-pairs.ts';

/** Logits; the one that is used is `UNLIKE` in cluster/divide-story. */
const TRIED = [-1, -2, -2.5, -3, -4];
/** Parts of each event, in any order, that must stay one story: how its reports came is only one of many ways. */
const SAMPLES = 200;
const LEAST_REPORTS = 4;
const STREAMS_EACH = 40;

/**
 * Says for each margin how many of random parts of the events of train and dev it would divide, and what it gives on streams of two
 * events that round-ups, made of their own sentences, bring together: of the news, of invented incidents of one kind, and of two kinds.
 */
export async function tryDivisions(
  encoder: Encoder,
  read: ExampleArticle[],
  rule: StoryRule,
  log: (line: string) => void,
): Promise<void> {
  const events = eventsOf(read.filter(({ example }) => isOfNews(example)));
  const pairs = pairsOf(read.map(({ example }) => example));
  const streams = new Map<string, Awaited<ReturnType<typeof madeStreams>>>();
  for (const [kind, chosen] of pairs) streams.set(kind, await madeStreams(encoder, chosen));
  for (const unlike of TRIED) {
    const { wrong, of } = divideParts(events, rule, unlike);
    log(`divided below ${unlike}: ${wrong} of ${of} parts of one event`);
    for (const [kind, mixed] of streams) {
      const { streams: count, without, divided } = evaluateDivisions(mixed, rule, unlike);
      log(
        `  ${kind}: mixed ${without.mixed} → ${divided.mixed} of ${count}, F1 ${without.f1.toFixed(3)} → ${divided.f1.toFixed(3)}, ` +
          `${divided.throughAnEvent} of ${divided.divisions} divisions through an event`,
      );
    }
  }
}

function isOfNews({ event, family, madeFrom }: StoryExample): boolean {
  return event !== null && family === null && madeFrom === null;
}

function eventsOf(read: ExampleArticle[]): StoryArticle[][] {
  const events = new Map<string, StoryArticle[]>();
  for (const { article, example } of read) {
    events.set(example.event ?? '', [...(events.get(example.event ?? '') ?? []), article]);
  }
  return [...events.values()].filter((articles) => articles.length >= LEAST_REPORTS);
}

function divideParts(
  events: StoryArticle[][],
  rule: StoryRule,
  unlike: number,
): { wrong: number; of: number } {
  const random = seededRandom(1);
  const parts = events.flatMap((articles) =>
    Array.from({ length: SAMPLES }, () => {
      const most = Math.min(rule.members, articles.length);
      const size = LEAST_REPORTS + Math.floor(random() * (most - LEAST_REPORTS + 1));
      const places = articles.map((article) => ({ article, place: random() }));
      return places
        .sort((a, b) => a.place - b.place)
        .slice(0, size)
        .map(({ article }) => article);
    }),
  );
  const divided = parts.filter((part) => divideStory(part, rule, unlike) !== null);
  return { wrong: divided.length, of: parts.length };
}

type Pairs = [StoryExample[], StoryExample[]][];

/** Pairs of events in one language, or of invented incidents with their reports in both, evenly over all there are. */
function pairsOf(examples: StoryExample[]): Map<string, Pairs> {
  const news = groupsOf(examples.filter(isOfNews), (one) => `${one.event} ${scriptOf(one)}`);
  const invented = groupsOf(
    examples.filter(({ family, madeFrom }) => family !== null && madeFrom?.how !== 'renamed'),
    ({ event }) => event ?? '',
  );
  const inOneLanguage = everyPair(news.filter((group) => group.length >= LEAST_REPORTS)).filter(
    ([a, b]) => scriptOf(a[0]) === scriptOf(b[0]),
  );
  const incidents = everyPair(invented.filter((group) => group.length >= LEAST_REPORTS));
  const isOneKind = ([a, b]: Pairs[number]) => a[0]?.family === b[0]?.family;
  return new Map([
    ['news', evenly(inOneLanguage)],
    ['incidents of one kind', evenly(incidents.filter(isOneKind))],
    ['incidents of two kinds', evenly(incidents.filter((pair) => !isOneKind(pair)))],
  ]);
}

function everyPair(groups: StoryExample[][]): Pairs {
  return groups.flatMap((a, index) => groups.slice(0, index).map((b): Pairs[number] => [a, b]));
}

function evenly(pairs: Pairs): Pairs {
  const step = Math.max(1, pairs.length / STREAMS_EACH);
  return pairs.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

function scriptOf(example: StoryExample | undefined): 'ar' | 'en' {
  return /\p{Script=Arabic}/u.test(example?.title ?? '') ? 'ar' : 'en';
}

function groupsOf(
  examples: StoryExample[],
  keyOf: (example: StoryExample) => string,
): StoryExample[][] {
  const groups = new Map<string, StoryExample[]>();
  for (const example of examples) {
    const key = keyOf(example);
    groups.set(key, [...(groups.get(key) ?? []), example]);
  }
  return [...groups.values()];
}
