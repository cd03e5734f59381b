import type { CandidateStory, StoryArticle } from '../domain/story.ts';
import { storiesKeptApart } from '../store/correction-store.ts';
import type { Queryable } from '../store/db.ts';
import { candidateStories, storyIdsOf } from '../store/story-store.ts';

/** Of each vector the `limit` nearest cyber articles published since then, by their ids (search/create-search). */
export type NearArticles = (
  vectors: Float32Array[],
  since: Date,
  limit: number,
) => Promise<string[][]>;

/**
 * An article is compared with the stories of so many articles that are nearest to it in meaning. The rule's window is months long: all
 * of its stories would be read from the database for each batch, and the time of an article would grow with what is stored.
 */
const NEAREST = 60;

/** How many of a story's newest articles a new one is compared with: keeps the cost of a long-running story flat. */
const ARTICLES_PER_STORY = 20;

const DAY_MS = 86_400_000;

export interface NearStories {
  /** What the article is to be compared with: what was near before the batch, and whatever the batch has touched. */
  candidatesFor(article: StoryArticle): CandidateStory[];
  /** An article of the batch has begun the story, or joined it. */
  touch(story: CandidateStory): void;
  /** Articles have left a story for one of their own: what a person keeps apart is read again. */
  divided(story: CandidateStory): Promise<void>;
}

/** Reads the stories that the articles of a batch may belong to. */
export async function readNearStories(
  tx: Queryable,
  articles: StoryArticle[],
  options: { nearArticles: NearArticles; windowDays: number },
): Promise<NearStories> {
  const times = articles.map((article) => article.publishedAt.getTime());
  const since = new Date(Math.min(...times) - options.windowDays * DAY_MS);
  const vectors = articles.map((article) => article.embedding);
  const near = articles.length > 0 ? await options.nearArticles(vectors, since, NEAREST) : [];
  const storyIds = await storyIdsOf(tx, near.flat());
  const read = await candidateStories(tx, {
    storyIds: [...new Set(storyIds.values())],
    articlesPerStory: ARTICLES_PER_STORY,
  });
  const stories = new Map(read.map((story) => [story.id, story]));
  await markKeptApart(tx, read);
  const nearOf = new Map(articles.map((article, index) => [article.id, near[index] ?? []]));
  const touched = new Set<CandidateStory>();

  return {
    candidatesFor(article) {
      const candidates = new Set(touched);
      for (const id of nearOf.get(article.id) ?? []) {
        const story = stories.get(storyIds.get(id) ?? '');
        if (story) candidates.add(story);
      }
      return [...candidates];
    },
    touch: (story) => void touched.add(story),
    divided: (story) => {
      touched.add(story);
      return markKeptApart(tx, [...new Set([...read, ...touched])]);
    },
  };
}

async function markKeptApart(tx: Queryable, stories: CandidateStory[]): Promise<void> {
  const apart = new Map<string, Set<string>>();
  const ids = stories.map(({ id }) => id);
  for (const { storyId, otherId } of await storiesKeptApart(tx, ids)) {
    apart.set(storyId, (apart.get(storyId) ?? new Set()).add(otherId));
  }
  for (const story of stories) {
    const apartFrom = apart.get(story.id);
    if (apartFrom) story.apartFrom = apartFrom;
    else delete story.apartFrom;
  }
}
