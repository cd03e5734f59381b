import { ApplicationCommandOptionType } from 'discord.js';
import { buildDigest, digestLanguage } from '../../digest/build-digest.ts';
import type { Digest } from '../../domain/digest.ts';
import type { Command } from '../command.ts';
import { findStories } from '../find-stories.ts';
import {
  defineCommand,
  languageOption,
  severityOption,
  topicOption,
} from '../option-definitions.ts';
import { completeFilter, filterOptions, readFilter } from '../read-filter.ts';
import { fitsMessage, renderDigest } from '../render-digest.ts';

const HOUR_MS = 3_600_000;
const SPANS = { '6h': 6, '24h': 24, '3d': 72, '7d': 168 } as const;
const MAX_STORIES = 9;

const sinceOption = {
  type: ApplicationCommandOptionType.String as const,
  name: 'since',
  description: 'How far back; 24 hours when left out',
  choices: [
    { name: '6 hours', value: '6h' },
    { name: '24 hours', value: '24h' },
    { name: '3 days', value: '3d' },
    { name: '7 days', value: '7d' },
  ],
};

export const digest: Command = {
  definition: defineCommand('digest', 'A digest of cyber news now, for you alone', false, [
    sinceOption,
    topicOption,
    languageOption,
    severityOption,
  ]),
  changes: false,
  run: async (interaction, context) => {
    const { now, settings } = context;
    const filter = await readFilter(filterOptions(interaction), context);
    const since = new Date(now.getTime() - readSpan(interaction.options.getString('since')));
    const stories = await findStories(filter, since, context);
    const options = {
      language: digestLanguage(filter.language, settings.language),
      timezone: settings.timezone,
      dueAt: now,
    };
    const built = largestThatFits((limit) => buildDigest(stories, { ...options, limit }));
    const { components } = renderDigest(built, { outboxId: null, position: 1, roleId: null });
    return { components };
  },
  complete: (interaction, context) => completeFilter(interaction.options.getFocused(true), context),
};

function readSpan(value: string | null): number {
  const hours = Object.entries(SPANS).find(([name]) => name === value)?.[1] ?? SPANS['24h'];
  return hours * HOUR_MS;
}

/** An answer is one message: it shows as many stories as fit and counts the others. */
function largestThatFits(build: (limit: number) => Digest): Digest {
  let limit = MAX_STORIES;
  let built = build(limit);
  while (limit > 1 && !fitsMessage(built, 1)) {
    limit -= 1;
    built = build(limit);
  }
  return built;
}
