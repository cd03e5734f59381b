import { saysThatItAttacks } from './attack-evidence.ts';
import type { TextWord } from './find-names.ts';

const WORDS_BEFORE = 10;
const WORDS_AFTER = 6;
const SENTENCE_END = /[.!?؟\n](?:\s|["”»]|$)/u;

/** @returns whether the words around some words of the text (half-open), within their sentence, say that these attack */
export function createAttackReader(
  text: string,
  words: TextWord[],
): (range: { firstWord: number; endWord: number }) => boolean {
  let sentences: number[] | null = null;
  return ({ firstWord, endWord }) => {
    sentences ??= sentencesOf(text, words);
    const sentence = sentences[firstWord];
    const part = (start: number, end: number) =>
      words
        .slice(start, end)
        .filter((_word, i) => sentences?.[start + i] === sentence)
        .map(({ form }) => form)
        .join(' ');
    return saysThatItAttacks(
      part(Math.max(0, firstWord - WORDS_BEFORE), firstWord),
      part(endWord, endWord + WORDS_AFTER),
    );
  };
}

/** The number of the sentence of each word. */
function sentencesOf(text: string, words: TextWord[]): number[] {
  let sentence = 0;
  let end = 0;
  return words.map(({ raw, offset }) => {
    if (SENTENCE_END.test(text.slice(end, offset))) sentence += 1;
    end = offset + raw.length;
    return sentence;
  });
}
