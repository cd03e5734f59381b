import { neutraliseControls } from '../language/bidi.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** After a word of three letters: `U.S.` ends nothing. */
const END_OF_SENTENCE = /(?<=[\p{L}\p{N}]{3}[.!?؟]["»”)]?)(?=\s)/gu;

/**
 * At most `limit` UTF-16 units, which is what Discord counts: ended with a sentence where one ends in the last half, else cut between
 * words where one ends in the last third, never inside a character, and then ended by an ellipsis.
 */
export function shortenText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length > limit - 1) break;
    kept += segment;
  }
  const sentence = [...kept.matchAll(END_OF_SENTENCE)].at(-1)?.index ?? 0;
  if (sentence > limit / 2) return kept.slice(0, sentence);
  const lastSpace = kept.lastIndexOf(' ');
  const cut = lastSpace > (limit * 2) / 3 ? kept.slice(0, lastSpace) : kept;
  return `${cut.trimEnd()}…`;
}

/** One line of plain text from a feed's: control and direction characters removed, white space collapsed. */
export function toPlainLine(text: string): string {
  return neutraliseControls(text).replace(/\s+/gu, ' ').trim();
}
