import { createHash } from 'node:crypto';
import { prepareForModel } from '../../language/normalise-arabic.ts';
import { foldedWords } from '../../models/folded-words.ts';
import type { LabelledRow } from './labelled-data.ts';

export type Part = 'test' | 'dev' | 'train';

/** The rule of training/split.py, which says it in words: no event and no beginning of an article is divided between parts. */
const TEST_BELOW = 46;
const DEV_BELOW = 84;
const KEY_WORDS = 8;
const LEAST_TITLE_WORDS = 3;
const EVENT_YEAR = /(?:_UK)?_(?:[A-Z]{3})?\d{4}$/u;

/** @param events the event of each article id that the story files name */
export function partOf(row: LabelledRow, events: ReadonlyMap<string, string>): Part {
  const first = createHash('sha256').update(keyOf(row, events)).digest()[0] ?? 0;
  if (first < TEST_BELOW) return 'test';
  return first < DEV_BELOW ? 'dev' : 'train';
}

function keyOf(row: LabelledRow, events: ReadonlyMap<string, string>): string {
  const event = events.get(row.id) ?? row.event;
  if (event) return `event:${eventWithoutYear(event)}`;
  const title = foldedWords(prepareForModel(row.title));
  if (title.length >= LEAST_TITLE_WORDS) return `title:${title.slice(0, KEY_WORDS).join(' ')}`;
  const body = foldedWords(prepareForModel(row.text)).slice(0, KEY_WORDS).join(' ');
  return body === '' ? `id:${row.id}` : `text:${body}`;
}

/** `MNS_2025` and `MNS` are one event. */
export function eventWithoutYear(event: string): string {
  return event.replace(EVENT_YEAR, '');
}
