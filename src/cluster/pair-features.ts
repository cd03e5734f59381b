import type { Entities } from '../domain/entity.ts';
import type { StoryArticle } from '../domain/story.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';

/** What the weights of `heads.story` multiply. */
export interface PairFeatures {
  /** Of the story vectors. */
  cosine: number;
  /** 1 when the two are in different languages: their cosine is lower for the same event. */
  crossLanguage: number;
  /** log(1 + days between them). */
  logDays: number;
  /** Sum over shared names of the weight of the kind times the name's rarity, at most `MOST_SHARED`. */
  sharedEntities: number;
  /** Share of title words in common, within one language (the overlap coefficient). */
  sharedWords: number;
}

/** Rarity of a name: 1 when one story tells of it, less the more stories do. */
export type Rarity = (key: string) => number;

const DAY_MS = 86_400_000;
const MOST_SHARED = 3;

/** How much two articles with one name in common say of one event: a flaw's id nearly all, a vendor little. */
const KIND_WEIGHTS = { cves: 1.5, malware: 1, actors: 1, organisations: 1, products: 0.4 } as const;

/** Words too common in titles to tell stories apart, folded. */
const COMMON = new Set(
  (
    'the a an of to in on for and or by with from at as is are was were be been its it this that after over into new how what why who ' +
    'says say said has have had will can could may more than up out not no us uk hack hacks hacked hacker hackers hacking cyber attack attacks ' +
    'cyberattack cyberattacks data breach security في من على الي عن مع بعد قبل هذا هذه ان او ثم لا ما كيف لماذا هجوم هجمات الكتروني ' +
    'الكترونيه سيبراني سيبرانيه اختراق قراصنه'
  ).split(' '),
);

export function pairFeatures(a: StoryArticle, b: StoryArticle, rarity: Rarity): PairFeatures {
  const days = Math.abs(a.publishedAt.getTime() - b.publishedAt.getTime()) / DAY_MS;
  return {
    cosine: dot(a.embedding, b.embedding),
    crossLanguage: a.language === b.language ? 0 : 1,
    logDays: Math.log1p(days),
    sharedEntities: sharedEntities(a.entities, b.entities, rarity),
    sharedWords: a.language === b.language ? overlap(titleWords(a), titleWords(b)) : 0,
  };
}

/** Articles are compared many times: what is read from one is kept as long as the article is. */
const knownKeys = new WeakMap<Entities, Map<string, number>>();
const knownTitles = new WeakMap<StoryArticle, Set<string>>();

/** The names of an article, each with its kind's weight; what rarity is counted over. */
export function entityKeys(entities: Entities): Map<string, number> {
  const known = knownKeys.get(entities);
  if (known) return known;
  const keys = new Map<string, number>();
  for (const id of entities.cves) keys.set(id, KIND_WEIGHTS.cves);
  for (const kind of ['malware', 'actors', 'organisations', 'products'] as const) {
    for (const { name } of entities[kind]) {
      const key = normaliseForMatching(name);
      keys.set(key, Math.max(keys.get(key) ?? 0, KIND_WEIGHTS[kind]));
    }
  }
  knownKeys.set(entities, keys);
  return keys;
}

function sharedEntities(a: Entities, b: Entities, rarity: Rarity): number {
  const keysOfB = entityKeys(b);
  let sum = 0;
  for (const [key, weight] of entityKeys(a)) if (keysOfB.has(key)) sum += weight * rarity(key);
  return Math.min(MOST_SHARED, sum);
}

/** Both vectors are L2-normalised: the dot product is the cosine. */
function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function titleWords(article: StoryArticle): Set<string> {
  const known = knownTitles.get(article);
  if (known) return known;
  const words = normaliseForMatching(article.title).match(/[\p{L}\p{N}]+/gu) ?? [];
  const distinct = new Set(words.filter((word) => word.length > 1 && !COMMON.has(word)));
  knownTitles.set(article, distinct);
  return distinct;
}

function overlap(a: Set<string>, b: Set<string>): number {
  const smaller = Math.min(a.size, b.size);
  return smaller === 0 ? 0 : [...a].filter((word) => b.has(word)).length / Math.max(smaller, 3);
}
