import { buildDigest, digestLanguage } from '../../digest/build-digest.ts';
import type { Digest } from '../../domain/digest.ts';
import type { Command } from '../command.ts';
import { findStories } from '../find-stories.ts';
import {
  defineCommand,
  languageOption,
  readSince,
  severityOption,
  sinceOption,
  topicOption,
} from '../option-definitions.ts';
import { completeFilter, filterOptions, readFilter } from '../read-filter.ts';
import { fitsMessage, renderDigest } from '../render-digest.ts';

const DAY_MS = 24 * 3_600_000;
const MAX_STORIES = 9;

export const digest: Command = {
  definition: defineCommand('digest', 'A digest of cyber news now, for you alone', false, [
    sinceOption(['6h', '24h', '3d', '7d'], 'How far back; 24 hours when left out'),
    topicOption,
    languageOption,
    severityOption,
  ]),
  changes: false,
  run: async (interaction, context) => {
    const { now, settings } = context;
    const filter = await readFilter(filterOptions(interaction), context);
    const since = readSince(interaction, now) ?? new Date(now.getTime() - DAY_MS);
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
