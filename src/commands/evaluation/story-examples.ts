import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { properNames } from '../../cluster/proper-names.ts';
import { NO_ENTITIES } from '../../domain/entity.ts';
import type { LabelledData, LabelledRow } from './labelled-data.ts';
import { eventWithoutYear, type Part, partOf } from './split.ts';

/** A text for fitting the story rule, and what is known of its story. */
export interface StoryExample {
  id: string;
  title: string;
  text: string;
  date: string;
  part: Part;
  /** Null for one of a day's other cyber stories. */
  event: string | null;
  /** Incidents of one kind: what tells these apart is what the rule has to learn. */
  family: string | null;
  /** The article that this one was made from, by naming others in it or by shortening it. */
  madeFrom: { id: string; how: 'renamed' | 'shortened' } | null;
}

const FILES = ['incidents_ar', 'incidents_en_ar'];
const FAMILY = /^(.*?)(?:-\d+|(?<=f\d+)[a-z])$/u;
/** The invented incidents have no date: all on these days, so that time tells none apart. */
const DAYS = ['2026-01-10', '2026-01-11', '2026-01-12'];
const SHORTENED = 300;

const incidentSchema = z.object({
  id: z.string(),
  group: z.string(),
  lang: z.enum(['ar', 'en']),
  title: z.string(),
  text: z.string(),
});

/** The articles of events and the other cyber articles of the labelled data. */
export function labelledExamples(data: LabelledData): StoryExample[] {
  const found = new Map<string, StoryExample>();
  const add = (row: LabelledRow, event: string | null) => {
    const { id, title, text, date } = row;
    const known = { id, title, text, date, part: data.part(row) };
    found.set(id, { ...known, event, family: null, madeFrom: null });
  };
  for (const row of data.classified) if (row.label === 'cyber') add(row, null);
  for (const { event, en, ar } of data.pairs) {
    for (const row of [en, ar]) add(row, eventWithoutYear(event));
  }
  for (const row of data.stories) add(row, eventWithoutYear(row.event ?? ''));
  return [...found.values()];
}

/** The incidents invented for this project (training/texts), whole families in one part. */
export function inventedIncidents(folder: string): StoryExample[] {
  const lines = FILES.map((name) => join(folder, `${name}.jsonl`))
    .filter(existsSync)
    .flatMap((path) => readFileSync(path, 'utf8').split('\n').filter(Boolean));
  return lines.map((line, number) => {
    const { id, group, lang, title, text } = incidentSchema.parse(JSON.parse(line));
    const family = FAMILY.exec(group)?.[1] ?? group;
    const row = { id, lang, label: undefined, title, text, summary: '', date: '', file: '' };
    // What would be the test part is trained on too: the encoder has read them all.
    const part = partOf({ ...row, event: family }, new Map()) === 'dev' ? 'dev' : 'train';
    const date = DAYS[number % DAYS.length] ?? '';
    return { id, title, text, date, part, event: group, family, madeFrom: null };
  });
}

/** The same report of another victim: every name and number of an English text changed for one that is nowhere else. */
export function renamed(example: StoryExample, number: number, idf: Uint8Array): StoryExample[] {
  const { id, title, text, event } = example;
  const names = properNames(
    {
      ...{ id, title, opening: text, language: 'en', entities: NO_ENTITIES, topics: [] },
      ...{ publishedAt: new Date(0), embedding: new Float32Array() },
    },
    idf,
  );
  if (names.size < 2) return [];
  const others = new Map(
    [...names.keys()].map((name, i) => [name, inventName(31 * number + 7 * i)]),
  );
  const rename = (words: string) =>
    words
      .replace(/\p{Script=Latin}+/gu, (word) => others.get(word.toLowerCase()) ?? word)
      .replace(/\d(?=[\d.,]*\d)|(?<=\d[\d.,]*)\d/gu, (digit) =>
        String((7 * Number(digit) + 3) % 10),
      );
  const made = { title: rename(title), text: rename(text), event: `${event} renamed` };
  return [{ ...example, ...made, id: `${id} renamed`, madeFrom: { id, how: 'renamed' } }];
}

/** The report as another outlet might run it: without its first sentence, and shorter. */
export function shortened(example: StoryExample): StoryExample[] {
  const { id, text } = example;
  const [, ...rest] = text.split(/(?<=[.!؟?])\s+/u);
  if (rest.length === 0) return [];
  const made = { id: `${id} shortened`, text: rest.join(' ').slice(0, SHORTENED) };
  return [{ ...example, ...made, madeFrom: { id, how: 'shortened' } }];
}

const SYLLABLES = 'tar vo len qui ras mon del fa zu kor bi sha ner po wex ja lum ood ghe rin'.split(
  ' ',
);

function inventName(seed: number): string {
  const name = [seed, 3 * seed + 1, 7 * seed + 2].map((n) => SYLLABLES[n % SYLLABLES.length]);
  return name.join('').replace(/^./u, (letter) => letter.toUpperCase());
}
