import { findLtrRuns, findRtlRuns, type Run } from './foreign-runs.ts';

export type Direction = 'rtl' | 'ltr';

const LEFT_TO_RIGHT_ISOLATE = '\u2066';
const RIGHT_TO_LEFT_ISOLATE = '\u2067';
const POP_ISOLATE = '\u2069';

/** Every character that only steers the bidirectional algorithm: marks, embeddings, overrides and isolates. */
const BIDI_CONTROL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** C0 and C1 controls except line feed, soft hyphens, zero-width fillers, interlinear marks, tag characters, and lone surrogates. */
const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing controls is what this is for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;

/**
 * Text without the controls that steer the bidirectional algorithm. A feed's own are worth nothing here: an override
 * (U+202E) in a title is an attack, and one that is never closed would turn everything after it.
 */
export function stripBidiControls(text: string): string {
  return text.replace(BIDI_CONTROL, '');
}

/**
 * Text that can do nothing to what stands around it: no bidi controls, no invisible fillers or control characters.
 * Line feeds stay; every other line separator becomes one; tabs become spaces.
 */
export function neutraliseControls(text: string): string {
  return stripBidiControls(text)
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/gu, '\n')
    .replace(/\t/gu, ' ')
    .replace(CONTROL, '');
}

/**
 * A line for display in `direction`: each run of the other direction is put between an isolate (U+2066 or U+2067) and
 * U+2069, so that a name, CVE id, address, version, price, hash or time stays whole and reorders nothing beside it.
 * Punctuation between two foreign words stays with them (`Palo Alto Networks, Inc.`); the line's own commas and full
 * stops stay outside. Controls that the text brought are removed first, so applying it twice changes nothing.
 */
export function isolateForeignRuns(text: string, direction: Direction): string {
  const clean = stripBidiControls(text);
  const runs = direction === 'rtl' ? findLtrRuns(clean) : findRtlRuns(clean);
  const open = direction === 'rtl' ? LEFT_TO_RIGHT_ISOLATE : RIGHT_TO_LEFT_ISOLATE;
  return wrapRuns(clean, runs, open);
}

/** Markup whose insides are no text, and which a control inside would break: where a link leads, a mention or a time, and emphasis. */
const MARKUP = /\]\([^)\s]*\)|<[^<>\s]+>|\*\*/uy;
const ISOLATE_OPENS = /[\u2066-\u2068]/u;

/**
 * The same for a line with isolates and Discord's markup in it, which stay as they are: what is foreign in the words between them is
 * isolated as well, such as the `/subscribe` or `HH:MM` of a sentence of ours. Applying it twice changes nothing.
 */
export function isolateBetween(line: string, direction: Direction): string {
  let done = '';
  let words = '';
  const keep = (kept: string) => {
    done += isolateForeignRuns(words, direction) + kept;
    words = '';
  };
  for (let at = 0; at < line.length; ) {
    const kept = markupAt(line, at) ?? isolateAt(line, at);
    if (kept === null) words += line[at];
    else keep(kept);
    at += kept?.length ?? 1;
  }
  keep('');
  return done;
}

function markupAt(line: string, at: number): string | null {
  MARKUP.lastIndex = at;
  return MARKUP.exec(line)?.[0] ?? null;
}

/** From an opening isolate to the one that closes it, or to the end of the line. */
function isolateAt(line: string, at: number): string | null {
  if (!ISOLATE_OPENS.test(line[at] ?? '')) return null;
  let depth = 0;
  for (let end = at; end < line.length; end += 1) {
    const character = line[end] ?? '';
    if (ISOLATE_OPENS.test(character)) depth += 1;
    if (character === POP_ISOLATE) depth -= 1;
    if (depth === 0) return line.slice(at, end + 1);
  }
  return line.slice(at);
}

/**
 * A text of its own direction put whole into a line of another: an Arabic title in an English digest, or the other way
 * round. Its own foreign runs are isolated inside. One line only: isolates end with their paragraph.
 */
export function isolateWhole(text: string, direction: Direction): string {
  const open = direction === 'rtl' ? RIGHT_TO_LEFT_ISOLATE : LEFT_TO_RIGHT_ISOLATE;
  return `${open}${isolateForeignRuns(text.replace(/\s+/gu, ' '), direction)}${POP_ISOLATE}`;
}

function wrapRuns(text: string, runs: Run[], open: string): string {
  let wrapped = '';
  let from = 0;
  for (const run of runs) {
    wrapped += `${text.slice(from, run.start)}${open}${text.slice(run.start, run.end)}${POP_ISOLATE}`;
    from = run.end;
  }
  return wrapped + text.slice(from);
}
