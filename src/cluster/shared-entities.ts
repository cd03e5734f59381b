import type { Entities } from '../domain/entity.ts';
import { prepareForModel } from '../language/normalise-arabic.ts';
import { foldedWords } from '../models/folded-words.ts';
import { rarityOf } from './word-rarity.ts';

/** How much two articles with one name in common say of one event: a flaw's id nearly all; an attacker, who strikes many, and a product little. */
const KIND_WEIGHTS = {
  cves: 1.5,
  malware: 0.4,
  actors: 0.1,
  organisations: 1,
  products: 0.4,
} as const;

/** Idf that counts as quite rare: a name of this rarity has the whole weight of its kind. */
const RARE = 9;
/** Names as common as this (Microsoft, the FBI, a state) are in so many stories that they tell none apart. */
const COMMON = 4.5;
const MOST = 2;

const known = new WeakMap<Entities, Map<string, number>>();

/** Sum over the names that both articles have of kind times rarity, at most `MOST`. One name counts alike in both languages. */
export function sharedEntities(a: Entities, b: Entities, idf: Uint8Array): number {
  const weightsOfB = weightsOf(b, idf);
  let sum = 0;
  for (const [name, weight] of weightsOf(a, idf))
    sum += Math.min(weight, weightsOfB.get(name) ?? 0);
  return Math.min(MOST, sum);
}

function weightsOf(entities: Entities, idf: Uint8Array): Map<string, number> {
  const before = known.get(entities);
  if (before) return before;
  const weights = new Map<string, number>();
  for (const id of entities.cves) weights.set(id, KIND_WEIGHTS.cves);
  for (const kind of ['malware', 'actors', 'organisations', 'products'] as const) {
    for (const { name } of entities[kind]) {
      const words = foldedWords(prepareForModel(name));
      const rarity = Math.max(0, ...words.map((word) => rarityOf(word, idf)));
      const share = Math.min(1, Math.max(0, (rarity - COMMON) / (RARE - COMMON)));
      const key = words.join(' ');
      // A gang that is also taken for an organisation is a gang.
      weights.set(key, Math.min(weights.get(key) ?? MOST, KIND_WEIGHTS[kind] * share));
    }
  }
  known.set(entities, weights);
  return weights;
}
