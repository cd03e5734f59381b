import { type Feedback, storyThreshold, weighFeedback } from '../digest/feedback-rule.ts';
import type { Story } from '../domain/story.ts';
import { listVotes } from '../store/vote-store.ts';
import type { ReplyContext } from './command.ts';

type Place = Pick<ReplyContext, 'db' | 'guildId' | 'settings' | 'modelThreshold' | 'now'>;

/** What this server's votes change. */
export async function readFeedback({ db, guildId, settings, now }: Place): Promise<Feedback> {
  return weighFeedback(await listVotes(db, guildId, { since: settings.votesSince, now }));
}

/** The threshold that decides whether this server is shown a story: its own or the model's, moved by its votes. */
export async function serverThreshold(place: Place): Promise<(story: Story) => number> {
  const feedback = await readFeedback(place);
  const base = place.settings.threshold ?? place.modelThreshold;
  return (story) => storyThreshold(story.topics, base, feedback);
}
