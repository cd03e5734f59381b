import { normaliseForMatching } from '../language/normalise-arabic.ts';
import type { KnownName } from './names/parse-names.ts';

/** A known name in a text: word positions (half-open) and the words as written, without an Arabic clitic before the first. */
export interface FoundName {
  kind: ListKind;
  name: string;
  mention: string;
  firstWord: number;
  endWord: number;
}

export type NameKind = 'actors' | 'organisations' | 'products' | 'malware';
/** What a list holds: also brands (a gang and its ransomware), services of states, and platforms (a product and its company). The text decides what they are in it. */
export type ListKind = NameKind | 'brands' | 'services' | 'platforms';

/** A word of a text as written, where it begins, and in the form that is compared. */
export interface TextWord {
  raw: string;
  offset: number;
  form: string;
}

interface Alias {
  kind: ListKind;
  name: string;
  forms: string[];
  /** As the list writes it: capitals matter for short Latin names. */
  written: string;
  needsContext: boolean;
}

/** Letters and digits, with the signs that join the parts of a name: AT&T, Storm-0558, Node.js, M&S, Google+. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:[&.'’_$-]+[\p{L}\p{N}\p{M}]+)*[+$]?/gu;
const POSSESSIVE = /['’]s$/u;
/** Conjunctions, prepositions and the article, written together with an Arabic name: وبمايكروسوفت, للكرملين. */
const CLITIC = /^(?:[وف]?(?:[بكل]?ال|لل|[بكل])|[وف])(?=\p{Script=Arabic}{3})/u;
const ARTICLE = /^ال(?=\p{Script=Arabic}{3})/u;
const ARABIC = /^\p{Script=Arabic}/u;

/** The name of a program with the letters of its variant, or of anyone with what ties another to them. */
const VARIANT =
  /^(\p{Lu}[\p{L}\p{N}]{2,})(?:[.-]\p{Lu}{1,3}|-(?:linked|based|backed|affiliated|infected|related|owned|led|run))$/u;

/** What stands near a name that is also an ordinary word. Forms as `normaliseForMatching` gives them. */
const GROUP_WORDS =
  'group|gang|hackers?|hacking|hacktivists?|collective|apt|actors?|threat|team|crew|(?:ال)?(?:مجموعه|قراصنه|عصابه|هاكرز|جماعه)';
const PROGRAM_WORDS =
  'ransomware|malware|trojan|virus|worm|spyware|botnet|gang|stealer|infostealer|backdoor|wiper|rootkit|hackers?|(?:ب|ل)?(?:ال)?(?:فدي[هو]|خبيثه?|فيروس|برنامج|برمجي(?:ه|ات)|تجسس|طروا?د[هي]|دوده|ديدان|عصابه|فيروسات)';
const CONTEXT: Record<ListKind, RegExp> = {
  actors: new RegExp(`^(?:${GROUP_WORDS})$`, 'u'),
  malware: new RegExp(`^(?:${PROGRAM_WORDS})$`, 'u'),
  brands: new RegExp(`^(?:${GROUP_WORDS}|${PROGRAM_WORDS})$`, 'u'),
  services: /^(?:service|agency|intelligence)$/u,
  platforms: /^(?:app|messenger|messaging|calls?|meetings?|users?|(?:ال)?(?:تطبيق|منصه|موقع))$/u,
  organisations:
    /^(?:inc|corp|company|giant|shares|maker|ceo|platforms?|spokes(?:man|woman|person)|lawmakers|us|facebook|network|payments?|banks?|bank)$/u,
  products: /^(?:app|browser|software|user|users)$/u,
};
const CONTEXT_WORDS = 3;

/** Cuts a text into words; `form` is what names are compared by. */
export function wordsOf(text: string): TextWord[] {
  return Array.from(text.matchAll(WORD), (match) => {
    const raw = match[0].replace(POSSESSIVE, '');
    return { raw, offset: match.index, form: formOf(raw) };
  });
}

/** Words come again and again: their forms are kept, and forgotten together when they are many. */
const KEPT_FORMS = 50_000;
const LONGEST_KEPT = 40;
let forms = new Map<string, string>();

function formOf(raw: string): string {
  const known = forms.get(raw);
  if (known !== undefined) return known;
  const form = normaliseForMatching(raw);
  if (forms.size >= KEPT_FORMS) forms = new Map();
  if (raw.length <= LONGEST_KEPT) forms.set(raw, form);
  return form;
}

export type NameFinder = ReturnType<typeof createNameFinder>;

/** Builds the lookup over lists of names; the longest alias wins, then the earlier list. */
export function createNameFinder(lists: { kind: ListKind; names: KnownName[] }[]) {
  const byFirst = indexAliases(lists);

  const aliasAt = (
    words: TextWord[],
    start: number,
    isSure: boolean,
  ): { alias: Alias; clitic: number } | null => {
    const word = words[start];
    if (!word) return null;
    for (const form of formsOf(word.form)) {
      const alias = byFirst.get(form)?.find((candidate) => fits(candidate, words, start, isSure));
      if (alias) return { alias, clitic: word.form.length - form.length };
    }
    return variantAt(words, start, isSure);
  };

  /** `Netsky-P`, `Sober.I`, `Mirai-based`: the name before the dash. */
  const variantAt = (words: TextWord[], start: number, isSure: boolean) => {
    const word = words[start];
    const base = word && VARIANT.exec(word.raw)?.[1];
    if (!word || !base) return null;
    const name = { ...word, raw: base, form: word.form.slice(0, base.length) };
    const candidates = byFirst.get(name.form)?.filter(({ forms }) => forms.length === 1) ?? [];
    if (candidates.length === 0) return null;
    const there = words.with(start, name);
    const alias = candidates.find((candidate) => fits(candidate, there, start, isSure));
    return alias ? { alias, clitic: 0 } : null;
  };

  /**
   * All names in a text, in order; none overlap.
   * @param isSure it is known that the text is a name: ordinary words count without a word beside them that says so
   */
  return (text: string, words: TextWord[] = wordsOf(text), isSure = false): FoundName[] => {
    const found: FoundName[] = [];
    for (let start = 0; start < words.length; start++) {
      const match = aliasAt(words, start, isSure);
      if (!match) continue;
      const endWord = start + match.alias.forms.length;
      const mention = mentionOf(text, words, start, endWord, match.clitic);
      found.push({
        kind: match.alias.kind,
        name: match.alias.name,
        mention,
        firstWord: start,
        endWord,
      });
      start = endWord - 1;
    }
    return found;
  };
}

/** Aliases by their first word, the longest first. */
function indexAliases(lists: { kind: ListKind; names: KnownName[] }[]): Map<string, Alias[]> {
  const all = lists.flatMap(({ kind, names }) =>
    names.flatMap(({ name, aliases }) =>
      aliases.map(({ text, needsContext }) => {
        const forms = wordsOf(text).map((word) => word.form);
        return { kind, name, forms, written: text, needsContext };
      }),
    ),
  );
  const byFirst = new Map<string, Alias[]>();
  for (const alias of all.sort((a, b) => b.forms.length - a.forms.length)) {
    const first = alias.forms[0] ?? '';
    // Many names begin with the article, which after ل is written without its alef: للكرملين.
    for (const key of new Set([first, first.replace(ARTICLE, '')])) {
      byFirst.set(key, [...(byFirst.get(key) ?? []), alias]);
    }
  }
  return byFirst;
}

/** As it stands, and without what Arabic writes before it. */
function formsOf(form: string): string[] {
  const clitic = ARABIC.test(form) ? CLITIC.exec(form) : null;
  return clitic ? [form, form.slice(clitic[0].length)] : [form];
}

function fits(alias: Alias, words: TextWord[], start: number, isSure: boolean): boolean {
  for (let i = 1; i < alias.forms.length; i++) {
    const form = words[start + i]?.form;
    if (form !== alias.forms[i]) return false;
  }
  if (!capitalsFit(alias, words.slice(start, start + alias.forms.length))) return false;
  return isSure || !alias.needsContext || hasContext(alias, words, start);
}

/** `apple` is a fruit and `it` a pronoun: a Latin name is written with a capital, and an abbreviation as listed. */
function capitalsFit(alias: Alias, words: TextWord[]): boolean {
  const first = words[0]?.raw ?? '';
  if (!/\p{Script=Latin}/u.test(first)) return true;
  if (words.length === 1 && alias.written.length <= 4 && !/\p{Ll}/u.test(alias.written)) {
    return first === alias.written;
  }
  if (words.length > 1 && /^\p{Lu}{2,4} /u.test(alias.written) && first !== first.toUpperCase()) {
    return false;
  }
  return /\p{Lu}/u.test(words.map((word) => word.raw).join('')) || !/\p{Lu}/u.test(alias.written);
}

function hasContext(alias: Alias, words: TextWord[], start: number): boolean {
  const near = nearWords(words, start, start + alias.forms.length);
  return near.some((form) => CONTEXT[alias.kind].test(form));
}

/** Whether a word for programs, such as `worm`, stands near a name of a text. */
export function isBesideProgramWord(words: TextWord[], mention: string): boolean {
  const forms = wordsOf(mention).map(({ form }) => form);
  const isAt = (start: number) => forms.every((form, i) => words[start + i]?.form === form);
  return words.some(
    (_word, start) =>
      isAt(start) &&
      nearWords(words, start, start + forms.length).some((form) => CONTEXT.malware.test(form)),
  );
}

function nearWords(words: TextWord[], start: number, end: number): string[] {
  return [
    ...words.slice(Math.max(0, start - CONTEXT_WORDS), start),
    ...words.slice(end, end + CONTEXT_WORDS),
  ].map(({ form }) => form);
}

function mentionOf(
  text: string,
  words: TextWord[],
  start: number,
  end: number,
  clitic: number,
): string {
  const first = words[start];
  const last = words[end - 1];
  if (!first || !last) return '';
  // Diacritics make the written word longer than its form: then the clitic cannot be cut by counting, and stays.
  const cut = first.raw.length === first.form.length ? clitic : 0;
  return text.slice(first.offset + cut, last.offset + last.raw.length);
}
