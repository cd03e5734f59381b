import type { Language } from '../domain/feed.ts';
import { isolateForeignRuns, isolateWhole } from '../language/bidi.ts';

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const RIGHT_TO_LEFT_MARK = '\u200f';
const LEFT_TO_RIGHT_MARK = '\u200e';
const RIGHT_TO_LEFT_ISOLATE = '\u2067';

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
 * A whole line of the frame. It begins with a mark, so that a client that looks for the first strong character gives it the
 * frame's direction even where it begins with a foreign name. An Arabic line is also one isolate, so that its order is right
 * where a client looks for nothing and lays every line out from left to right.
 */
export function frameLine(content: string, frame: 'ar' | 'en'): string {
  return frame === 'ar'
    ? `${RIGHT_TO_LEFT_MARK}${RIGHT_TO_LEFT_ISOLATE}${content}${POP_ISOLATE}`
    : `${LEFT_TO_RIGHT_MARK}${content}`;
}
