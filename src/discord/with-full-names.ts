import { withoutShortForms } from '../digest/shown-names.ts';
import type { Story } from '../domain/story.ts';
import type { ReplyContext } from './command.ts';

/** The story as it is shown at length: each thing under its fullest name, once. */
export function withFullNames(story: Story, { outside }: Pick<ReplyContext, 'outside'>): Story {
  return { ...story, entities: withoutShortForms(story.entities, outside.isKnownName) };
}
