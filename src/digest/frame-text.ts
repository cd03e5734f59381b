import type { Language } from '../domain/feed.ts';
import { isolateForeignRuns, isolateWhole } from '../language/bidi.ts';

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const MARKS = { ar: '\u200f', en: '\u200e' };

/**
 * A feed's text (one plain line) inside a line of the frame's direction. A text of that direction has its foreign runs
 * isolated; one of the other is isolated whole; one in a language that Rasid does not read finds its own direction.
 */
export function frameText(text: string, textLanguage: Language, frame: 'ar' | 'en'): string {
  if (textLanguage === 'other') return `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}`;
  const direction = textLanguage === 'ar' ? 'rtl' : 'ltr';
  return textLanguage === frame
    ? isolateForeignRuns(text, direction)
    : isolateWhole(text, direction);
}

/**
 * What a line begins with so that a client that looks for the first strong character gives it the frame's direction, even
 * where the line begins with a foreign name.
 */
export function lineMark(frame: 'ar' | 'en'): string {
  return MARKS[frame];
}
