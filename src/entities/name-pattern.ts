/** A pattern whose group `name` is what an attacker or a program is called. */
export interface NamePattern {
  kind: 'actors' | 'malware';
  pattern: RegExp;
  /** What such a pattern ends with: where a name comes first, only the text before these is searched. */
  cue?: RegExp;
}

/** A quotation mark or bracket before a name, if any. */
export const OPEN = '["“‘«\'(]{0,2}\\s?';
/** Bounded, so that a text without spaces costs no more than another. */
export const WORD =
  "\\p{Lu}[\\p{L}\\p{N}$_'’-]{0,30}|\\p{Ll}{1,20}[\\p{Lu}\\p{N}_][\\p{L}\\p{N}$_-]{0,30}";
/** One to three words with capitals: `Turkish Crime Family`, `hAnt`. */
export const NAME = `(?<![\\p{L}\\p{N}])(?<name>(?:${WORD})(?:[ .](?:${WORD})){0,2})`;
export const QUOTED = '["“”‘«]\\s?(?<name>[^"“”‘’»«\\n.,،:؛]{2,30}?)\\s?["”’»]';

export const ARABIC_WORD = '[\\p{Script=Arabic}\\p{M}_]{2,}';
/** `called`, of a man, a woman or a thing. */
export const ARABIC_NAMING =
  '(?:تطلق على نفسها|يطلق على نفسه|يطلقون على أنفسهم|أطلقت على نفسها|تسمي نفسها|يسمي نفسه|تدعو نفسها|المعروفة?|معروفة?|معروفا|تعرف|يعرف|يُعرف|تُعرف|المسماة?|تسمى|يسمى|تدعى|يدعى|المدعو|الملقبة?|يلقب|المكنى)';
