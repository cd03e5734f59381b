import type { ArticleText } from '../domain/article.ts';

const SYLLABLES = {
  en: 'ba de ki lo mu ran ste vor ter pli con ex ing tion al'.split(' '),
  ar: 'با دي كو لا مر ستي فو تر قل خن عم شا يح زو ضب'.split(' '),
};
const WORDS_IN_SENTENCE = 14;
const SYLLABLES_IN_WORD = 3;

/**
 * Articles of at least `tokens` word pieces in turn English and Arabic, from words that no cache has seen: for measuring speed, where
 * what the words mean makes no difference.
 */
export function inventArticles(count: number, tokens: number): ArticleText[] {
  return Array.from({ length: count }, (_, article) => {
    const syllables = article % 2 === 0 ? SYLLABLES.en : SYLLABLES.ar;
    const sentence = (number: number) =>
      Array.from({ length: WORDS_IN_SENTENCE }, (_word, word) =>
        inventWord(syllables, article * 7919 + number * 131 + word * 17),
      ).join(' ');
    const sentences = Math.ceil(tokens / WORDS_IN_SENTENCE);
    return {
      title: sentence(0),
      text: Array.from({ length: sentences }, (_sentence, i) => `${sentence(i + 1)}.`).join('\n'),
    };
  });
}

function inventWord(syllables: string[], seed: number): string {
  let word = '';
  let rest = seed;
  for (let i = 0; i < SYLLABLES_IN_WORD; i++) {
    word += syllables[rest % syllables.length] ?? '';
    rest = Math.floor(rest / syllables.length) + i;
  }
  return word;
}
