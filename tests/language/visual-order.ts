import bidiFactory from 'bidi-js';

interface Bidi {
  getEmbeddingLevels(text: string, direction: 'rtl' | 'ltr'): object;
  getReorderedIndices(text: string, levels: object): number[];
}

// The package's types describe an ES module, and what Node loads is CommonJS.
const bidi = (bidiFactory as unknown as () => Bidi)();
const INVISIBLE = /[\u200e\u200f\u2066-\u2069]/u;

/** The characters of a line from left to right as a screen shows them, by the Unicode bidirectional algorithm. */
export function visualOrder(line: string, direction: 'rtl' | 'ltr'): string {
  const levels = bidi.getEmbeddingLevels(line, direction);
  return bidi
    .getReorderedIndices(line, levels)
    .map((index) => line[index] ?? '')
    .filter((character) => !INVISIBLE.test(character))
    .join('');
}
