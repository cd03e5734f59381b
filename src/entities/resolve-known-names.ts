import { rolesOfBrands } from './brand-roles.ts';
import type { FoundName, NameKind, TextWord } from './find-names.ts';
import { findKnownNames } from './known-names.ts';
import { createAttackReader } from './read-attack.ts';

/** The names of the lists in a text, those that may be two things as what they are in it. */
export function resolveKnownNames(
  text: string,
  words: TextWord[],
): { kind: NameKind; name: string; mention: string }[] {
  const known = findKnownNames(text, words);
  const roles = rolesOfBrands(known, words);
  const attacks = createAttackReader(text, words);
  const kindsOf = (found: FoundName): readonly NameKind[] => {
    if (found.kind === 'brands') return [...(roles.get(found.name) ?? [])];
    if (found.kind !== 'services') return [found.kind];
    return [attacks(found) || !isSpeaker(words, found) ? 'actors' : 'organisations'];
  };
  return known.flatMap((found) =>
    kindsOf(found).map((kind) => ({ kind, name: found.name, mention: found.mention })),
  );
}

/** A service that announces something is its source; else cyber news names it as the attacker. */
function isSpeaker(words: TextWord[], { firstWord, endWord }: FoundName): boolean {
  const near = [words[firstWord - 1], words[firstWord - 2], words[endWord], words[endWord + 1]];
  return near.some((word) => word && SPEAKS.test(word.form));
}

const SPEAKS =
  /^(?:said|says|announced|reported|warned|told|added|و?(?:قال|قالت|اعلن|اعلنت|ذكر|ذكرت|اكد|اكدت|اوضح|اوضحت|حذر|حذرت))$/u;
