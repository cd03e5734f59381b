import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { messageOf, UsageError } from '../domain/errors.ts';
import { defaultGuildSettings } from '../domain/subscription.ts';
import type { Search } from '../search/create-search.ts';
import type { Database } from '../store/db.ts';
import { getGuildSettings } from '../store/settings-store.ts';
import type { Command, Outside, Reply, ReplyContext } from './command.ts';
import { allCommands } from './commands/all-commands.ts';
import { buttonFor, type ReadyButton } from './components/press-button.ts';
import { decodeAction } from './custom-id.ts';
import type { DiscordLog } from './discord-log.ts';
import { isolateMarkup } from './escape-text.ts';
import { mayChange } from './may-change.ts';
import { messagesIn } from './messages/messages-in.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { textBlock } from './reply.ts';

export interface AnswerDeps {
  db: Database;
  search: Search;
  outside: Outside;
  log: DiscordLog;
  clock(): Date;
  /** The model's own threshold, for servers that set none. */
  modelThreshold: number;
  limiter: RateLimiter;
}

type Answerable = ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction;

/**
 * Answers one interaction. It is acknowledged before anything else is done, so that Discord's three seconds do not depend on
 * the database. Never rejects: an interaction is nobody's work but its asker's, who is told; the operator reads the log.
 */
export async function answerInteraction(interaction: Interaction, deps: AnswerDeps): Promise<void> {
  try {
    if (interaction.isAutocomplete()) await answerAutocomplete(interaction, deps);
    else if (interaction.isChatInputCommand()) await answerCommand(interaction, deps);
    else if (interaction.isButton()) await answerButton(interaction, deps);
    else if (interaction.isModalSubmit()) await answerForm(interaction, deps);
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
  const changes = command?.changes ?? false;
  const needed = typeof changes === 'function' ? changes(interaction) : changes;
  await answer(interaction, deps, needed, async (context) => {
    if (command === undefined) throw new UsageError('gone', context.messages.errors.gone);
    return command.run(interaction, context);
  });
}

async function answerButton(interaction: ButtonInteraction, deps: AnswerDeps): Promise<void> {
  const action = decodeAction(interaction.customId);
  const button = action === null ? null : buttonFor(action);
  if (button?.answers === 'form') {
    await openForm(interaction, button, deps);
    return;
  }
  if (button?.answers === 'update') await interaction.deferUpdate();
  else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await answer(interaction, deps, button?.changes ?? false, async (context) => {
    if (button === null) throw new UsageError('gone', context.messages.errors.gone);
    return button.press(context, interaction);
  });
}

/** Opens a form. Discord takes it only as the first answer, so nothing is acknowledged before; a refusal is an answer of its own. */
async function openForm(
  interaction: ButtonInteraction,
  form: Extract<ReadyButton, { answers: 'form' }>,
  deps: AnswerDeps,
): Promise<void> {
  let context: ReplyContext | null = null;
  try {
    context = await readContext(interaction, deps);
    checkAccess(interaction, context, form.changes, deps);
    await interaction.showModal(await form.open(context, interaction));
  } catch (error) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await showProblem(interaction, context, error, deps.log);
  }
}

async function answerForm(interaction: ModalSubmitInteraction, deps: AnswerDeps): Promise<void> {
  const action = decodeAction(interaction.customId);
  const form = action === null ? null : buttonFor(action);
  if (interaction.isFromMessage()) await interaction.deferUpdate();
  else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await answer(interaction, deps, form?.changes ?? false, async (context) => {
    if (form?.answers !== 'form') throw new UsageError('gone', context.messages.errors.gone);
    return form.submit(context, interaction);
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
    checkAccess(interaction, context, changes, deps);
    await show(interaction, await work(context));
  } catch (error) {
    await showProblem(interaction, context, error, deps.log);
  }
}

/** @throws UsageError for whoever asks too fast, or may not change things */
function checkAccess(
  interaction: Answerable,
  context: ReplyContext,
  changes: boolean,
  { limiter }: AnswerDeps,
): void {
  const { guildId, settings, messages, now } = context;
  const wait = limiter.take(guildId, interaction.user.id, now);
  if (wait > 0) throw new UsageError('too-fast', messages.access.slowDown(wait));
  if (!changes || mayChange(interaction, settings)) return;
  const { managerRoleId } = settings;
  const refusal =
    managerRoleId === null
      ? messages.errors.notAllowed
      : messages.access.notAllowed(isolateMarkup(`<@&${managerRoleId}>`));
  throw new UsageError('not-allowed', refusal);
}

async function showProblem(
  interaction: Answerable,
  context: ReplyContext | null,
  error: unknown,
  log: DiscordLog,
): Promise<void> {
  const usage = error instanceof UsageError;
  if (!usage)
    log.error({ interaction: interaction.id, err: error }, `a command failed: ${messageOf(error)}`);
  const settings = context?.settings ?? defaultGuildSettings(interaction.guildId ?? '');
  const text = usage ? error.message : messagesIn(settings.language).errors.failed;
  await show(interaction, { components: [textBlock([`⚠ ${text}`], { settings })] });
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
  { clock, log: _log, limiter: _limiter, ...shared }: AnswerDeps,
): Promise<ReplyContext> {
  const guildId = interaction.guildId;
  // Commands are registered for servers only; nothing of a server is shown anywhere else.
  if (guildId === null) throw new UsageError('guild-only', messagesIn('en').errors.gone);
  const settings = await getGuildSettings(shared.db, guildId);
  return { ...shared, now: clock(), guildId, settings, messages: messagesIn(settings.language) };
}

async function show(interaction: Answerable, reply: Reply): Promise<void> {
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: reply.components,
    files: (reply.files ?? []).map(({ name, data }) => ({ name, attachment: data })),
    allowedMentions: { parse: [] },
  });
}

function commandNamed(name: string): Command | undefined {
  return allCommands.find((command) => command.definition.name === name);
}
