/** What stands where a secret was. */
const MASK = '[secret]';

/** A shorter one is a word that would be masked wherever it stands. */
const SHORTEST = 8;

/** The password of any address, such as a database's. */
const PASSWORD_IN_ADDRESS = /(:\/\/[^\s:/@"']*):[^\s@/"']+@/g;

/** Who has the token of an interaction may answer it; discord.js names it in the addresses that its errors carry. */
const INTERACTION_TOKEN = /(\/(?:interactions|webhooks)\/\d+\/)[\w.~-]+/g;

/**
 * A function that masks secrets in a line for the operator's eyes: the given ones wherever and however they got there, also as JSON
 * writes them, passwords in addresses, and tokens of interactions.
 */
export function createRedactor(secrets: string[]): (line: string) => string {
  const written = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  const distinct = [...new Set(written)].sort((a, b) => b.length - a.length);
  return (line) =>
    distinct
      .reduce((masked, secret) => masked.replaceAll(secret, MASK), line)
      .replace(PASSWORD_IN_ADDRESS, `$1:${MASK}@`)
      .replace(INTERACTION_TOKEN, `$1${MASK}`);
}
