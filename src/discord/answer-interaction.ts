import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { messageOf, UsageError } from '../domain/errors.ts';
import { defaultGuildSettings } from '../domain/subscription.ts';
import type { Search } from '../search/create-search.ts';
import type { Database } from '../store/db.ts';
import { getGuildSettings } from '../store/settings-store.ts';
import type { Command, Reply, ReplyContext } from './command.ts';
import { allCommands } from './commands/all-commands.ts';
import { buttonFor } from './components/press-button.ts';
import { decodeAction } from './custom-id.ts';
import type { DiscordLog } from './discord-log.ts';
import { messagesIn } from './messages/messages-in.ts';
import { textBlock } from './reply.ts';

export interface AnswerDeps {
  db: Database;
  search: Search;
  log: DiscordLog;
  clock(): Date;
}

type Answerable = ChatInputCommandInteraction | ButtonInteraction;

/**
 * Answers one interaction. It is acknowledged before anything else is done, so that Discord's three seconds do not depend on
 * the database. Never rejects: an interaction is nobody's work but its asker's, who is told; the operator reads the log.
 */
export async function answerInteraction(interaction: Interaction, deps: AnswerDeps): Promise<void> {
  try {
    if (interaction.isAutocomplete()) await answerAutocomplete(interaction, deps);
    else if (interaction.isChatInputCommand()) await answerCommand(interaction, deps);
    else if (interaction.isButton()) await answerButton(interaction, deps);
  } catch (error) {
    deps.log.error(
      { interaction: interaction.id, err: error },
      `an interaction could not be answered: ${messageOf(error)}`,
    );
  }
}

async function answerCommand(
  interaction: ChatInputCommandInteraction,
  deps: AnswerDeps,
): Promise<void> {
  const command = commandNamed(interaction.commandName);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await answer(interaction, deps, command?.changes ?? false, async (context) => {
    if (command === undefined) throw new UsageError('gone', context.messages.errors.gone);
    return command.run(interaction, context);
  });
}

async function answerButton(interaction: ButtonInteraction, deps: AnswerDeps): Promise<void> {
  const action = decodeAction(interaction.customId);
  const button = action === null ? null : buttonFor(action);
  if (button?.answers === 'update') await interaction.deferUpdate();
  else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await answer(interaction, deps, button?.changes ?? false, async (context) => {
    if (button === null) throw new UsageError('gone', context.messages.errors.gone);
    return button.press(context, interaction);
  });
}

/** Runs `work` with the server's settings and shows what it returns, or why it did not. */
async function answer(
  interaction: Answerable,
  deps: AnswerDeps,
  changes: boolean,
  work: (context: ReplyContext) => Promise<Reply>,
): Promise<void> {
  let context: ReplyContext | null = null;
  try {
    context = await readContext(interaction, deps);
    if (changes && interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) !== true) {
      throw new UsageError('not-allowed', context.messages.errors.notAllowed);
    }
    await show(interaction, await work(context));
  } catch (error) {
    const usage = error instanceof UsageError;
    if (!usage)
      deps.log.error(
        { interaction: interaction.id, err: error },
        `a command failed: ${messageOf(error)}`,
      );
    const settings = context?.settings ?? defaultGuildSettings(interaction.guildId ?? '');
    const text = usage ? error.message : messagesIn(settings.language).errors.failed;
    const line = textBlock([`⚠ ${text}`], { settings });
    await show(interaction, { components: [line] });
  }
}

async function answerAutocomplete(
  interaction: AutocompleteInteraction,
  deps: AnswerDeps,
): Promise<void> {
  const command = commandNamed(interaction.commandName);
  const context = await readContext(interaction, deps);
  await interaction.respond((await command?.complete?.(interaction, context)) ?? []);
}

async function readContext(
  interaction: Answerable | AutocompleteInteraction,
  { db, search, clock }: AnswerDeps,
): Promise<ReplyContext> {
  const guildId = interaction.guildId;
  // Commands are registered for servers only; nothing of a server is shown anywhere else.
  if (guildId === null) throw new UsageError('guild-only', messagesIn('en').errors.gone);
  const settings = await getGuildSettings(db, guildId);
  return { db, search, now: clock(), guildId, settings, messages: messagesIn(settings.language) };
}

async function show(interaction: Answerable, reply: Reply): Promise<void> {
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: reply.components,
    allowedMentions: { parse: [] },
  });
}

function commandNamed(name: string): Command | undefined {
  return allCommands.find((command) => command.definition.name === name);
}
