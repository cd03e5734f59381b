import { ENGLISH_WORDS, NAME_PARTICLES, OTHER_WORDS, SHARED_ENGLISH_WORDS } from './latin-words.ts';

/** Letters of words that English has borrowed with their accents on. */
const LOANWORD =
  /^(?:caf[ée]s?|na[ïi]ve|fa[çc]ades?|clich[ée]s?|d[ée]j[àa]|[ée]lite|prot[ée]g[ée]e?s?|r[ée]sum[ée]s?|fianc[ée]e?s?|expos[ée]s?|jalape[ñn]os?|pi[ñn]ata|attach[ée]s?|se[ñn]or|ma[ñn]ana|crêpes?|voil[àa]|d[ée]cor|sauté|soir[ée]e|touch[ée]|blas[ée]|coup d’état|état)$/u;

/** Endings that English words do not have. */
const FOREIGN_ENDING =
  /(?:ci[oó]n|ciones|ungen|igung|erung|keit|heit|schaft|lich|licher|zione|zioni|aggio|amente|mente|ç[aã]o|ções|dades?|idad|euses?|eaux|lerin|ların|lar[ıi]|leri|nya|ość|skie|skich|owych|ých|ého|ště|heden|lijke?|elser?|iteit|isch|ische[nr]?)$/u;

/** Letters of one or few languages that names in English news seldom carry. */
const TELLING_LETTER = /[ßğışżźśćłąęěřůőűțșăđơưạảấầẩậắằặẹẻẽếềểệỉịọỏốồổộớờởợụủứừửựỳỵỷỹ¿¡]/u;

/**
 * Whether words in Latin script are English. English is taken for granted, so that a headline of names and jargon stays
 * English; another language has to show itself by its words, endings or letters, and by more than English shows.
 */
export function isEnglishProse(wordsRead: readonly string[]): boolean {
  let english = 0;
  let other = 0;
  for (const written of wordsRead) {
    const word = written.toLowerCase().replace(/['’]s?$/u, '');
    if (ENGLISH_WORDS.has(word)) english += 1;
    else if (SHARED_ENGLISH_WORDS.has(word)) english += 0.5;
    else other += foreignness(written, word);
  }
  return other < ENOUGH || other <= english * ENGLISH_MARGIN;
}

/** One plainly foreign word, or two that look like it, in a line that shows nothing English. */
const ENOUGH = 0.6;

/** Foreign words in an English text are quotations and names: there must be this many of them to each English one. */
const ENGLISH_MARGIN = 0.8;

function foreignness(written: string, word: string): number {
  const isCapitalised = written.charAt(0) !== word.charAt(0);
  const isAcronym = written.length > 1 && written === written.toUpperCase();
  if (isAcronym) return 0;
  if (NAME_PARTICLES.has(word)) return isCapitalised ? 0.2 : 0.35;
  if (OTHER_WORDS.has(word)) return isCapitalised ? 0.7 : 1;
  const elided = /^(?:[ldjcnsmt]|qu|dell|all|nell|sull|un)['’](\p{Ll}{3,})/u.exec(written);
  if (elided) return 0.9;
  return spelling(word, isCapitalised);
}

function spelling(word: string, isCapitalised: boolean): number {
  const weight = isCapitalised ? 0.35 : 1;
  if (TELLING_LETTER.test(word)) return 0.9 * weight;
  if (/[^a-z'’.-]/u.test(word) && !LOANWORD.test(word)) return 0.7 * weight;
  if (word.length >= 6 && FOREIGN_ENDING.test(word)) return 0.6 * weight;
  return 0;
}
