import { ApplicationCommandOptionType } from 'discord.js';
import { exploitedAmong } from '../../store/exploited-store.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../option-definitions.ts';
import { renderStoryPage } from '../render-story-page.ts';
import { completeStory, resolveStory } from '../resolve-story.ts';
import { withFullNames } from '../with-full-names.ts';

/** An address in a link of 1,000 characters is longer than any that a reader types. */
const MAX_STORY = 1_000;

export const story: Command = {
  definition: defineCommand(
    'story',
    'One story: all its articles, its timeline, names and CVEs',
    false,
    [
      {
        type: ApplicationCommandOptionType.String,
        name: 'story',
        description: 'Words of a title, in either script, or a link to one of its articles',
        required: true,
        autocomplete: true,
        max_length: MAX_STORY,
      },
    ],
  ),
  changes: false,
  run: async (interaction, context) => {
    const asked = interaction.options.getString('story', true);
    const found = withFullNames(await resolveStory(asked, context), context);
    return renderStoryPage(found, await exploitedAmong(context.db, found.entities.cves), context);
  },
  complete: (interaction, context) => completeStory(interaction.options.getFocused(), context),
};
