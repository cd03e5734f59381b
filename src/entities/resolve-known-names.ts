import { rolesOfBrands } from './brand-roles.ts';
import type { FoundName, NameFinder, NameKind, TextWord } from './find-names.ts';
import { createAttackReader } from './read-attack.ts';

/** The names of the lists in a text, those that may be two things as what they are in it. */
export function resolveKnownNames(
  text: string,
  words: TextWord[],
  findNames: NameFinder,
): { kind: NameKind; name: string; mention: string }[] {
  const known = findNames(text, words);
  const roles = rolesOfBrands(known, words);
  const attacks = createAttackReader(text, words);
  const kindsOf = (found: FoundName): readonly NameKind[] => {
    switch (found.kind) {
      case 'brands':
        return [...(roles.get(found.name) ?? [])];
      case 'platforms':
        return [isCompany(words, found) ? 'organisations' : 'products'];
      case 'services':
        return [attacks(found) || !isSpeaker(words, found) ? 'actors' : 'organisations'];
      default:
        return [found.kind];
    }
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

/** `شركة تويتر`, `Twitter said`: those who run it. */
function isCompany(words: TextWord[], { firstWord, endWord }: FoundName): boolean {
  return (
    COMPANY_BEFORE.test(words[firstWord - 1]?.form ?? '') ||
    COMPANY_AFTER.test(words[endWord]?.form ?? '')
  );
}

const COMPANY_BEFORE =
  /^(?:company|giant|owner|[وبلف]?(?:ال)?(?:شركه|شركات|شركتي|عملاق|عملاقه|اداره|باسم|متحدثه?|مسوولي|مسوولو|موظفي))$/u;
const COMPANY_AFTER =
  /^(?:inc|said|says|announced|confirmed|warned|spokes\w+|executives?|employees|shares|ceo|chief|sued|و?(?:قال|قالت|اعلن|اعلنت|تعلن|يعلن|اكد|اكدت|اوضحت|اعترفت|اعتذرت|تحظر|حظرت|يوقف|تحقق|كشفت|تكشف|تعترف|تطلق|اطلقت|تحذر|حذرت))$/u;
