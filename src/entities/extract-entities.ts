import type { Entities } from '../domain/entity.ts';
import type { LeastMargins } from '../models/heads.ts';
import type { TagSpan } from '../models/read-outputs.ts';
import { findCalledNames } from './called-names.ts';
import { cleanTag } from './clean-tag.ts';
import { createNameCollector, type NameCollector } from './collect-names.ts';
import { extractCves } from './extract-cves.ts';
import { extractIndicators } from './extract-indicators.ts';
import { findInstitutions } from './find-institutions.ts';
import {
  isBesideProgramWord,
  type ListKind,
  type NameFinder,
  type NameKind,
  type TextWord,
  wordsOf,
} from './find-names.ts';
import { findKnownNames } from './known-names.ts';
import { findNumberedActors } from './numbered-actors.ts';
import { otherNamesOf } from './other-names.ts';
import { resolveKnownNames } from './resolve-known-names.ts';
import { findStateActors } from './state-actors.ts';

const KIND_OF_TAG: Record<TagSpan['kind'], NameKind> = {
  ACTOR: 'actors',
  ORGANISATION: 'organisations',
  PRODUCT: 'products',
  MALWARE: 'malware',
};

/** The lists in which a tagged name of a kind may stand. */
const LISTED_AS: Record<NameKind, ListKind[]> = {
  actors: ['actors', 'brands'],
  organisations: ['organisations', 'platforms'],
  products: ['products', 'platforms'],
  malware: ['malware', 'brands'],
};
/** So sure must the encoder be of an ordinary word that a list has as a name: less than of a name that none has. */
const LISTED_MARGIN = 1;

/** Longer texts are lists or dumps: what a story is about stands before this. */
const READ_CHARACTERS = 20_000;

/** Legal forms do not make another organisation. */
const LEGAL_FORM = /[\s,]+(?:inc|corp|corporation|ltd|limited|llc|plc|co|company|gmbh|group)\.?$/iu;

/**
 * The names in an article, each under one form for all languages, from three sources: checked patterns, lists of names with
 * their Arabic spellings, and the encoder's tags for what no list has.
 * @param text title and text, as published
 * @param tags spans that the encoder tagged in the same text
 * @param o.findNames the lists; others than the program's own only to measure what is found without some of them
 */
export function extractEntities(
  text: string,
  tags: TagSpan[],
  o: {
    url?: string | undefined;
    leastMargin?: LeastMargins | undefined;
    findNames?: NameFinder | undefined;
  } = {},
): Entities {
  const findNames = o.findNames ?? findKnownNames;
  const read = text.slice(0, READ_CHARACTERS);
  const collect = createNameCollector(findNames);
  const words = wordsOf(read);
  for (const found of resolveKnownNames(read, words, findNames)) collect.add(found);
  for (const { name, mention } of [...findNumberedActors(read), ...findStateActors(read, words)]) {
    collect.add({ kind: 'actors', name, mention });
  }
  const reading = { text: read, words, collect };
  for (const { kind, mention } of findCalledNames(read)) addUnknown(reading, kind, mention);
  for (const name of findInstitutions(read, words)) addUnknown(reading, 'organisations', name);
  for (const tag of tags) addTag(reading, tag, o.leastMargin?.[tag.kind] ?? 0);
  return {
    cves: extractCves(read),
    actors: collect.all('actors'),
    organisations: collect.all('organisations'),
    products: collect.all('products'),
    malware: collect.all('malware'),
    indicators: extractIndicators(read, o.url),
  };
}

interface Reading {
  text: string;
  words: TextWord[];
  collect: NameCollector;
}

/**
 * What a tagged span adds: an ordinary word of the lists that the encoder takes for a name, a name that it is sure of, or one that
 * stands beside a word for such programs.
 */
function addTag(reading: Reading, tag: TagSpan, leastMargin: number): void {
  const { collect } = reading;
  const mention = cleanTag(tag.text);
  if (mention === null) return;
  const kind = KIND_OF_TAG[tag.kind];
  const [listed] = collect.findNames(mention, undefined, true);
  if (listed && LISTED_AS[kind].includes(listed.kind) && !collect.covers(mention)) {
    if (tag.margin >= LISTED_MARGIN) collect.add({ kind, name: listed.name, mention });
  } else if (
    tag.margin >= leastMargin ||
    (kind === 'malware' && isBesideProgramWord(reading.words, mention))
  ) {
    addUnknown(reading, kind, mention);
  }
}

/**
 * A name that the lists know is theirs; another one is taken as written, unless a name before already covers it. What else the text
 * calls it are mentions of the same name, which is the lists' if they know one of these.
 */
function addUnknown({ text, collect }: Reading, kind: NameKind, mention: string): void {
  const name = mention.replace(LEGAL_FORM, '');
  if (name.length < 2 || collect.findNames(name).length > 0 || collect.covers(name)) return;
  const others = otherNamesOf(text, mention);
  const listed = others
    .flatMap((other) => collect.findNames(other).filter((found) => found.mention === other))
    .find((found) => LISTED_AS[kind].includes(found.kind));
  collect.add({ kind, name: listed?.name ?? name, mention });
  for (const other of others) {
    if (collect.findNames(other).length > 0 || collect.covers(other)) continue;
    collect.add({ kind, name: listed?.name ?? name, mention: other });
  }
}
