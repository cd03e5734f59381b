/** Titles and short forms after which a sentence goes on whatever follows. */
const NEVER_LAST = new Set(
  (
    'mr mrs ms dr prof st gen sen rep gov lt col sgt capt cmdr adm rev hon pres messrs no nos vs viz fig figs vol pp ' +
    'approx dept est e.g i.e cf al jan feb mar apr jun jul aug sep sept oct nov dec'
  ).split(' '),
);

/** Short forms that may also end a sentence: one ends there only when the next word plainly begins another. */
const MAY_BE_LAST = new Set(
  'inc ltd co corp llc jr sr bros etc a.m p.m u.s u.k u.n u.s.a d.c e.u ph.d'.split(' '),
);

const SENTENCE_STARTERS = new Set(
  (
    'the a an in on at it its this that these those he she they we i you but and however when while after before as if for ' +
    'with according last meanwhile since his her their there some many most one two both no not what who how why'
  ).split(' '),
);

/** د. أ. م. أ.د. ق.م. and the like, also after و or لـ. */
const ARABIC_TITLE = /^(?:[ولبف]?[دأامصتق]|هـ|(?:\p{Script=Arabic}\.)+\p{Script=Arabic})$/u;

/** Some feeds part numbers at their marks: `fell 2. 9%`, `£1. 5bn`. */
const REST_OF_NUMBER =
  /^\d{1,2}(?:%|\s?(?:per ?cent|m|bn|million|billion|trillion|في المئة|في المائة|مليون|مليار)(?![\p{L}\p{N}]))/u;

/** Terminal marks, then closing quotes or brackets, then white space. The Arabic semicolon joins clauses and ends nothing. */
const CANDIDATE = /(?<![.!?؟۔…])([.!?؟۔…]+)(["'»”’)\]]*)\s+/gu;

/**
 * Sentences of Arabic or English text, in order, white space made one space, none empty. Joined by one space they are the
 * white-space-normalised text. A line break is a paragraph and always ends a sentence. Dots of abbreviations (U.S., Mr.,
 * د.), initials and list numbers end none; those inside numbers, versions and addresses never do, since no space follows.
 */
export function splitSentences(text: string): string[] {
  return text.split(/[\n\r\u2028\u2029]+/u).flatMap((line) => splitParagraph(line));
}

function splitParagraph(line: string): string[] {
  const paragraph = line.replace(/\s+/gu, ' ').trim();
  const sentences: string[] = [];
  let start = 0;
  for (const match of paragraph.matchAll(CANDIDATE)) {
    const end = match.index + match[0].length;
    const before = paragraph.slice(start, match.index);
    if (!endsSentence(before, match[1] ?? '', match[2] ?? '', paragraph.slice(end, end + 40))) {
      continue;
    }
    sentences.push(paragraph.slice(start, end).trimEnd());
    start = end;
  }
  if (start < paragraph.length) sentences.push(paragraph.slice(start));
  return sentences;
}

function endsSentence(before: string, marks: string, closers: string, after: string): boolean {
  if (/^["'«“‘([]*\p{Ll}/u.test(after)) return false;
  // Arabic newspapers write two dots for a dash.
  if (marks === '..') return false;
  if (marks !== '.' || closers !== '') return true;
  if (/(?<![\p{L}\p{N}])\d{1,3}$/u.test(before) && REST_OF_NUMBER.test(after)) return false;
  const word = /[^\s"'«»“”‘’()[\],،:;؛/–—-]*$/u.exec(before)?.[0] ?? '';
  return !isAbbreviation(word, before.length === word.length, after);
}

function isAbbreviation(word: string, isFirst: boolean, after: string): boolean {
  const form = word.toLowerCase();
  if (NEVER_LAST.has(form)) return form !== 'no' || /^\d/u.test(after);
  if (isFirst && /^\d{1,3}$/u.test(word)) return true;
  if (ARABIC_TITLE.test(word)) return true;
  const isInitial = /^(?:\p{Lu}\.)*\p{Lu}$/u.test(word);
  if (!isInitial && !MAY_BE_LAST.has(form)) return false;
  const next = /^["'«“‘([]*([\p{L}’']+)/u.exec(after)?.[1] ?? '';
  if (/^\p{Script=Arabic}/u.test(next)) return isInitial && word.length === 1;
  return next !== '' && !SENTENCE_STARTERS.has(next.toLowerCase());
}
