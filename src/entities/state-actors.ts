import { OF_COMPUTERS } from './attack-evidence.ts';
import type { TextWord } from './find-names.ts';
import { STATES } from './names/states.ts';
import { createAttackReader } from './read-attack.ts';

/** A state or its government in a text: word positions, half-open. */
interface StateMention {
  state: string;
  mention: string;
  firstWord: number;
  endWord: number;
}

/** Words of which the first `cut` characters are no part of the name. */
interface StateName extends Omit<StateMention, 'mention'> {
  isPeople: boolean;
  cut: number;
}

const CLITIC = /^[وفبلك]{1,2}(?=\p{Script=Arabic}{3})/u;
/** The article of what is of a state: الروسية. After ل it has no alef: للروس. */
const ARTICLE = /^(?:[وفبلك]{0,2}ال|لل)(?=\p{Script=Arabic}{3})/u;
/** `the Iranian government`, الحكومة الإيرانية: the state itself. */
const GOVERNMENT = /^(?:government|regime|state|authorities)$/u;
const ARABIC_GOVERNMENT =
  /^([وفبلك]{0,2}(?=ال|[حند])|[وف]?(?=لل))(?:ال|لل)?(?:حكومه|نظام|دوله|سلطات)$/u;

const MAY_BE_PREFIXED = /^[وفبلكا]/u;

/** The states that a text names as attackers, with every mention of each as a state. */
export function findStateActors(
  text: string,
  ofText: TextWord[],
): { name: string; mention: string }[] {
  if (!OF_COMPUTERS.test(text)) return [];
  const words = ofText.flatMap(partsOfCompound);
  const mentions = findStates(text, words);
  const attackers = new Set(
    mentions.filter(createAttackReader(text, words)).map(({ state }) => state),
  );
  return mentions
    .filter(({ state }) => attackers.has(state))
    .map(({ state, mention }) => ({ name: state, mention }));
}

/** `Russia-linked` says what `linked to Russia` says. */
function partsOfCompound(word: TextWord): TextWord[] {
  if (!/[-–]/u.test(word.raw) || word.raw.length !== word.form.length) return [word];
  return Array.from(word.raw.matchAll(/[^-–]+/gu), ({ 0: raw, index }) => ({
    raw,
    offset: word.offset + index,
    form: word.form.slice(index, index + raw.length),
  }));
}

function findStates(text: string, words: TextWord[]): StateMention[] {
  const found: StateMention[] = [];
  for (let i = 0; i < words.length; i++) {
    const named = nameAt(words, i);
    const range = named && (named.isPeople ? governmentOf(named, words) : named);
    if (!range) continue;
    const { state, firstWord, endWord } = range;
    found.push({ state, firstWord, endWord, mention: rawOf(text, words, range) });
    i = endWord - 1;
  }
  return found;
}

/** `Iranian government`, الحكومة الإيرانية; null where something else of that state is named. */
function governmentOf(people: StateName, words: TextWord[]): StateName | null {
  const { firstWord, endWord } = people;
  const before = ARABIC_GOVERNMENT.exec(words[firstWord - 1]?.form ?? '');
  if (before) return { ...people, firstWord: firstWord - 1, cut: before[1]?.length ?? 0 };
  const isEnglish = GOVERNMENT.test(words[endWord]?.form ?? '');
  return isEnglish ? { ...people, endWord: endWord + 1 } : null;
}

interface Form {
  state: string;
  isPeople: boolean;
  /** Of a name of two words. */
  second: string | undefined;
}

/** Forms by their first word, those of two words first. */
const FORMS = new Map<string, Form[]>();
for (const { name: state, country, people } of STATES) {
  for (const form of [...country, ...people]) {
    const [first = '', second] = form.split(' ');
    const others = FORMS.get(first) ?? [];
    const added = { state, isPeople: people.includes(form), second };
    FORMS.set(first, second ? [added, ...others] : [...others, added]);
  }
}

/** A form of one or two words that begins at a word; `cut` characters before it are a conjunction or preposition. */
function nameAt(words: TextWord[], i: number): StateName | null {
  for (const { form, cut } of variantsOf(words[i]?.form ?? '')) {
    const candidates = FORMS.get(form);
    if (!candidates) continue;
    const next = words[i + 1]?.form ?? '';
    const fitting = candidates.find(
      ({ second }) =>
        second === undefined || second === next || second === next.replace(ARTICLE, ''),
    );
    if (!fitting) continue;
    const endWord = i + (fitting.second === undefined ? 1 : 2);
    return { state: fitting.state, isPeople: fitting.isPeople, firstWord: i, endWord, cut };
  }
  return null;
}

function variantsOf(form: string): { form: string; cut: number }[] {
  const variants = [{ form, cut: 0 }];
  if (!MAY_BE_PREFIXED.test(form)) return variants;
  const clitic = CLITIC.exec(form)?.[0].length ?? 0;
  if (clitic > 0) variants.push({ form: form.slice(clitic), cut: clitic });
  const article = ARTICLE.exec(form)?.[0].length ?? 0;
  if (article > 0) variants.push({ form: form.slice(article), cut: Math.max(0, article - 2) });
  // `للصين` is `الصين` after ل.
  if (/^[وف]?لل/u.test(form)) variants.push({ form: form.replace(/^[وف]?لل/u, 'ال'), cut: 0 });
  return variants;
}

function rawOf(text: string, words: TextWord[], range: StateName): string {
  const first = words[range.firstWord];
  const last = words[range.endWord - 1];
  if (!first || !last) return '';
  // Diacritics make the written word longer than its form: then nothing can be cut by counting.
  const cut = first.raw.length === first.form.length ? range.cut : 0;
  return text.slice(first.offset + cut, last.offset + last.raw.length);
}
