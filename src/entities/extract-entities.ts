import type { Entities, Entity } from '../domain/entity.ts';
import type { LeastMargins } from '../models/heads.ts';
import type { TagSpan } from '../models/read-outputs.ts';
import { extractCves } from './extract-cves.ts';
import { extractIndicators } from './extract-indicators.ts';
import { findInstitutions } from './find-institutions.ts';
import { createNameFinder, type FoundName, type NameKind, wordsOf } from './find-names.ts';
import { ACTOR_PATTERN, ACTORS } from './names/actors.ts';
import { MALWARE } from './names/malware.ts';
import { ORGANISATIONS } from './names/organisations.ts';
import { PRODUCTS } from './names/products.ts';
import { findStateActors } from './state-actors.ts';

const findNames = createNameFinder([
  { kind: 'actors', names: ACTORS },
  { kind: 'malware', names: MALWARE },
  { kind: 'organisations', names: ORGANISATIONS },
  { kind: 'products', names: PRODUCTS },
]);

const KIND_OF_TAG: Record<TagSpan['kind'], NameKind> = {
  ACTOR: 'actors',
  ORGANISATION: 'organisations',
  PRODUCT: 'products',
  MALWARE: 'malware',
};

/** Longer texts are lists or dumps: what a story is about stands before this. */
const READ_CHARACTERS = 20_000;

/** Legal forms do not make another organisation. */
const LEGAL_FORM = /[\s,]+(?:inc|corp|corporation|ltd|limited|llc|plc|co|company|gmbh|group)\.?$/iu;

/**
 * The names in an article, each under one form for all languages, from three sources: checked patterns, lists of names with
 * their Arabic spellings, and the encoder's tags for what no list has.
 * @param text title and text, as published
 * @param tags spans that the encoder tagged in the same text
 */
export function extractEntities(
  text: string,
  tags: TagSpan[],
  o: { url?: string | undefined; leastMargin?: LeastMargins | undefined } = {},
): Entities {
  const read = text.slice(0, READ_CHARACTERS);
  const collect = createCollector();
  const words = wordsOf(read);
  for (const found of findNames(read, words)) collect.add(found.kind, found.name, found.mention);
  for (const match of read.matchAll(ACTOR_PATTERN)) {
    const name = match[0].toUpperCase().replace(/^STORM/u, 'Storm');
    if (findNames(match[0]).length === 0) collect.add('actors', name, match[0]);
  }
  const actors = collect.all('actors').map(({ name }) => name);
  for (const { name, mention } of findStateActors(words, actors)) {
    collect.add('actors', name, mention);
  }
  for (const tag of tags) if (tag.margin >= (o.leastMargin?.[tag.kind] ?? 0)) addTag(collect, tag);
  for (const text of findInstitutions(read, words)) addTag(collect, { kind: 'ORGANISATION', text });
  return {
    cves: extractCves(read),
    actors: collect.all('actors'),
    organisations: collect.all('organisations'),
    products: collect.all('products'),
    malware: collect.all('malware'),
    indicators: extractIndicators(read, o.url),
  };
}

type Collector = ReturnType<typeof createCollector>;

function createCollector() {
  const entities: Record<NameKind, Map<string, Entity>> = {
    actors: new Map(),
    organisations: new Map(),
    products: new Map(),
    malware: new Map(),
  };
  return {
    add(kind: NameKind, name: string, mention: string) {
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

/** A tagged span that the lists know is theirs; another one is taken as written, unless a known name already covers it. */
function addTag(collect: Collector, tag: Pick<TagSpan, 'kind' | 'text'>): void {
  const text = tag.text.replace(LEGAL_FORM, '');
  const known: FoundName[] = findNames(text);
  if (known.length > 0 || text.length < 2 || collect.covers(text)) return;
  collect.add(KIND_OF_TAG[tag.kind], text, tag.text);
}
