import { createHash } from 'node:crypto';
import type { FeedItem } from '../domain/feed.ts';
import { cleanLine, htmlToLine, htmlToText } from './html-to-text.ts';
import { parseDate } from './parse-date.ts';

/** One item as its format wrote it, before any rule was applied. */
export interface WrittenItem {
  id: string;
  title: string;
  /** Addresses in order of preference, perhaps relative. */
  links: string[];
  base: string;
  /** Dates in order of preference. */
  dates: string[];
  summaryHtml: string;
  contentHtml: string;
  authors: string[];
  categories: string[];
  outlet: string;
}

const EARLIEST = Date.UTC(1995, 0, 1);
const DAY_MS = 86_400_000;

/** Characters of HTML that are read for a summary: many when it is all the text there is. */
const MAX_ONLY_SUMMARY_HTML = 100_000;
const MAX_SUMMARY_HTML = 5_000;
/** Characters of a summary taken from the text of an item that gives no summary. */
const MAX_EXCERPT = 600;
const MAX_MADE_TITLE = 120;
const MAX_AUTHORS = 20;
const MAX_CATEGORIES = 40;

const FAULTS = {
  'no-id': 'without id: made from the link, or title and date',
  'repeated-id': 'with the id of another item: told apart by link and title',
  'no-title': 'without title: made from the summary',
  'html-title': 'with HTML in the title: its text is kept',
  'no-date': 'without date',
  'bad-date': 'with a date that is none: left without date',
  'impossible-date': 'dated before 1995 or more than a day ahead: left without date',
  'bad-link': 'with a link that is no http address: dropped',
  'relative-link': 'with a relative link: resolved',
} as const;

type Fault = keyof typeof FAULTS;

interface ReadingState {
  now: Date;
  /** How often each id was written. */
  ids: Map<string, number>;
  faults: Map<Fault, { count: number; example: string }>;
}

/** Turns written items into items, counting what was wrong with them. */
export function createItemReader(now: Date) {
  const state: ReadingState = { now, ids: new Map(), faults: new Map() };
  return {
    read: (written: WrittenItem): FeedItem => readItem(state, written),
    /** One line for each kind of fault, with its first example. */
    warnings(): string[] {
      return [...state.faults].map(([fault, { count, example }]) => {
        const items = count === 1 ? '1 item' : `${count} items`;
        return `${items} ${FAULTS[fault]} (“${example}”)`;
      });
    },
  };
}

function readItem(state: ReadingState, written: WrittenItem): FeedItem {
  const outlet = cleanLine(written.outlet);
  const text = readSummary(written);
  const given = readTitle(state, written, outlet);
  const title = given || titleFromSummary(state, text);
  // Google News repeats the headline and the outlet where others summarise.
  const isRepeated = text === given || text === `${given} ${outlet}`;
  const summary = isRepeated ? '' : text;
  const url = readUrl(state, written);
  return {
    id: readId(state, written, url, title),
    title,
    url,
    published: readDate(state, written, title),
    summary,
    contentHtml: written.contentHtml.trim(),
    authors: distinct(written.authors).slice(0, MAX_AUTHORS),
    categories: distinct(written.categories).slice(0, MAX_CATEGORIES),
    outlet: outlet === '' ? null : outlet,
  };
}

function readTitle(state: ReadingState, written: WrittenItem, outlet: string): string {
  const title = htmlToLine(written.title);
  const hasTags = written.title.includes('<') && /<\/?[a-z]/i.test(written.title);
  if (hasTags && !title.includes('<')) note(state, 'html-title', title);
  return withoutOutlet(title, outlet);
}

function titleFromSummary(state: ReadingState, summary: string): string {
  if (summary === '') return '';
  note(state, 'no-title', summary);
  return excerpt(summary.replaceAll('\n', ' '), MAX_MADE_TITLE);
}

function note(state: ReadingState, fault: Fault, example: string): void {
  const seen = state.faults.get(fault);
  if (seen !== undefined) seen.count += 1;
  else
    state.faults.set(fault, { count: 1, example: cleanLine(example.slice(0, 200)).slice(0, 80) });
}

function readId(
  state: ReadingState,
  written: WrittenItem,
  url: string | null,
  title: string,
): string {
  let id = cleanLine(written.id);
  if (id === '') {
    id = url ?? digest([title, ...written.dates].join('\n'));
    note(state, 'no-id', title);
  }
  if (countId(state, id) === 1) return id;
  note(state, 'repeated-id', id);
  const told = `${id}#${digest(`${url}\n${title}`)}`;
  const copies = countId(state, told);
  return copies === 1 ? told : `${told}~${copies}`;
}

function countId(state: ReadingState, id: string): number {
  const count = (state.ids.get(id) ?? 0) + 1;
  state.ids.set(id, count);
  return count;
}

function readDate(state: ReadingState, written: WrittenItem, title: string): Date | null {
  const latest = state.now.getTime() + DAY_MS;
  const dates = written.dates.filter((date) => date.trim() !== '');
  if (dates.length === 0) note(state, 'no-date', title);
  for (const text of dates) {
    const date = parseDate(text);
    const time = date?.getTime() ?? Number.NaN;
    if (time >= EARLIEST && time <= latest) return date;
    note(state, date === null ? 'bad-date' : 'impossible-date', text);
  }
  return null;
}

function readUrl(state: ReadingState, written: WrittenItem): string | null {
  for (const link of written.links) {
    const trimmed = link.trim();
    const url = toHttpUrl(trimmed, written.base);
    if (url === null) note(state, 'bad-link', trimmed);
    else {
      if (!/^https?:/i.test(trimmed)) note(state, 'relative-link', trimmed);
      return url;
    }
  }
  return null;
}

/** Characters of an address that needs no normalising. */
const PLAIN_ADDRESS = /^https?:\/\/[^\s\p{C}<>"'\\^`{|}]+$/iu;

/** An absolute http(s) address as it was written, or resolved and encoded where it was relative or odd; null for any other. */
export function toHttpUrl(written: string, base: string): string | null {
  if (written === '') return null;
  if (PLAIN_ADDRESS.test(written)) return URL.canParse(written) ? written : null;
  try {
    const url = new URL(written, base);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

function readSummary(written: WrittenItem): string {
  const length = written.contentHtml === '' ? MAX_ONLY_SUMMARY_HTML : MAX_SUMMARY_HTML;
  const summary = htmlToText(written.summaryHtml.slice(0, length));
  if (summary !== '' || written.contentHtml === '') return summary;
  return excerpt(htmlToText(written.contentHtml.slice(0, 4 * MAX_EXCERPT)), MAX_EXCERPT);
}

/** Aggregators write “Title - Outlet” and name the outlet besides. */
function withoutOutlet(title: string, outlet: string): string {
  const suffix = ` - ${outlet}`;
  const isNamed = outlet !== '' && title.length > suffix.length && title.endsWith(suffix);
  return isNamed ? title.slice(0, -suffix.length).trimEnd() : title;
}

function excerpt(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const space = cut.lastIndexOf(' ');
  return `${space > length / 2 ? cut.slice(0, space) : cut}…`;
}

function distinct(values: string[]): string[] {
  if (values.length === 0) return values;
  return [...new Set(values.map((value) => htmlToLine(value)))].filter((value) => value !== '');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
