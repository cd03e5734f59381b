/** One entity of a list: its form for all languages, and the ways in which texts write it. */
export interface KnownName {
  name: string;
  aliases: { text: string; needsContext: boolean }[];
}

/**
 * Reads a list of names, one to a line: `Canonical = alias, alias, …`. The canonical name is an alias too. A `?` after a name
 * says that it is also an ordinary word.
 */
export function parseNames(list: string): KnownName[] {
  return list
    .trim()
    .split('\n')
    .map((line) => {
      const [canonical = '', rest = ''] = line.split(/\s*=\s*/u);
      const aliases = [canonical, ...rest.split(/\s*,\s*/u)]
        .map((text) => text.trim())
        .filter((text) => text !== '')
        .map((text) => ({ text: text.replace(/\?$/u, ''), needsContext: text.endsWith('?') }));
      return { name: canonical.trim().replace(/\?$/u, ''), aliases };
    });
}
