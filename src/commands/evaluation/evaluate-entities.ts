import type { Entities, Entity } from '../../domain/entity.ts';
import { normaliseForMatching } from '../../language/normalise-arabic.ts';
import type { Annotation } from './labelled-data.ts';
import { bootstrap, type Interval, type Scores } from './measures.ts';

const KINDS = ['cves', 'malware', 'actors', 'organisations', 'products'] as const;
type Kind = (typeof KINDS)[number];

/** One annotated article and what was found in it. */
export interface EntityCase {
  gold: NonNullable<Annotation['entities']>;
  found: Entities;
}

interface Tally {
  right: number;
  found: number;
  told: number;
  gold: number;
}

/**
 * Precision, recall and F1 for each kind, lenient on word borders: a found name is right when one of its mentions and an annotated
 * one share more than half of the shorter one's words (`كاسبرسكي` for `كاسبرسكي لاب`).
 */
export function evaluateEntities(cases: EntityCase[]) {
  const scored = cases.map((one) => new Map(KINDS.map((kind) => [kind, tally(one, kind)])));
  const result: Partial<Record<Kind, Scores & { interval: Interval; annotated: number }>> = {};
  for (const kind of KINDS) {
    const tallies = scored.flatMap((one) => one.get(kind) ?? []);
    result[kind] = {
      ...scoresOfTallies(tallies),
      interval: bootstrap(tallies, (sample) => scoresOfTallies(sample).f1),
      annotated: tallies.reduce((sum, one) => sum + one.gold, 0),
    };
  }
  return result;
}

/** How many names of a kind were found in an article, and how many of these a reader annotated; and the other way round. */
export function tally({ gold, found }: EntityCase, kind: Kind): Tally {
  const entities: Entity[] =
    kind === 'cves' ? found.cves.map((id) => ({ name: id, mentions: [id] })) : found[kind];
  const names = gold[kind];
  const isSame = (entity: Entity, name: string) =>
    [entity.name, ...entity.mentions].some((form) => isAlike(form, name));
  return {
    right: entities.filter((entity) => names.some((name) => isSame(entity, name))).length,
    found: entities.length,
    told: names.filter((name) => entities.some((entity) => isSame(entity, name))).length,
    gold: names.length,
  };
}

function scoresOfTallies(tallies: Tally[]): Scores {
  const sum = (key: keyof Tally) => tallies.reduce((total, one) => total + one[key], 0);
  const precision = sum('found') === 0 ? 0 : sum('right') / sum('found');
  const recall = sum('gold') === 0 ? 0 : sum('told') / sum('gold');
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1 };
}

function isAlike(a: string, b: string): boolean {
  const [shorter, longer] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length);
  if (!shorter || !longer || shorter.length === 0) return false;
  const shared = shorter.filter((word) => longer.includes(word)).length;
  return shared * 2 > shorter.length;
}

function wordsOf(name: string): string[] {
  const words = normaliseForMatching(name).match(/[\p{L}\p{N}&]+/gu) ?? [];
  return words.map((word) => word.replace(/^(?:[وبلكف]?ال|لل)(?=\p{L}{3})/u, ''));
}
