const FOLDED: Record<string, string> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ؤ: 'و',
  ئ: 'ي',
};

/**
 * The folded words of a prepared text, as training/README.md defines them: what the n-gram model, the word weights (`idf.bin`) and
 * ROUGE were computed over. `normaliseForMatching` folds more, and would meet other buckets.
 * @param prepared by `prepareForModel`
 */
export function foldedWords(prepared: string): string[] {
  const folded = prepared
    .toLowerCase()
    .replace(/[أإآٱىةؤئ]/gu, (letter) => FOLDED[letter] ?? letter);
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const FNV_OFFSET = 2_166_136_261;
const FNV_PRIME = 16_777_619;

/** FNV-1a, one step for each UTF-16 unit, going on from `hash`. */
export function hashUnits(text: string, hash: number = FNV_OFFSET): number {
  let value = hash;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), FNV_PRIME) >>> 0;
  }
  return value;
}

/** The first `count` code points, without copying the rest of a long text. */
export function firstCodePoints(text: string, count: number): string {
  return Array.from(text.slice(0, count * 2))
    .slice(0, count)
    .join('');
}
