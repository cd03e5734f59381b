/** A visible character and its box on the page, in CSS pixels. */
interface Glyph {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A text as it stands on the page: its characters in logical order, and the edges that it may fill. */
export interface MeasuredText {
  glyphs: Glyph[];
  left: number;
  right: number;
}

type Direction = 'rtl' | 'ltr';

/** Numbers are read from left to right in both scripts. */
const NUMBER = /\d+(?:[.,:/]\d+)*/g;

/** The text as it was written, without spaces. */
export function writtenText({ glyphs }: Pick<MeasuredText, 'glyphs'>): string {
  return glyphs.map(({ text }) => text).join('');
}

/**
 * The text as a reader takes it from the screen, without spaces: line by line from the top; in each line in the reader's
 * `direction`, except that a run of `foreign` words, found in one piece, is read the other way (so are numbers by an Arabic
 * reader). It equals the written text only where every run is whole, in order, and in its place.
 */
export function readInOrder(
  text: Pick<MeasuredText, 'glyphs'>,
  direction: Direction,
  foreign: string[],
): string {
  const runs = markRuns(writtenText(text), direction, foreign);
  const placed = text.glyphs.map((glyph, index) => ({ ...glyph, run: runs(index, text.glyphs) }));
  return linesOf(placed)
    .flatMap((line) => readLine(line, direction))
    .map((glyph) => glyph.text)
    .join('');
}

interface PlacedGlyph extends Glyph {
  /** Which foreign run it belongs to; 0 for none. */
  run: number;
}

/** Finds each foreign run in the written text, the longest first; throws for one that is not in it. */
function markRuns(
  written: string,
  direction: Direction,
  foreign: string[],
): (index: number, glyphs: Glyph[]) => number {
  const owner = new Array<number>(written.length).fill(0);
  let next = 1;
  const claim = (start: number, length: number) => {
    if (owner.slice(start, start + length).some((run) => run !== 0)) return;
    owner.fill(next, start, start + length);
    next += 1;
  };
  const wanted = foreign.map((run) => run.replace(/\s+/gu, ''));
  for (const run of wanted.toSorted((a, b) => b.length - a.length)) {
    if (!written.includes(run)) throw new RangeError(`"${run}" is not in "${written}"`);
    for (let at = written.indexOf(run); at >= 0; at = written.indexOf(run, at + run.length)) {
      claim(at, run.length);
    }
  }
  if (direction === 'rtl') {
    for (const match of written.matchAll(NUMBER)) claim(match.index, match[0].length);
  }
  return (index, glyphs) => owner[writtenText({ glyphs: glyphs.slice(0, index) }).length] ?? 0;
}

function linesOf(glyphs: PlacedGlyph[]): PlacedGlyph[][] {
  const lines: PlacedGlyph[][] = [];
  for (const glyph of glyphs.toSorted((a, b) => middle(a) - middle(b))) {
    const line = lines.at(-1);
    const [first] = line ?? [];
    const sameLine = first !== undefined && middle(glyph) < first.bottom;
    if (line && sameLine) line.push(glyph);
    else lines.push([glyph]);
  }
  return lines;
}

function readLine(line: PlacedGlyph[], direction: Direction): PlacedGlyph[] {
  const sign = direction === 'rtl' ? -1 : 1;
  const ordered = line.toSorted((a, b) => sign * (a.left + a.right - b.left - b.right));
  const read: PlacedGlyph[] = [];
  for (let start = 0; start < ordered.length; ) {
    const run = ordered[start]?.run ?? 0;
    let end = start + 1;
    while (run !== 0 && ordered[end]?.run === run) end += 1;
    read.push(...ordered.slice(start, end).reverse());
    start = end;
  }
  return read;
}

function middle({ top, bottom }: Glyph): number {
  return (top + bottom) / 2;
}
