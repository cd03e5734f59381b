import { ApplicationCommandOptionType } from 'discord.js';
import { saveSearch } from '../../store/saved-search-store.ts';
import type { Command } from '../command.ts';
import { defineCommand, languageOption } from '../option-definitions.ts';
import { renderFound } from '../render-found.ts';

const DAY_MS = 24 * 3_600_000;
const SPAN_DAYS: Record<string, number> = { '24h': 1, '7d': 7, '30d': 30, '1y': 365 };
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
      {
        type: ApplicationCommandOptionType.String,
        name: 'since',
        description: 'How far back; everything when left out',
        choices: [
          { name: '24 hours', value: '24h' },
          { name: '7 days', value: '7d' },
          { name: '30 days', value: '30d' },
          { name: '1 year', value: '1y' },
        ],
      },
    ],
  ),
  changes: false,
  run: async (interaction, context) => {
    const { db, guildId, now } = context;
    const query = interaction.options.getString('query', true);
    const language = interaction.options.getString('language');
    const days = SPAN_DAYS[interaction.options.getString('since') ?? ''];
    const storyIds = await context.search.findStoryIds({
      text: query,
      language: language === 'ar' || language === 'en' ? language : null,
      since: days === undefined ? null : new Date(now.getTime() - days * DAY_MS),
      guildId,
      limit: MAX_STORIES,
    });
    const userId = interaction.user.id;
    const found = await saveSearch(db, guildId, { userId, query, storyIds }, now);
    return renderFound(found, 0, context);
  },
};
