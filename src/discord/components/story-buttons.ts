import { UsageError } from '../../domain/errors.ts';
import { findMessage } from '../../store/outbox-store.ts';
import type { ButtonHandler } from '../command.ts';
import { renderLatest } from '../render-latest.ts';
import { showStory } from '../show-story.ts';

const NO_FILTER = { offset: 0, topic: '', language: '', severity: '', source: '' };

/** Only for a story of a digest that was posted in this server. */
export const more: ButtonHandler<'more'> = {
  answers: 'reply',
  changes: false,
  press: async ({ outboxId, storyId }, context, interaction) => {
    const message = await findMessage(context.db, context.guildId, outboxId);
    const posted = message?.digest.stories.some((story) => story.storyId === storyId) ?? false;
    if (!posted) throw new UsageError('gone', context.messages.errors.gone);
    return showStory(storyId, context, interaction);
  },
};

export const story: ButtonHandler<'story'> = {
  answers: 'reply',
  changes: false,
  press: ({ storyId }, context, interaction) => showStory(storyId, context, interaction),
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
