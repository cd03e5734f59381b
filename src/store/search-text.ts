/**
 * Words only, in lower case, for `to_tsvector` and its query. Postgres's own splitting depends on the database's locale: in "C" an
 * Arabic comma is part of the word before it. Here every database gives the same words.
 */
export function toSearchText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}
