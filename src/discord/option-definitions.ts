import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ChannelType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { SEVERITY_LEVELS } from '../domain/severity.ts';

const HOUR_MS = 3_600_000;

/** What all commands share: they belong to a server; changing ones ask for Manage Server. */
export function defineCommand(
  name: string,
  description: string,
  changes: boolean,
  options: APIApplicationCommandBasicOption[] = [],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    type: 1,
    name,
    description,
    options,
    contexts: [InteractionContextType.Guild],
    default_member_permissions: changes ? String(PermissionFlagsBits.ManageGuild) : null,
  };
}

export const topicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'topic',
  description: 'Only these topics; several separated by commas',
  autocomplete: true,
} as const;

export const sourceOption = {
  type: ApplicationCommandOptionType.String,
  name: 'source',
  description: 'Only stories told by these sources; several separated by commas',
  autocomplete: true,
} as const;

export const timezoneOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'timezone',
  description: 'Time zone, such as Asia/Riyadh',
  autocomplete: true,
};

export const severityOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'severity',
  description: 'Only stories at least this severe',
  choices: SEVERITY_LEVELS.map((level) => ({ name: level, value: level })),
};

/** Kinds of channels that a digest can go to. */
export const POSTABLE_CHANNELS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.GuildForum,
] as const;

const LANGUAGES = [
  { name: 'العربية (Arabic)', value: 'ar' },
  { name: 'English', value: 'en' },
];

export const languageOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'language',
  description: 'Language of the stories',
  choices: [...LANGUAGES, { name: 'both', value: 'both' }],
};

/** Of what Rasid says, which is in one language at a time. */
export const replyLanguageOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'language',
  description: 'Language of replies and digests',
  choices: LANGUAGES,
};

/** What `since` may be, in hours. */
const SPANS = {
  '6h': { name: '6 hours', hours: 6 },
  '24h': { name: '24 hours', hours: 24 },
  '3d': { name: '3 days', hours: 72 },
  '7d': { name: '7 days', hours: 168 },
  '30d': { name: '30 days', hours: 720 },
  '1y': { name: '1 year', hours: 8_760 },
} as const;

export function sinceOption(
  spans: (keyof typeof SPANS)[],
  description: string,
): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.String,
    name: 'since',
    description,
    choices: spans.map((value) => ({ name: SPANS[value].name, value })),
  };
}

/** The beginning of the span chosen in `since`; null where none was. */
export function readSince(interaction: ChatInputCommandInteraction, now: Date): Date | null {
  const chosen = interaction.options.getString('since');
  const span = Object.entries(SPANS).find(([value]) => value === chosen)?.[1];
  return span === undefined ? null : new Date(now.getTime() - span.hours * HOUR_MS);
}
