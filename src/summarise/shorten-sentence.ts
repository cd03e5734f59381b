/** `واشنطن (رويترز) –`, `LONDON (AP) —`, `القاهرة – أ ش أ:`: where and by whom it was written, which the outlet's name already says. */
const DATELINE =
  /^[^.!?؟:()]{0,40}\((?:رويترز|أ\s?ف\s?ب|أ\s?ب|د\s?ب\s?أ|الأناضول|وكالات|بي بي سي|Reuters|AP|AFP|UPI|IDG|Bloomberg)\)\s*[-–—:]*\s*/u;

/** A cut leaves at least this share of the room used; else words are cut rather than clauses. */
const LEAST_SHARE = 0.5;

export function withoutDateline(sentence: string): string {
  return sentence.replace(DATELINE, '');
}

/** A sentence that is too long ends at the last clause that fits, or else at the last word, with an ellipsis; never inside a character. */
export function shortenSentence(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const room = text.slice(0, maxCharacters - 1);
  const clause = Math.max(
    ...[',', '،', ';', '؛', ' – ', ' — '].map((sign) => room.lastIndexOf(sign)),
  );
  const word = room.lastIndexOf(' ');
  const least = maxCharacters * LEAST_SHARE;
  const end = clause >= least ? clause : word >= least ? word : room.length;
  return `${room
    .slice(0, end)
    .replace(/[\s,،;؛]+$/u, '')
    .replace(/[\ud800-\udbff]$/u, '')}…`;
}
