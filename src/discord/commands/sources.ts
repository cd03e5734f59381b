import {
  type APIApplicationCommandStringOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { UsageError } from '../../domain/errors.ts';
import type { Feed } from '../../domain/feed.ts';
import { listFeeds, removeFeed } from '../../store/feed-store.ts';
import { listOwnFeeds, proposeSource } from '../../store/source-store.ts';
import type { Command, Reply, ReplyContext } from '../command.ts';
import { completeFeeds } from '../complete-options.ts';
import { checkRoomForSource } from '../components/source-buttons.ts';
import { escapeText } from '../escape-text.ts';
import { findSourceInWords } from '../find-source-in-words.ts';
import { defineCommand } from '../option-definitions.ts';
import { renderHealth, renderProposal, renderSources } from '../render-sources.ts';
import { inServerDirection, textBlock } from '../reply.ts';

const MAX_ADDRESS = 1_000;

function subcommand(
  name: string,
  description: string,
  options: APIApplicationCommandStringOption[] = [],
): APIApplicationCommandSubcommandOption {
  return { type: ApplicationCommandOptionType.Subcommand, name, description, options };
}

function sourceOption(description: string): APIApplicationCommandStringOption {
  return {
    type: ApplicationCommandOptionType.String,
    name: 'source',
    description,
    required: true,
    autocomplete: true,
  };
}

const urlOption: APIApplicationCommandStringOption = {
  type: ApplicationCommandOptionType.String,
  name: 'url',
  description: 'Address of a site or of its feed',
  required: true,
  max_length: MAX_ADDRESS,
};

const CHANGING = new Set(['add', 'remove']);

export const sources: Command = {
  definition: {
    ...defineCommand('sources', 'Where the news comes from', false),
    options: [
      subcommand('list', 'All sources and how they are'),
      subcommand('add', 'Add a source for this server alone', [urlOption]),
      subcommand('remove', 'Remove a source that this server added', [
        sourceOption('One of this server’s own'),
      ]),
      subcommand('health', 'How one source is, in detail', [sourceOption('Any source')]),
    ],
  },
  changes: (interaction) => CHANGING.has(interaction.options.getSubcommand()),
  run: async (interaction, context) => {
    switch (interaction.options.getSubcommand()) {
      case 'add':
        return add(interaction, context);
      case 'remove':
        return remove(interaction, context);
      case 'health':
        return renderHealth(pick(await listAll(context), interaction, context), context);
      default:
        return renderSources(await listAll(context), 0, context);
    }
  },
  complete: async (interaction, context) => {
    const own = interaction.options.getSubcommand() === 'remove';
    const feeds = own ? await listOwn(context) : await listAll(context);
    return completeFeeds(feeds, interaction.options.getFocused());
  },
};

async function add(
  interaction: ChatInputCommandInteraction,
  context: ReplyContext,
): Promise<Reply> {
  const { db, guildId, messages, now } = context;
  await checkRoomForSource(context);
  const found = await findSourceInWords(interaction.options.getString('url', true).trim(), context);
  const known = (await listAll(context)).find(
    (feed) => feed.url === found.source.url && feed.enabled,
  );
  if (known !== undefined) {
    const name = escapeText(inServerDirection(known.name, context));
    throw new UsageError('known-source', messages.sources.known(name));
  }
  const userId = interaction.user.id;
  const id = await proposeSource(db, guildId, { userId, source: found.source }, now);
  return renderProposal(id, found, context);
}

async function remove(
  interaction: ChatInputCommandInteraction,
  context: ReplyContext,
): Promise<Reply> {
  const { db, guildId, messages } = context;
  const feed = pick(await listOwn(context), interaction, context);
  await removeFeed(db, feed.url, guildId);
  const name = escapeText(inServerDirection(feed.name, context));
  return { components: [textBlock([messages.sources.removed(name)], context)] };
}

/** By id, as the list gives it, or by its name as typed. */
function pick(
  feeds: Feed[],
  interaction: ChatInputCommandInteraction,
  context: ReplyContext,
): Feed {
  const text = interaction.options.getString('source', true).trim();
  const feed = feeds.find(({ id }) => id === text) ?? feeds.find(({ name }) => name === text);
  if (feed !== undefined) return feed;
  const { errors } = context.messages;
  throw new UsageError('unknown-source', errors.unknownSource(escapeText(text)));
}

function listAll({ db, guildId }: ReplyContext): Promise<Feed[]> {
  return listFeeds(db, guildId);
}

function listOwn({ db, guildId }: ReplyContext): Promise<Feed[]> {
  return listOwnFeeds(db, guildId);
}
