import { matchStory } from '../digest/match-subscription.ts';
import type { Story } from '../domain/story.ts';
import type { StoryFilter } from '../domain/subscription.ts';
import { latestStories } from '../store/story-store.ts';
import type { ReplyContext } from './command.ts';
import { serverThreshold } from './server-threshold.ts';

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
  const thresholdOf = await serverThreshold(context);
  return stories.filter((story) => matchStory(story, filter, thresholdOf(story)).passes);
}
