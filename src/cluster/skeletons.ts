/**
 * The consonants of a word in one alphabet for both scripts, so that `Harrods` and هارودز meet (training/README.md, "Stories"; the parity test holds
 * both sides to the same ones).
 */

const LATIN_PAIRS: Record<string, string> = {
  sh: 'x',
  ch: 'x',
  ph: 'f',
  th: 't',
  gh: 'g',
  kh: 'k',
  ck: 'k',
  wh: 'w',
  qu: 'k',
};
const LATIN: Record<string, string> = { p: 'b', c: 'k', q: 'k', z: 's', j: 'g', v: 'f', x: 'ks' };
const ARABIC: Record<string, string> = {
  ب: 'b',
  پ: 'b',
  ت: 't',
  ط: 't',
  ث: 't',
  د: 'd',
  ض: 'd',
  ذ: 'd',
  ظ: 'd',
  س: 's',
  ص: 's',
  ز: 's',
  ش: 'x',
  ق: 'k',
  ك: 'k',
  ک: 'k',
  خ: 'k',
  گ: 'g',
  ج: 'g',
  غ: 'g',
  چ: 'x',
  ف: 'f',
  ڤ: 'f',
  م: 'm',
  ن: 'n',
  ل: 'l',
  ر: 'r',
  ح: 'h',
  ه: 'h',
};
const PREFIXES = ['وال', 'بال', 'كال', 'فال', 'لل', 'ال', 'و', 'ب', 'ل', 'ف', 'ك'];
const SHORTEST = 3;

/** The skeletons of a folded word: of an Arabic one also without each particle that may be written with it. */
export function skeletonsOf(word: string): Set<string> {
  if (/^\p{Nd}+$/u.test(word)) return new Set(word.length >= 2 ? [word] : []);
  const found = /[\u0600-\u06ff]/u.test(word)
    ? [word, ...withoutPrefixes(word)].map(arabicSkeleton)
    : /^[a-z]+$/u.test(word)
      ? [latinSkeleton(word)]
      : [];
  return new Set(found.filter((skeleton) => skeleton.length >= SHORTEST));
}

function withoutPrefixes(word: string): string[] {
  return PREFIXES.filter(
    (prefix) => word.startsWith(prefix) && word.length - prefix.length >= SHORTEST,
  ).map((prefix) => word.slice(prefix.length));
}

function arabicSkeleton(word: string): string {
  const letters = Array.from(word.replaceAll('تش', 'ش'), (letter) => ARABIC[letter] ?? '');
  return (/^[اأإآعي]/u.test(word) ? 'a' : '') + letters.join('');
}

function latinSkeleton(word: string): string {
  let found = /^[aeiou]/u.test(word) ? 'a' : '';
  let previous = '';
  let at = 0;
  while (at < word.length) {
    const pair = LATIN_PAIRS[word.slice(at, at + 2)];
    const letter = pair === undefined ? singleLetter(word, at) : '';
    if (pair !== undefined) found += pair;
    else if (!/[aeiouyw]/u.test(letter) && letter !== previous) found += LATIN[letter] ?? letter;
    previous = letter;
    at += pair === undefined ? 1 : 2;
  }
  return found;
}

/** A soft c is an s. */
function singleLetter(word: string, at: number): string {
  const letter = word[at] ?? '';
  return letter === 'c' && /[eiy]/u.test(word[at + 1] ?? '') ? 's' : letter;
}
