import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { SEVERITY_LEVELS } from '../../domain/severity.ts';
import {
  EIGHT_O_CLOCK,
  type NewSubscription,
  SCHEDULES,
  SUNDAY,
} from '../../domain/subscription.ts';
import { saveDraft } from '../../store/draft-store.ts';
import { checkChannelAccess } from '../channel-access.ts';
import type { Command, ReplyContext } from '../command.ts';
import { completeTimezone } from '../complete-options.ts';
import { checkRoomForOneMore } from '../components/draft-buttons.ts';
import {
  defineCommand,
  languageOption,
  POSTABLE_CHANNELS,
  severityOption,
  sourceOption,
  timezoneOption,
  topicOption,
} from '../option-definitions.ts';
import { completeFilter, filterOptions, readFilter } from '../read-filter.ts';
import { readTime, readTimezone } from '../read-options.ts';
import { renderDraft } from '../render-draft.ts';

const options: APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.String,
    name: 'schedule',
    description: 'How often a digest is posted',
    required: true,
    choices: SCHEDULES.map((schedule) => ({ name: schedule, value: schedule })),
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'at',
    description: 'Time of day for daily and weekly digests, HH:MM; 08:00 when left out',
  },
  timezoneOption,
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'weekday',
    description: 'Day of weekly digests; Sunday when left out',
    choices: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
      (name, index) => ({ name, value: index + 1 }),
    ),
  },
  languageOption,
  topicOption,
  severityOption,
  sourceOption,
  {
    type: ApplicationCommandOptionType.String,
    name: 'keyword',
    description:
      'Words, "phrases", topic: severity: language: source: combined by AND, OR, NOT, (…)',
    max_length: 300,
  },
  { type: ApplicationCommandOptionType.Role, name: 'role', description: 'Role to mention' },
  {
    ...severityOption,
    name: 'role-severity',
    description: 'Mention the role only for stories at least this severe',
  },
  {
    type: ApplicationCommandOptionType.Boolean,
    name: 'follow',
    description: 'Tell developments of posted stories in a thread under the message',
  },
  {
    type: ApplicationCommandOptionType.Channel,
    name: 'channel',
    description: 'Where to post; here when left out',
    channel_types: [...POSTABLE_CHANNELS],
  },
];

export const subscribe: Command = {
  definition: defineCommand('subscribe', 'Post digests of cyber news to a channel', true, options),
  changes: true,
  run: async (interaction, context) => {
    const wanted = await readSubscription(interaction, context);
    checkChannelAccess(interaction.client, wanted, context.messages);
    await checkRoomForOneMore(context);
    const id = await saveDraft(context.db, wanted, context.now);
    return renderDraft({ id, subscription: wanted }, context);
  },
  complete: (interaction, context) => complete(interaction, context),
};

async function readSubscription(
  interaction: ChatInputCommandInteraction,
  context: ReplyContext,
): Promise<NewSubscription> {
  const { settings, messages, guildId } = context;
  const at = interaction.options.getString('at');
  const zone = interaction.options.getString('timezone');
  const schedule = interaction.options.getString('schedule', true);
  const roleSeverity = interaction.options.getString('role-severity');
  return {
    ...(await readFilter(filterOptions(interaction), context)),
    guildId,
    channelId: interaction.options.getChannel('channel')?.id ?? interaction.channelId,
    createdBy: interaction.user.id,
    schedule: SCHEDULES.find((candidate) => candidate === schedule) ?? 'daily',
    atMinutes: at === null ? EIGHT_O_CLOCK : readTime(at, messages),
    weekday: interaction.options.getInteger('weekday') ?? SUNDAY,
    timezone: zone === null ? settings.timezone : readTimezone(zone, messages),
    roleId: interaction.options.getRole('role')?.id ?? null,
    roleMinSeverity: SEVERITY_LEVELS.find((level) => level === roleSeverity) ?? 'low',
    follow: interaction.options.getBoolean('follow') ?? false,
  };
}

async function complete(interaction: AutocompleteInteraction, context: ReplyContext) {
  const option = interaction.options.getFocused(true);
  if (option.name === 'timezone') return completeTimezone(option.value, context.settings.language);
  return completeFilter(option, context);
}
