import { setImmediate } from 'node:timers/promises';
import { normaliseForMatching, prepareForModel } from '../language/normalise-arabic.ts';
import type { Encoder } from '../models/encoder.ts';
import {
  articlesAnalysedAfter,
  articlesTrimmedSince,
  type IndexedArticle,
  rankByWords,
  storiesOfArticles,
} from '../store/article-search.ts';
import type { Database } from '../store/db.ts';
import type { Reader } from '../store/story-store.ts';
import { joinRankings } from './join-rankings.ts';
import { createVectorIndex, type VectorIndex } from './vector-index.ts';

export interface SearchQuery {
  text: string;
  language: 'ar' | 'en' | null;
  since: Date | null;
  /** For whom: what only another server's own source tells is not found. */
  guildId: Reader;
  limit: number;
  /** For measurements; default `both`. */
  by?: 'words' | 'meaning' | 'both';
  /** For measurements: what all words of the question are worth beside the meaning, whose worth is at most 1. */
  wordBonus?: number;
}

interface FoundArticle {
  articleId: string;
  /** Null for an article that is analysed and waits for its story. */
  storyId: string | null;
  title: string;
  publishedAt: Date;
  /** Higher is better; comparable within one answer only. */
  rank: number;
}

export interface Search {
  /** Cyber articles by meaning and by words, in either language, best first. @throws ModelError, StoreError */
  findArticles(query: SearchQuery): Promise<FoundArticle[]>;
  /** Stories whose best article was found, best first, each once. @throws ModelError, StoreError */
  findStoryIds(query: SearchQuery): Promise<string[]>;
  /** Newest stories with a title that holds each word of `text`, in either script. Does not wait for the first reading of the store. */
  findTitles(
    text: string,
    guildId: Reader,
    limit: number,
  ): Promise<{ storyId: string; title: string }[]>;
  /**
   * For each vector the ids of the cyber articles published since then that are nearest to it, nearest first, among all that are
   * analysed at this moment; of many articles nearly all of the nearest. Waits some seconds while these are being sorted for the first
   * time; everything else in the process has its turns. @throws StoreError
   */
  nearArticles(vectors: Float32Array[], since: Date, limit: number): Promise<string[][]>;
  /** Reads what was analysed since the last time: at the start, everything. */
  refresh(): Promise<void>;
}

/** How deep either list goes; what both put below this would not reach a reader. */
const LIST_LENGTH = 300;

/** Chosen on half of the questions of evaluation/search-questions.jsonl (`rasid evaluate`). */
const WORD_BONUS = 0.1;

/**
 * A question with a CVE id, an address or a hash asks for just that; the model, which reads it as pieces of a number, would rather give
 * what is said of other ones. So its words decide, and the meaning only orders what holds them.
 */
const IDENTIFIER = /\bcve-\d|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?=[a-f]*\d)[a-f\d]{16,}\b/i;
const IDENTIFIER_BONUS = 2;

/** Rows read at once: 3 MB of vectors. */
const ROWS_PER_READ = 2_000;

/** Rows put into the index before everything else in the process has its turn: some 5 ms. */
const ROWS_PER_TURN = 200;

/** An analysis becomes visible some seconds after the time that it is stamped with: this much is read again. */
const COMMIT_DELAY_MS = 60_000;

/** What the retention has dropped is forgotten within this time; a year of it would be most of the memory. */
const FORGET_MS = 3_600_000;

/** Questions that come sooner after the last look are answered from what is there. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Search over the stored cyber articles: words by Postgres, meaning by vectors kept in this process. The vectors are read from the
 * store when they are first needed and kept current from then on, before a question is answered.
 */
export function createSearch(deps: {
  db: Database;
  encoder: Pick<Encoder, 'encode'>;
  clock: () => Date;
  /** Milliseconds after which the store is asked for what is new; default 5,000. */
  lookAgainMs?: number;
}): Search {
  const { db, encoder } = deps;
  const { index, refresh, beCurrent } = createCurrentIndex(
    db,
    deps.clock,
    deps.lookAgainMs ?? LOOK_AGAIN_MS,
  );

  const embed = async (text: string): Promise<Float32Array> => {
    const question = { title: prepareForModel(text), sentences: [] };
    const [encoded] = await encoder.encode([question], { asked: true });
    await beCurrent();
    return encoded?.embedding ?? new Float32Array(0);
  };

  const rank = async (query: SearchQuery) => {
    const words = wordsByScript(query.text);
    const [found, vector] = await Promise.all([
      query.by === 'meaning' ? [] : rankByWords(db, { ...query, words, limit: LIST_LENGTH }),
      query.by === 'words' ? new Float32Array(0) : embed(query.text),
    ]);
    const isIdentifier = IDENTIFIER.test(query.text);
    return joinRankings(
      new Map(found.map(({ id, share }) => [id, share])),
      index.nearest(vector, query, LIST_LENGTH),
      {
        bonus: query.wordBonus ?? (isIdentifier ? IDENTIFIER_BONUS : WORD_BONUS),
        cosineOf: (id) => index.cosine(id, vector),
      },
    );
  };

  const findArticles = async (query: SearchQuery): Promise<FoundArticle[]> => {
    const ranked = await rank(query);
    const ids = ranked.map(({ id }) => id);
    const visible = await visibleArticles(db, query.guildId, ids);
    return ranked
      .flatMap((one) => visible(one.id).map((article) => ({ ...article, rank: one.rank })))
      .slice(0, query.limit);
  };

  return {
    findArticles,
    refresh,

    async nearArticles(vectors, since, limit) {
      await refresh();
      return nearOfEach(index, vectors, since, limit);
    },

    async findStoryIds(query) {
      const found = await findArticles({ ...query, limit: 2 * LIST_LENGTH });
      const ids = found.flatMap(({ storyId }) => (storyId === null ? [] : [storyId]));
      return [...new Set(ids)].slice(0, query.limit);
    },

    async findTitles(text, guildId, limit) {
      // Whoever types wants an answer now: what is new takes milliseconds to read, everything takes seconds.
      const current = beCurrent();
      if (index.size > 0) await current;
      else current.catch(() => undefined);
      const words = normaliseForMatching(text).split(' ').filter(Boolean);
      const ids = index.titled(words, LIST_LENGTH);
      const visible = await visibleArticles(db, guildId, ids);
      const stories = new Map<string, string>();
      for (const { storyId, title } of ids.flatMap(visible)) {
        if (storyId !== null && !stories.has(storyId)) stories.set(storyId, title);
      }
      return [...stories].slice(0, limit).map(([storyId, title]) => ({ storyId, title }));
    },
  };
}

/** The vectors of all cyber articles, and how to have those that were analysed since. */
function createCurrentIndex(db: Database, clock: () => Date, lookAgainMs: number) {
  const index = createVectorIndex();
  let readUpTo = { analysedAt: new Date(0), id: '0' };
  let lookedAt = Number.NEGATIVE_INFINITY;
  let forgotAt = clock().getTime();
  let reading: Promise<void> | null = null;

  const readOn = async () => {
    let after = { analysedAt: new Date(readUpTo.analysedAt.getTime() - COMMIT_DELAY_MS), id: '0' };
    for (;;) {
      const rows = await articlesAnalysedAfter(db, after, ROWS_PER_READ);
      await indexArticles(index, rows);
      after = rows.at(-1) ?? after;
      if (after.analysedAt > readUpTo.analysedAt) readUpTo = after;
      if (rows.length < ROWS_PER_READ) return;
    }
  };

  const forgetOld = async () => {
    const now = clock().getTime();
    if (Math.abs(now - forgotAt) < FORGET_MS) return;
    // Once more what was dropped in the hour before: another process's clock may be behind.
    const since = new Date(Math.min(now, forgotAt) - FORGET_MS);
    for (const id of await articlesTrimmedSince(db, since)) index.remove(id);
    forgotAt = now;
  };

  const refresh = (): Promise<void> => {
    reading ??= readOn()
      .then(forgetOld)
      .finally(() => {
        reading = null;
        lookedAt = clock().getTime();
      });
    return reading;
  };

  const beCurrent = async () => {
    // Either way: a clock may be put back.
    if (Math.abs(clock().getTime() - lookedAt) >= lookAgainMs) await refresh();
  };

  return { index, refresh, beCurrent };
}

/** A batch's questions; between two of them everything else in the process has its turn. */
async function nearOfEach(index: VectorIndex, vectors: Float32Array[], since: Date, limit: number) {
  await index.sortIntoCells();
  const near: string[][] = [];
  for (const vector of vectors) {
    near.push(index.nearlyNearest(vector, since, limit));
    await setImmediate();
  }
  return near;
}

async function indexArticles(index: VectorIndex, rows: IndexedArticle[]): Promise<void> {
  for (const [i, row] of rows.entries()) {
    indexArticle(index, row);
    if ((i + 1) % ROWS_PER_TURN === 0) await setImmediate();
  }
}

function indexArticle(index: VectorIndex, row: IndexedArticle): void {
  if (!row.isCyber) {
    index.remove(row.id);
    return;
  }
  const { id, language, embedding } = row;
  const title = normaliseForMatching(row.title);
  index.put({ id, language, publishedAt: row.publishedAt.getTime(), title }, embedding);
}

/** Gives an article, or none where the reader may not see it. */
async function visibleArticles(db: Database, guildId: Reader, ids: string[]) {
  const rows = await storiesOfArticles(db, guildId, ids);
  const byId = new Map(rows.map((row) => [row.articleId, row]));
  return (id: string) => {
    const row = byId.get(id);
    return row ? [row] : [];
  };
}

/** A question may hold words of both scripts (`ثغرة في Outlook`): each goes to its own dictionary. */
function wordsByScript(text: string): { arabic: string; english: string } {
  const words = normaliseForMatching(text).split(' ');
  const isArabic = (word: string) => /\p{Script=Arabic}/u.test(word);
  return {
    arabic: words.filter(isArabic).flatMap(withAndWithoutArticle).join(' '),
    english: words.filter((word) => !isArabic(word)).join(' '),
  };
}

/** The stemmer takes a bare word and one with its article apart in different places (مستشفيات, المستشفيات). */
function withAndWithoutArticle(word: string): string[] {
  return word.startsWith('ال') && word.length > 4 ? [word, word.slice(2)] : [word, `ال${word}`];
}
