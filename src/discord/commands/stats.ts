import { ComponentType } from 'discord.js';
import { countStories, type StoryCounts } from '../../digest/count-stories.ts';
import { isTrusted } from '../../digest/feedback-rule.ts';
import { digestLabels } from '../../digest/labels.ts';
import { shortenText, toPlainLine } from '../../digest/shorten-text.ts';
import { latestStories } from '../../store/story-store.ts';
import { listVotes } from '../../store/vote-store.ts';
import type { Command, ReplyContext } from '../command.ts';
import { drawStats } from '../draw-stats.ts';
import { escapeText } from '../escape-text.ts';
import { defineCommand } from '../option-definitions.ts';
import { inServerDirection, textBlock } from '../reply.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
/** More stories than a week brings. */
const MAX_STORIES = 5_000;
const MAX_OUTLETS = 8;
const MAX_NAME = 60;
const PICTURE = 'stats.png';

export const stats: Command = {
  definition: defineCommand(
    'stats',
    'This week in a picture: stories by topic and severity',
    false,
  ),
  changes: false,
  run: async (_interaction, context) => {
    const { db, guildId, now, messages, settings } = context;
    const since = new Date(now.getTime() - WEEK_MS);
    const stories = await latestStories(db, { guildId, since, limit: MAX_STORIES, offset: 0 });
    if (stories.length === 0) return { components: [textBlock([messages.stats.none], context)] };
    const counts = countStories(stories);
    const lines = [...countLines(counts, context), await precisionLine(since, context)];
    return {
      components: [
        textBlock(lines, context),
        {
          type: ComponentType.MediaGallery,
          items: [
            {
              media: { url: `attachment://${PICTURE}` },
              description: describePicture(counts, context),
            },
          ],
        },
      ],
      files: [
        {
          name: PICTURE,
          data: drawStats(messages.stats.picture, counts.topics, settings.language),
        },
      ],
    };
  },
};

function countLines(counts: StoryCounts, context: ReplyContext): string[] {
  const { messages, settings } = context;
  const labels = digestLabels(settings.language);
  const outlets = counts.outlets.slice(0, MAX_OUTLETS).map(({ name, stories }) => {
    const shown = escapeText(inServerDirection(toPlainLine(shortenText(name, MAX_NAME)), context));
    return `• ${shown} · ${labels.stories(stories)}`;
  });
  return [
    `**${messages.stats.title}**`,
    `${labels.stories(counts.stories)} · ${labels.articlesFromSources(counts.articles, counts.sources)}`,
    `**${messages.stats.outlets}**`,
    ...outlets,
  ];
}

/** The share of this server's votes of the week that say "relevant": of those votes that also move what it is shown. */
async function precisionLine(
  since: Date,
  { db, guildId, messages, now }: ReplyContext,
): Promise<string> {
  const votes = (await listVotes(db, guildId, { since, now })).filter(isTrusted);
  if (votes.length === 0) return messages.stats.noVotes;
  const relevant = votes.filter(({ vote }) => vote === 'relevant').length;
  return messages.stats.precision(Math.round((100 * relevant) / votes.length), votes.length);
}

/** For those who cannot see the picture. */
function describePicture(counts: StoryCounts, { messages, settings }: ReplyContext): string {
  const labels = digestLabels(settings.language);
  const topics = counts.topics.map(({ topic, total }) => `${labels.topic[topic]} ${total}`);
  return shortenText(`${messages.stats.picture}: ${topics.join(labels.comma)}`, 1_000);
}
