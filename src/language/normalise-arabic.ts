// Python's idea of white space, which the training side uses: JavaScript's \s with the separators U+001C–U+001F and U+0085.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the separators are white space to the model's tokeniser
const WHITE_SPACE = /[\s\u001c-\u001f\u0085]+/gu;

/** Diacritics, tatweel, bidi controls and zero-width characters that docs/model-contract.md says are removed. */
const UNREAD_BY_MODEL =
  /[\u064b-\u0652\u0670\u0640\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\ufeff]/gu;

/** Rarer marks that make no difference to a match: Koranic signs, hamza and madda written as combining marks, joiners. */
const UNREAD_IN_MATCHING = /[\u0610-\u061a\u0653-\u065f\u06d6-\u06ed\u061c\u200c\u2060]|\u200d/gu;

const FOLDED: Record<string, string> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ة: 'ه',
  ک: 'ك',
};

const FOLDABLE = /[أإآٱىیئؤةک]/gu;
const EASTERN_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/gu;

/**
 * Text as the encoder reads it: NFKC, without diacritics, tatweel, bidi controls and zero-width characters; every run of
 * white space is one space; trimmed. The same as `prepare` on the training side (docs/model-contract.md, "Input").
 */
export function prepareForModel(text: string): string {
  return text
    .normalize('NFKC')
    .replace(UNREAD_BY_MODEL, '')
    .replace(WHITE_SPACE, ' ')
    .replace(/^ | $/gu, '');
}

/**
 * One form for all spellings of a word, so that texts can be compared; never shown to a reader. On top of
 * `prepareForModel`: lower case, alef and hamza seats made bare, ya and alef maqsura one, ta marbuta as ha, Persian kaf
 * and ya as the Arabic ones, Arabic-Indic and Persian digits as 0–9. Applying it twice changes nothing.
 */
export function normaliseForMatching(text: string): string {
  return prepareForModel(text)
    .replace(UNREAD_IN_MATCHING, '')
    .toLowerCase()
    .replace(FOLDABLE, (letter) => FOLDED[letter] ?? letter)
    .replace(EASTERN_DIGIT, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .normalize('NFKC');
}
