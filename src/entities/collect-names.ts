import type { Entity } from '../domain/entity.ts';
import { type NameFinder, type NameKind, wordsOf } from './find-names.ts';

export type NameCollector = ReturnType<typeof createNameCollector>;

/**
 * Gathers what several sources found in one text: a name with all its mentions once, in order of appearance.
 * @param findNames the lists, for sources that may add only what these do not have
 */
export function createNameCollector(findNames: NameFinder) {
  const entities: Record<NameKind, Map<string, Entity>> = {
    actors: new Map(),
    organisations: new Map(),
    products: new Map(),
    malware: new Map(),
  };
  return {
    findNames,
    add({ kind, name, mention }: { kind: NameKind; name: string; mention: string }) {
      const key = keyOf(name);
      const known = entities[kind].get(key) ?? { name, mentions: [] };
      if (!known.mentions.includes(mention)) known.mentions.push(mention);
      entities[kind].set(key, known);
    },
    /** Whether a name of any kind already has this mention, or one that contains it. */
    covers(mention: string): boolean {
      return Object.values(entities).some((kind) =>
        [...kind.values()].some((entity) =>
          entity.mentions.some((known) => isPartOf(known, mention)),
        ),
      );
    },
    all: (kind: NameKind) => [...entities[kind].values()],
  };
}

/** `Crime Family` is part of `Turkish Crime Family`, `SamSam` not of `SamSammers`. */
function isPartOf(known: string, mention: string): boolean {
  const at = known.indexOf(mention);
  const after = known[at + mention.length] ?? '';
  return at >= 0 && !(LATIN.test(mention) && LATIN.test(after));
}

const LATIN = /\p{Script=Latin}$/u;

function keyOf(name: string): string {
  return wordsOf(name)
    .map((word) => word.form)
    .join(' ');
}
