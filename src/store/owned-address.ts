/*
 * An article is known by its canonical address. One that only a server's own source carries is that server's, in the words of that source,
 * and another's source, or the catalogue, may carry the same address in other words: so its key has the server's id behind the address.
 * A canonical address holds no space.
 */

/** Between address and id, as SQL. */
export const OWNED_BY = `' of server '`;

const MARK = / of server .*$/;

export function ownedAddress(canonicalUrl: string, guildId: string): string {
  return `${canonicalUrl} of server ${guildId}`;
}

/** The canonical address in a key. */
export function addressOf(key: string): string {
  return key.replace(MARK, '');
}
