import { ApplicationCommandOptionType } from 'discord.js';
import { UsageError } from '../../domain/errors.ts';
import { findVisibleArticle } from '../../store/explain-store.ts';
import { findStory } from '../../store/story-store.ts';
import type { Command } from '../command.ts';
import { explainArticle, explainStory, explainUnknown } from '../explain-post.ts';
import { defineCommand } from '../option-definitions.ts';
import { completeStory, isLink, resolveStory } from '../resolve-story.ts';

const MAX_LENGTH = 1_000;

export const why: Command = {
  definition: defineCommand('why', 'Why a story was, or was not, posted in this channel', false, [
    {
      type: ApplicationCommandOptionType.String,
      name: 'link',
      description: 'A link to an article',
      max_length: MAX_LENGTH,
    },
    {
      type: ApplicationCommandOptionType.String,
      name: 'story',
      description: 'Words of a title, in either script',
      autocomplete: true,
      max_length: MAX_LENGTH,
    },
  ]),
  changes: false,
  run: async (interaction, context) => {
    const { db, guildId, messages, outside } = context;
    const { channelId } = interaction;
    const link = interaction.options.getString('link')?.trim() ?? null;
    if (link !== null) {
      if (!isLink(link)) throw new UsageError('bad-link', messages.why.badLink);
      const article = await findVisibleArticle(db, guildId, outside.canonicalUrl(link));
      if (article === null) return explainUnknown(link, context);
      const own = article.storyId === null ? null : await findStory(db, guildId, article.storyId);
      return own === null
        ? explainArticle(article, context)
        : explainStory(own, article, channelId, context);
    }
    const text = interaction.options.getString('story');
    if (text === null) throw new UsageError('nothing-asked', messages.why.nothingAsked);
    return explainStory(await resolveStory(text, context), null, channelId, context);
  },
  complete: (interaction, context) => completeStory(interaction.options.getFocused(), context),
};
