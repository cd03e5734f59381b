import type { Entity } from '../domain/entity.ts';
import { type NameKind, wordsOf } from './find-names.ts';

export type NameCollector = ReturnType<typeof createNameCollector>;

/** Gathers what several sources found in one text: a name with all its mentions once, in order of appearance. */
export function createNameCollector() {
  const entities: Record<NameKind, Map<string, Entity>> = {
    actors: new Map(),
    organisations: new Map(),
    products: new Map(),
    malware: new Map(),
  };
  return {
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
          entity.mentions.some((known) => known.includes(mention)),
        ),
      );
    },
    all: (kind: NameKind) => [...entities[kind].values()],
  };
}

function keyOf(name: string): string {
  return wordsOf(name)
    .map((word) => word.form)
    .join(' ');
}
