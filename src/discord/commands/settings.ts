import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import { UsageError } from '../../domain/errors.ts';
import type { GuildSettings } from '../../domain/subscription.ts';
import { saveGuildSettings } from '../../store/settings-store.ts';
import type { Command, ReplyContext } from '../command.ts';
import { completeTimezone } from '../complete-options.ts';
import { describeSettings } from '../describe-settings.ts';
import { messagesIn } from '../messages/messages-in.ts';
import { defineCommand, replyLanguageOption, timezoneOption } from '../option-definitions.ts';
import { readQuietHours, readThreshold, readTimezone } from '../read-options.ts';
import { textBlock } from '../reply.ts';

const options: APIApplicationCommandBasicOption[] = [
  replyLanguageOption,
  timezoneOption,
  {
    type: ApplicationCommandOptionType.String,
    name: 'quiet-hours',
    description: 'HH:MM-HH:MM in which digests wait, or off',
    max_length: 20,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'critical',
    description: 'What critical stories do in quiet hours',
    choices: [
      { name: 'wait like the others', value: 'wait' },
      { name: 'are posted', value: 'pass' },
    ],
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'night',
    description: 'Whether what is posted in quiet hours makes a sound',
    choices: [
      { name: 'silent', value: 'silent' },
      { name: 'as by day', value: 'loud' },
    ],
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'threshold',
    description: 'How sure the model must be: 0.05 to 0.95, or reset (votes are reset as well)',
    max_length: 10,
  },
  {
    type: ApplicationCommandOptionType.Role,
    name: 'manager-role',
    description: 'Who may change things beside Manage Server; @everyone: nobody',
  },
];

export const settings: Command = {
  definition: defineCommand(
    'settings',
    'Language, time zone, quiet hours and threshold of this server',
    true,
    options,
  ),
  changes: true,
  run: async (interaction, context) => {
    const changed = readSettings(interaction, context);
    if (changed === null) return show(context, []);
    await saveGuildSettings(context.db, changed, context.now);
    const messages = messagesIn(changed.language);
    const choseRole = changed.managerRoleId !== context.settings.managerRoleId;
    const hint =
      choseRole && changed.managerRoleId !== null ? [`-# ${messages.server.managerHint}`] : [];
    return show({ ...context, settings: changed, messages }, [messages.settings.saved, ...hint]);
  },
  complete: async (interaction, context) =>
    completeTimezone(interaction.options.getFocused(), context.settings.language),
};

/** The settings with what was chosen; null when nothing was. @throws UsageError */
function readSettings(
  interaction: ChatInputCommandInteraction,
  context: ReplyContext,
): GuildSettings | null {
  const { messages, settings: current, now } = context;
  const given = (name: string) => interaction.options.getString(name);
  const changes: Partial<GuildSettings> = {};
  const language = given('language');
  if (language === 'ar' || language === 'en') changes.language = language;
  const zone = given('timezone');
  if (zone !== null) changes.timezone = readTimezone(zone, messages);
  const hours = given('quiet-hours');
  if (hours !== null) changes.quietHours = readQuietHours(hours, messages);
  const critical = given('critical');
  if (critical !== null) changes.criticalPasses = critical === 'pass';
  const night = given('night');
  if (night !== null) changes.nightSilent = night === 'silent';
  const threshold = given('threshold');
  if (threshold !== null) Object.assign(changes, thresholdChange(threshold, messages, now));
  const role = interaction.options.getRole('manager-role');
  if (role !== null) changes.managerRoleId = managerRole(role.id, interaction, context);
  return Object.keys(changes).length === 0 ? null : { ...current, ...changes };
}

function thresholdChange(text: string, messages: ReplyContext['messages'], now: Date) {
  const threshold = readThreshold(text, messages);
  return threshold === null ? { threshold, votesSince: now } : { threshold };
}

/** Whoever has the role may not hand it on. */
function managerRole(
  roleId: string,
  interaction: ChatInputCommandInteraction,
  { guildId, messages }: ReplyContext,
): string | null {
  if (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) !== true) {
    throw new UsageError('not-allowed', messages.server.onlyManageServer);
  }
  return roleId === guildId ? null : roleId;
}

async function show(context: ReplyContext, before: string[]) {
  const title = `**${context.messages.settings.title}**`;
  const lines = [title, ...before, ...(await describeSettings(context))];
  return { components: [textBlock(lines, context)] };
}
