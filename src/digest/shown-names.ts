import type { Entities, Entity } from '../domain/entity.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';

/**
 * The names of a story without those that are only a shorter form of another of the same kind: `Gate` beside `Bastion Gate`. A name
 * stays where it may be something else: when a list has it (`Windows` beside `Windows Defender`), when it is short for several names,
 * and when what is left out is what tells two things apart (`Exampla` beside `Exampla VPN`).
 * @param isListed whether a name stands in a list, and so for itself
 */
export function withoutShortForms(
  entities: Entities,
  isListed: (name: string) => boolean,
): Entities {
  const fullest = (names: Entity[]) =>
    names.filter((one) => isListed(one.name) || fullNamesOf(one, names).length !== 1);
  return {
    ...entities,
    actors: fullest(entities.actors),
    organisations: fullest(entities.organisations),
    products: fullest(entities.products),
    malware: fullest(entities.malware),
  };
}

/** The names that this one is short for, without those that are themselves short for another of them. */
function fullNamesOf(short: Entity, names: Entity[]): Entity[] {
  const fuller = names.filter((other) => isShortFor(short, other));
  return fuller.filter((one) => !fuller.some((other) => isShortFor(one, other)));
}

function isShortFor(short: Entity, full: Entity): boolean {
  if (short === full) return false;
  const words = wordsOf(short.name);
  return [full.name, ...full.mentions].some((form) => keepsHead(words, wordsOf(form)));
}

/**
 * Whether `short` is `full` without words that a writer leaves out at the second mention. English puts the head of a name last, unless
 * a preposition follows it (`Central Bank` of `Central Bank of Iraq`); Arabic puts it first.
 */
function keepsHead(short: string[], full: string[]): boolean {
  const dropped = full.length - short.length;
  if (short.length === 0 || dropped <= 0) return false;
  const begins = short.every((word, index) => word === full[index]);
  if (ARABIC.test(full[0] ?? '')) return begins;
  if (begins) return PREPOSITION.test(full[short.length] ?? '');
  const ends = short.every((word, index) => word === full[dropped + index]);
  return ends && !full.slice(0, dropped).some((word) => PREPOSITION.test(word));
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:[&.'’_-]+[\p{L}\p{N}\p{M}]+)*/gu;
const ARABIC = /^\p{Script=Arabic}/u;
/** `البوابة` is short for `بوابة الحصن`. */
const ARTICLE = /^ال(?=\p{Script=Arabic}{2})/u;
const PREPOSITION = /^(?:of|for|in|at|and|de|du|des)$/u;

function wordsOf(name: string): string[] {
  return (normaliseForMatching(name).match(WORD) ?? []).map((word) => word.replace(ARTICLE, ''));
}
