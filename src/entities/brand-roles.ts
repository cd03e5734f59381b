import type { FoundName, TextWord } from './find-names.ts';

/** Beside the name of a ransomware, words for those who run it. Forms as `normaliseForMatching` gives them. */
const GANG =
  /^(?:gang|groups?|crew|cartel|collective|hackers?|operators?|affiliates?|members?|cybercriminals|extort\w*|claim\w*|responsibility|credit|posted|listed|threaten\w*|says|said|demand\w*|(?:ال)?(?:عصابه|مجموعه|جماعه|قراصنه|قرصنه|اعضاء)|اعلنت|تبنت|زعمت|هددت|طالبت|نشرت|مسووليتها|مسووليته)$/u;
/** Beside it, words for the program. */
const PROGRAM =
  /^(?:variants?|strains?|encryptors?|encrypt\w*|payloads?|deploy\w*|infect\w*|samples?|binary|malware|(?:ال)?(?:فيروس|برنامج|برمجيه|فديه|سلاله)|يشفر|تشفر|اصاب|اصابت)$/u;
const WORDS_BEFORE = 4;
const WORDS_AFTER = 6;

type Role = 'actors' | 'malware';

/**
 * What each brand of ransomware is in a text: the gang where it claims, extorts or is called one, the program where it encrypts or is
 * deployed, both where the text says both.
 */
export function rolesOfBrands(
  known: FoundName[],
  words: TextWord[],
): ReadonlyMap<string, ReadonlySet<Role>> {
  const roles = new Map<string, Set<Role>>();
  for (const found of known) {
    if (found.kind !== 'brands') continue;
    const told = roles.get(found.name) ?? new Set<Role>();
    for (const role of rolesHere(found, words)) told.add(role);
    roles.set(found.name, told);
  }
  for (const told of roles.values()) if (told.size === 0) told.add('malware');
  return roles;
}

function rolesHere({ firstWord, endWord }: FoundName, words: TextWord[]): Role[] {
  const before = words.slice(Math.max(0, firstWord - WORDS_BEFORE), firstWord);
  const after = words.slice(endWord, endWord + WORDS_AFTER);
  const near = [...before, ...after];
  const isGang = near.some(({ form }) => GANG.test(form));
  const isProgram =
    near.some(({ form }) => PROGRAM.test(form)) || (!isGang && after[0]?.raw === 'ransomware');
  return [...(isGang ? ['actors' as const] : []), ...(isProgram ? ['malware' as const] : [])];
}
