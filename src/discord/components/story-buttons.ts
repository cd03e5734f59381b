import { UsageError } from '../../domain/errors.ts';
import { findMessage } from '../../store/outbox-store.ts';
import { findStory } from '../../store/story-store.ts';
import type { ButtonHandler, Reply, ReplyContext } from '../command.ts';
import { renderLatest } from '../render-latest.ts';
import { renderMore } from '../render-more.ts';

const NO_FILTER = { offset: 0, topic: '', language: '', severity: '', source: '' };

/** Only for a story of a digest that was posted in this server. */
export const more: ButtonHandler<'more'> = {
  answers: 'reply',
  changes: false,
  press: async ({ outboxId, storyId }, context) => {
    const message = await findMessage(context.db, context.guildId, outboxId);
    const posted = message?.digest.stories.some((story) => story.storyId === storyId) ?? false;
    if (!posted) throw new UsageError('gone', context.messages.errors.gone);
    return showStory(storyId, context);
  },
};

export const story: ButtonHandler<'story'> = {
  answers: 'reply',
  changes: false,
  press: ({ storyId }, context) => showStory(storyId, context),
};

export const latest: ButtonHandler<'latest'> = {
  answers: 'reply',
  changes: false,
  press: (_action, context) => renderLatest(NO_FILTER, context),
};

export const page: ButtonHandler<'page'> = {
  answers: 'update',
  changes: false,
  press: (action, context) => renderLatest(action, context),
};

async function showStory(storyId: string, context: ReplyContext): Promise<Reply> {
  const found = await findStory(context.db, context.guildId, storyId);
  if (found === null) throw new UsageError('gone', context.messages.errors.gone);
  return renderMore(found, context);
}
