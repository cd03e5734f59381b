import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { nextDue } from '../../digest/next-due.ts';
import { UsageError } from '../../domain/errors.ts';
import {
  type NewSubscription,
  SCHEDULES,
  type Schedule,
  type Subscription,
} from '../../domain/subscription.ts';
import { createSubscription, listSubscriptions } from '../../store/subscription-store.ts';
import { checkChannelAccess } from '../channel-access.ts';
import type { Command, ReplyContext } from '../command.ts';
import { completeTimezone } from '../complete-options.ts';
import { describeSubscription } from '../describe-subscription.ts';
import { isolateMarkup } from '../escape-text.ts';
import { findStories } from '../find-stories.ts';
import {
  defineCommand,
  languageOption,
  severityOption,
  sourceOption,
  timezoneOption,
  topicOption,
} from '../option-definitions.ts';
import { completeFilter, filterOptions, readFilter } from '../read-filter.ts';
import { readTime, readTimezone } from '../read-options.ts';
import { textBlock } from '../reply.ts';

/** A list of choices shows this many, so that each can still be found and deleted. */
const MAX_SUBSCRIPTIONS = 25;

const EIGHT_O_CLOCK = 8 * 60;
const HOUR_MS = 3_600_000;

/** A first digest covers what one schedule's span before it would have: otherwise it would be nearly empty. */
const FIRST_SPAN_MS: Record<Schedule, number> = {
  instant: 0,
  hourly: HOUR_MS,
  daily: 24 * HOUR_MS,
  weekly: 7 * 24 * HOUR_MS,
};

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
    description: 'Words that must occur; AND, OR, NOT, (…) and "exact phrases" combine them',
    max_length: 300,
  },
  { type: ApplicationCommandOptionType.Role, name: 'role', description: 'Role to mention' },
  {
    type: ApplicationCommandOptionType.Channel,
    name: 'channel',
    description: 'Where to post; here when left out',
    channel_types: [
      ChannelType.GuildText,
      ChannelType.GuildAnnouncement,
      ChannelType.AnnouncementThread,
      ChannelType.PublicThread,
      ChannelType.PrivateThread,
    ],
  },
];

export const subscribe: Command = {
  definition: defineCommand('subscribe', 'Post digests of cyber news to a channel', true, options),
  changes: true,
  run: async (interaction, context) => {
    const { db, guildId, messages, now } = context;
    const wanted = await readSubscription(interaction, context);
    checkChannelAccess(interaction.client, guildId, wanted.channelId, messages);
    const existing = await listSubscriptions(db, guildId);
    if (existing.length >= MAX_SUBSCRIPTIONS) {
      throw new UsageError('too-many-subscriptions', messages.subscribe.tooMany(MAX_SUBSCRIPTIONS));
    }
    const created = await createSubscription(db, wanted, {
      nextDueAt: nextDue(wanted, now),
      coveredUntil: new Date(now.getTime() - FIRST_SPAN_MS[wanted.schedule]),
      now,
    });
    const lastDay = new Date(now.getTime() - FIRST_SPAN_MS.daily);
    const fitting = await findStories(created, lastDay, context);
    return confirmation(created, fitting.length, context);
  },
  complete: (interaction, context) => complete(interaction, context),
};

/** What was agreed, and how much it would have been: a filter that catches nothing shows at once. */
function confirmation(created: Subscription, fitting: number, context: ReplyContext) {
  const words = context.messages.subscribe;
  const lines = [
    words.done(isolateMarkup(`<#${created.channelId}>`)),
    ...describeSubscription(created, context),
    `-# ${words.lastDay(fitting)}`,
  ];
  return { components: [textBlock(lines, context)] };
}

async function readSubscription(
  interaction: ChatInputCommandInteraction,
  context: ReplyContext,
): Promise<NewSubscription> {
  const { settings, messages, guildId } = context;
  const at = interaction.options.getString('at');
  const zone = interaction.options.getString('timezone');
  const schedule = interaction.options.getString('schedule', true);
  return {
    ...(await readFilter(filterOptions(interaction), context)),
    guildId,
    channelId: interaction.options.getChannel('channel')?.id ?? interaction.channelId,
    createdBy: interaction.user.id,
    schedule: SCHEDULES.find((candidate) => candidate === schedule) ?? 'daily',
    atMinutes: at === null ? EIGHT_O_CLOCK : readTime(at, messages),
    weekday: interaction.options.getInteger('weekday') ?? 7,
    timezone: zone === null ? settings.timezone : readTimezone(zone, messages),
    roleId: interaction.options.getRole('role')?.id ?? null,
    roleMinSeverity: 'low',
    follow: false,
  };
}

async function complete(interaction: AutocompleteInteraction, context: ReplyContext) {
  const option = interaction.options.getFocused(true);
  if (option.name === 'timezone') return completeTimezone(option.value, context.settings.language);
  return completeFilter(option, context);
}
