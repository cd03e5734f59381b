import type { Language } from '../domain/feed.ts';
import { isArabicProse } from './arabic-script-languages.ts';
import { isEnglishProse } from './latin-script-languages.ts';

/** Enough to be sure, and a bound on the work: some lines hold a dozen function words. */
const READ_CHARACTERS = 600;

/** Below this share of the words, Arabic-script words in a Latin line are taken for a quoted name. */
const ARABIC_SHARE = 0.3;

const ADDRESS = /https?:\/\/\S+|www\.\S+|[\w.]+@\S+/giu;

/** A word with the marks, joiners, hyphens and apostrophes inside it: `Co-op` and `os.ai` are each one. */
const WORD = /['’]?\p{L}[\p{L}\p{M}\u200c\u0640]*(?:['’.-]\p{L}[\p{L}\p{M}]*)*/gu;

/**
 * The language of an article: Arabic, English, or another one. Text in Arabic script is Arabic unless Persian, Urdu,
 * Pashto, Kurdish … speak from its letters and words; text in Latin script is English unless another language does. The
 * script is the one of most words, where names and product names in Latin script leave an Arabic headline Arabic. Text
 * without letters is `other`. Deterministic.
 */
export function detectLanguage(title: string, text: string): Language {
  const read = `${title.slice(0, READ_CHARACTERS)}\n${text.slice(0, READ_CHARACTERS)}`.replace(
    ADDRESS,
    ' ',
  );
  const { arabic, latin, beginsArabic, knownLetters, letters } = sortByScript(read);
  if (letters < 2 || knownLetters * 2 < letters) return 'other';
  if (isInArabicScript(arabic.length, latin, beginsArabic))
    return isArabicProse(arabic) ? 'ar' : 'other';
  return isEnglishProse(latin) ? 'en' : 'other';
}

function sortByScript(text: string) {
  const arabic: string[] = [];
  const latin: string[] = [];
  let letters = 0;
  let unknownLetters = 0;
  let beginsArabic = false;
  for (const [word] of text.matchAll(WORD)) {
    letters += word.length;
    const code = word.charCodeAt(/^['’]/u.test(word) ? 1 : 0);
    if (letters === word.length) beginsArabic = isArabicLetter(code);
    if (isArabicLetter(code)) arabic.push(word);
    else if (isLatinLetter(code)) latin.push(word);
    else unknownLetters += word.length;
  }
  return { arabic, latin, beginsArabic, letters, knownLetters: letters - unknownLetters };
}

function isArabicLetter(code: number): boolean {
  return (
    (code >= 0x600 && code <= 0x77f) ||
    (code >= 0x8a0 && code <= 0x8ff) ||
    (code >= 0xfb50 && code <= 0xfefc)
  );
}

function isLatinLetter(code: number): boolean {
  return code < 0x250 || (code >= 0x1e00 && code <= 0x1eff);
}

function isInArabicScript(arabicWords: number, latin: string[], beginsArabic: boolean): boolean {
  if (arabicWords === 0) return false;
  if (arabicWords >= latin.length) return true;
  // A Latin line has words of its own in lower case; `Microsoft Exchange Server` in an Arabic headline has none.
  const prose = latin.filter((word) => word.length > 1 && /^\p{Ll}+$/u.test(word)).length;
  const share = arabicWords / (arabicWords + latin.length);
  return prose < arabicWords && (beginsArabic || share >= ARABIC_SHARE);
}
