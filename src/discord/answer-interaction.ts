import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { messageOf, UsageError } from '../domain/errors.ts';
import { defaultGuildSettings, type GuildSettings } from '../domain/subscription.ts';
import type { Search } from '../search/create-search.ts';
import type { Database } from '../store/db.ts';
import { getGuildSettings } from '../store/settings-store.ts';
import type { Choice, Command, Outside, Reply, ReplyContext } from './command.ts';
import { allCommands } from './commands/all-commands.ts';
import { buttonFor, type ReadyButton } from './components/press-button.ts';
import { decodeAction } from './custom-id.ts';
import type { DiscordLog } from './discord-log.ts';
import { isolateMarkup } from './escape-text.ts';
import { mayChange } from './may-change.ts';
import { messagesIn } from './messages/messages-in.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { textBlock } from './reply.ts';
import { withinTime } from './within-time.ts';

export interface AnswerDeps {
  db: Database;
  search: Search;
  outside: Outside;
  log: DiscordLog;
  clock(): Date;
  /** The model's own threshold, for servers that set none. */
  modelThreshold: number;
  limiter: RateLimiter;
  /** For what is asked at each key that a member types. */
  typingLimiter: RateLimiter;
  /** As last read, by server: to refuse in its language when the database does not answer. */
  lastSettings: Map<string, GuildSettings>;
}

/**
 * Discord gives three seconds for the first answer, on its own clock. A form and a list of choices are first answers that need the
 * database; what is not there by then is given up, so that the member hears something.
 */
const FIRST_ANSWER_MS = 2_000;

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
  const prepare = async () => {
    context = await readContext(interaction, deps);
    checkAccess(interaction, context, form.changes, deps);
    return form.open(context, interaction);
  };
  try {
    const prepared = await withinTime(prepare(), FIRST_ANSWER_MS);
    if (prepared === null) throw new UsageError('busy', wordsFor(interaction, deps).errors.busy);
    await interaction.showModal(prepared);
  } catch (error) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await showProblem(interaction, context, error, deps);
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
    await showProblem(interaction, context, error, deps);
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
  deps: AnswerDeps,
): Promise<void> {
  const usage = error instanceof UsageError;
  if (!usage) {
    const fields = { interaction: interaction.id, err: error };
    deps.log.error(fields, `a command failed: ${messageOf(error)}`);
  }
  const settings = context?.settings ?? knownSettings(interaction, deps);
  const text = usage ? error.message : messagesIn(settings.language).errors.failed;
  await show(interaction, { components: [textBlock([`⚠ ${text}`], { settings })] });
}

/** A list of choices is help, not an answer: who types too fast, and whom the database keeps waiting, gets none this time. */
async function answerAutocomplete(
  interaction: AutocompleteInteraction,
  deps: AnswerDeps,
): Promise<void> {
  const { typingLimiter, clock, log } = deps;
  const isTooFast = typingLimiter.take(interaction.guildId ?? '', interaction.user.id, clock()) > 0;
  const found = isTooFast
    ? null
    : await withinTime(choicesFor(interaction, deps), FIRST_ANSWER_MS).catch((error: unknown) => {
        const fields = { interaction: interaction.id, err: error };
        log.error(fields, `choices could not be found: ${messageOf(error)}`);
        return null;
      });
  await interaction.respond(found ?? []);
}

async function choicesFor(
  interaction: AutocompleteInteraction,
  deps: AnswerDeps,
): Promise<Choice[]> {
  const context = await readContext(interaction, deps);
  const complete = commandNamed(interaction.commandName)?.complete;
  return (await complete?.(interaction, context)) ?? [];
}

async function readContext(
  interaction: Answerable | AutocompleteInteraction,
  { clock, lastSettings, db, search, outside, modelThreshold }: AnswerDeps,
): Promise<ReplyContext> {
  const guildId = interaction.guildId;
  // Commands are registered for servers only; nothing of a server is shown anywhere else.
  if (guildId === null) throw new UsageError('guild-only', messagesIn('en').errors.gone);
  const settings = await getGuildSettings(db, guildId);
  lastSettings.set(guildId, settings);
  const shared = { db, search, outside, modelThreshold };
  return { ...shared, now: clock(), guildId, settings, messages: messagesIn(settings.language) };
}

function knownSettings({ guildId }: Interaction, { lastSettings }: AnswerDeps): GuildSettings {
  return lastSettings.get(guildId ?? '') ?? defaultGuildSettings(guildId ?? '');
}

function wordsFor(interaction: Interaction, deps: AnswerDeps) {
  return messagesIn(knownSettings(interaction, deps).language);
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
