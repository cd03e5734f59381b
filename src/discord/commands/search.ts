import { ApplicationCommandOptionType } from 'discord.js';
import { saveSearch } from '../../store/saved-search-store.ts';
import type { Command } from '../command.ts';
import { defineCommand, languageOption, readSince, sinceOption } from '../option-definitions.ts';
import { renderFound } from '../render-found.ts';

const MAX_QUERY = 200;

/** Ten pages: who has not found it by then asks another question. */
const MAX_STORIES = 50;

export const search: Command = {
  definition: defineCommand(
    'search',
    'Find stories by meaning and by words, in either language',
    false,
    [
      {
        type: ApplicationCommandOptionType.String,
        name: 'query',
        description: 'A question or words, in Arabic or English',
        required: true,
        max_length: MAX_QUERY,
      },
      languageOption,
      sinceOption(['24h', '7d', '30d', '1y'], 'How far back; everything when left out'),
    ],
  ),
  changes: false,
  run: async (interaction, context) => {
    const { db, guildId, now } = context;
    const query = interaction.options.getString('query', true);
    const language = interaction.options.getString('language');
    const storyIds = await context.search.findStoryIds({
      text: query,
      language: language === 'ar' || language === 'en' ? language : null,
      since: readSince(interaction, now),
      guildId,
      limit: MAX_STORIES,
    });
    const userId = interaction.user.id;
    const found = await saveSearch(db, guildId, { userId, query, storyIds }, now);
    return renderFound(found, 0, context);
  },
};
