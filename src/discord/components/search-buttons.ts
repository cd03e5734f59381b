import { UsageError } from '../../domain/errors.ts';
import { findSavedSearch } from '../../store/saved-search-store.ts';
import type { ButtonHandler } from '../command.ts';
import { renderFound } from '../render-found.ts';

/** Only whoever asked turns the page. */
export const found: ButtonHandler<'found'> = {
  answers: 'update',
  changes: false,
  press: async ({ searchId, offset }, context, interaction) => {
    const { db, guildId, messages, now } = context;
    const saved = await findSavedSearch(db, guildId, searchId, now);
    if (saved === null) throw new UsageError('gone', messages.search.expired);
    if (saved.userId !== interaction.user.id)
      throw new UsageError('not-yours', messages.search.notYours);
    return renderFound(saved, offset, context);
  },
};
