import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { SEVERITY_LEVELS } from '../domain/severity.ts';

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

export const languageOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'language',
  description: 'Language of the stories',
  choices: [
    { name: 'العربية (Arabic)', value: 'ar' },
    { name: 'English', value: 'en' },
    { name: 'both', value: 'both' },
  ],
};
