import type { StoryRule } from '../cluster/assign-story.ts';
import { divideStory } from '../cluster/divide-story.ts';
import type { CandidateStory, StoryArticle } from '../domain/story.ts';
import { areKeptTogether, moveToNewStory } from '../store/correction-store.ts';
import type { Queryable } from '../store/db.ts';
import { candidateStories } from '../store/story-store.ts';
import type { NearStories } from './near-stories.ts';

/** A story that was divided. */
export interface Division {
  story: string;
  newStory: string;
  /** Those that left. */
  articles: string[];
}

/** A division is rare: then a story is read whole, up to this size. */
const MOST_ARTICLES = 1_000;

/**
 * After an article has joined `story`: where its reports have turned out to tell two events, the side that does not have the first
 * report leaves with a number of its own, in the database and in `near`. Not where a person has put articles of both sides together.
 */
export async function divideJoined(
  tx: Queryable,
  story: CandidateStory,
  options: { near: NearStories; rule: StoryRule; now: Date },
): Promise<Division | null> {
  const { near, rule, now } = options;
  if (divideStory(story.articles, rule) === null) return null;
  const whole = await readWhole(tx, story);
  const sides = divideStory(whole, rule);
  if (sides === null) return null;
  const [stay, leave] = sides;
  if (await areKeptTogether(tx, [idsOf(stay), idsOf(leave)])) return null;
  const move = { storyId: story.id, articleIds: idsOf(leave) };
  const newStory = await moveToNewStory(tx, move, now);
  story.articles = stay;
  await near.divided({ id: newStory, articles: leave });
  return { story: story.id, newStory, articles: move.articleIds };
}

/** In the order in which they were stored: who was told of the story was told of the first. */
async function readWhole(tx: Queryable, { id }: CandidateStory): Promise<StoryArticle[]> {
  const [whole] = await candidateStories(tx, { storyIds: [id], articlesPerStory: MOST_ARTICLES });
  return (whole?.articles ?? []).sort((a, b) => Number(a.id) - Number(b.id));
}

function idsOf(articles: StoryArticle[]): string[] {
  return articles.map(({ id }) => id);
}
