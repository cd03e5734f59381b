import { matchStory } from '../digest/match-subscription.ts';
import type { Story } from '../domain/story.ts';
import type { StoryFilter } from '../domain/subscription.ts';
import { latestStories } from '../store/story-store.ts';
import type { ReplyContext } from './command.ts';

/** More than this many are not read for one answer. */
const MAX_READ = 500;

/** Stored stories that fit a filter and the server's threshold, newest first. */
export async function findStories(
  filter: StoryFilter,
  since: Date,
  context: ReplyContext,
): Promise<Story[]> {
  const { db, guildId } = context;
  const stories = await latestStories(db, { guildId, since, limit: MAX_READ, offset: 0 });
  // What is stored as a cyber story has passed the model's own threshold; only a server's own is asked for here.
  const threshold = context.settings.threshold ?? 0;
  return stories.filter((story) => matchStory(story, filter, threshold).passes);
}
