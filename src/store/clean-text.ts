/**
 * Text from outside may hold what Postgres cannot store: NUL characters and halves of surrogate pairs. The first are dropped, the
 * second become U+FFFD.
 */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** The JSON of a value whose every string is clean, as a parameter for json and jsonb. */
export function toCleanJson(value: unknown): string {
  return JSON.stringify(value, (_key, part) => (typeof part === 'string' ? cleanText(part) : part));
}
