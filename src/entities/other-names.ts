import { WORD } from './name-pattern.ts';

const CLOSE = '["”’»]?';
const ANY = '["“‘«]?(?<name>[^()"“”‘’»«،,;؛\\n]{2,40}?)["”’»]?';
const LATIN = `["“‘«]?(?<name>(?:${WORD})(?: (?:${WORD})){0,2})`;
/** What ties a second name of the same thing to the first, right after it. */
const LINKS = [
  // "س" (X), Some Agency (SA)
  `^${CLOSE} ?\\((?:aka |a\\.k\\.a\\. |also known as |formerly |أو )?${ANY}[)،,;]`,
  `^${CLOSE},? (?:aka|a\\.k\\.a\\.) ${LATIN}`,
  `^${CLOSE},? (?:is |was )?(?:also |better |formerly |previously )(?:known|tracked|called|referred to)(?: (?:as|the)){0,2} ${LATIN}`,
  `^${CLOSE}،? (?:المعروفة?|معروفة?|تعرف|يعرف) (?:أيضا|أيضًا|كذلك) ب?اسم ["“‘«]${ANY}["”’»]`,
  `^[)"»”] أو [("«“]${ANY}[)"»”]`,
].map((link) => new RegExp(link, 'u'));
/** "س" X: the Latin spelling right after the Arabic one. */
const OTHER_SCRIPT = new RegExp(`^${CLOSE} ${LATIN}`, 'u');
const ARABIC_END = /\p{Script=Arabic}$/u;
const LETTER = /[\p{L}\p{N}]/u;
/** So far after the first name the second has ended. */
const READ_AFTER = 90;

/** Under which other names a text gives what it calls `mention`: its abbreviation in brackets, its spelling in the other script, `also known as X`. */
export function otherNamesOf(text: string, mention: string): string[] {
  const links = ARABIC_END.test(mention) ? [...LINKS, OTHER_SCRIPT] : LINKS;
  return endsOf(text, mention)
    .flatMap((end) => {
      const after = text.slice(end, end + READ_AFTER);
      return links.map((link) => link.exec(after)?.groups?.name?.trim() ?? '');
    })
    .filter((name) => name.length >= 2 && LETTER.test(name));
}

function endsOf(text: string, mention: string): number[] {
  const ends: number[] = [];
  for (let at = text.indexOf(mention); at >= 0; at = text.indexOf(mention, at + mention.length)) {
    ends.push(at + mention.length);
  }
  return ends;
}
