import type { Entity } from '../domain/entity.ts';
import type { StoryArticle } from '../domain/story.ts';
import { prepareForModel } from '../language/normalise-arabic.ts';
import { foldedWords } from '../models/folded-words.ts';
import { rarityOf } from './word-rarity.ts';

/** Characters of the text in which names are looked for: who it is about is said early. */
const OPENING = 700;
/** A word that more than one article in ninety has tells nobody apart, capital or not. */
const COMMON = 4.5;
const WEIGHTLESS = COMMON - 1;
/** A title with more of its longer words in capitals than this is written so throughout: its capitals say nothing. */
const TITLE_CASE = 0.6;
const LONGER_WORD = 4;
/** The first word of a title has its capital anyway: only a quite rare one is taken for a name. */
const RARE = 6.5;

const SENTENCE_END = /(?<=[.!?:;“”"])\s+|\n+/u;
const LATIN_WORD = /[A-Za-z][\p{Script=Latin}'’&-]*/gu;
const QUOTED = /[«"“]([^»"”]{2,30})[»"”]/gu;
const ARTICLE = /^(?:وال|بال|لل|ال)(?=.{3})/u;
const CALENDAR = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october ' +
    'november december'
  ).split(' '),
);
/** Written like names in every other report, and nobody's. */
const TECHNICAL = new Set('cve cvss vpn ddos dns api iot url http https sql rce xss'.split(' '));

const known = new WeakMap<StoryArticle, Map<string, number>>();

/**
 * The words of an article's proper names, folded, each with its rarity: who and what it is about, and not who attacked, for an attacker
 * strikes many. English shows them by capitals; Arabic
 * has none, so there they are what the tagger and the lists found, what stands in quotation marks, and what is written in Latin letters.
 * @param idf the bytes of `idf.bin`
 */
export function properNames(article: StoryArticle, idf: Uint8Array): Map<string, number> {
  const before = known.get(article);
  if (before) return before;
  const opening = article.opening.slice(0, OPENING);
  const found =
    article.language === 'ar'
      ? arabicNames(article, opening)
      : [...capitalised(opening), ...titleNames(article.title, idf)];
  const { actors, malware } = article.entities;
  const attackers = new Set([...actors, ...malware].flatMap(wordsOf));
  const names = new Map<string, number>();
  for (const word of found.flatMap((name) => foldedWords(prepareForModel(name)))) {
    const rarity = rarityOf(word, idf);
    const isNobody = CALENDAR.has(word) || TECHNICAL.has(word) || attackers.has(word);
    if (word.length < 2 || /^\d/u.test(word) || rarity <= COMMON || isNobody) continue;
    names.set(word.replace(ARTICLE, ''), rarity - WEIGHTLESS);
  }
  known.set(article, names);
  return names;
}

function formsOf({ name, mentions }: Entity): string[] {
  return [name, ...mentions];
}

function wordsOf(entity: Entity): string[] {
  return formsOf(entity).flatMap((form) => foldedWords(prepareForModel(form)));
}

function arabicNames({ title, entities }: StoryArticle, opening: string): string[] {
  const tagged = [...entities.organisations, ...entities.products].flatMap(formsOf);
  const quoted = [title, opening].flatMap((text) =>
    [...text.matchAll(QUOTED)].map(([, words]) => words ?? ''),
  );
  return [...tagged, ...quoted, ...(`${title} ${opening}`.match(LATIN_WORD) ?? [])];
}

/** Words with a capital where a sentence does not ask for one. */
function capitalised(text: string): string[] {
  return text.split(SENTENCE_END).flatMap((sentence) => {
    const words = (sentence.match(LATIN_WORD) ?? []).map(withoutGenitive);
    return words.filter(
      (word, i) => (i > 0 && /^[A-Z]/u.test(word)) || /^[A-Z]{2,}$|[a-z][A-Z]/u.test(word),
    );
  });
}

function titleNames(title: string, idf: Uint8Array): string[] {
  const [first = '', ...rest] = title.match(LATIN_WORD) ?? [];
  const longer = rest.filter((word) => word.length >= LONGER_WORD);
  const capitals = longer.filter((word) => /^[A-Z]/u.test(word)).length;
  if (longer.length > 0 && capitals / longer.length > TITLE_CASE) return [];
  const own = withoutGenitive(first);
  const isName = foldedWords(own).some((word) => rarityOf(word, idf) > RARE);
  return [...capitalised(title), ...(isName ? [own] : [])];
}

function withoutGenitive(word: string): string {
  return word.replace(/['’]s$/u, '');
}
