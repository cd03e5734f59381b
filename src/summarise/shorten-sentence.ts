/** A cut leaves at least this share of the room used; else words are cut rather than clauses. */
const LEAST_SHARE = 0.5;

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
