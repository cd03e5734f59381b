import type { MeasuredText } from './read-in-order.ts';

/** The runs without a space that do not end on the line on which they begin, a `|` where the line ends. */
export function brokenRuns({ glyphs }: Pick<MeasuredText, 'glyphs'>): string[] {
  const runs: { text: string; middle: number; isBroken: boolean }[] = [];
  for (const { text, top, bottom, joined } of glyphs) {
    const run = runs.at(-1);
    const middle = (top + bottom) / 2;
    if (run === undefined || !joined) runs.push({ text, middle, isBroken: false });
    else {
      // Bold, small and emoji differ by a few pixels on one line; the next line is further away.
      const isNextLine = Math.abs(middle - run.middle) > (bottom - top) / 2;
      run.text += isNextLine ? `|${text}` : text;
      run.isBroken ||= isNextLine;
      run.middle = middle;
    }
  }
  return runs.filter(({ isBroken }) => isBroken).map(({ text }) => text);
}
