import { ApplicationCommandOptionType } from 'discord.js';
import { saveGuildSettings } from '../../store/settings-store.ts';
import type { Command, ReplyContext } from '../command.ts';
import { completeTimezone } from '../complete-options.ts';
import { messagesIn } from '../messages/messages-in.ts';
import { defineCommand, timezoneOption } from '../option-definitions.ts';
import { readTimezone } from '../read-options.ts';
import { inServerDirection, textBlock } from '../reply.ts';

const definition = defineCommand('settings', 'Language and time zone of this server', true, [
  {
    type: ApplicationCommandOptionType.String,
    name: 'language',
    description: 'Language of replies and digests',
    choices: [
      { name: 'العربية (Arabic)', value: 'ar' },
      { name: 'English', value: 'en' },
    ],
  },
  timezoneOption,
]);

export const settings: Command = {
  definition,
  changes: true,
  run: async (interaction, context) => {
    const language = interaction.options.getString('language');
    const zone = interaction.options.getString('timezone');
    if (language === null && zone === null) return show(context, []);
    const current = context.settings;
    const changed = {
      ...current,
      language: language === 'ar' || language === 'en' ? language : current.language,
      timezone: zone === null ? current.timezone : readTimezone(zone, context.messages),
    };
    await saveGuildSettings(context.db, changed, context.now);
    const messages = messagesIn(changed.language);
    return show({ ...context, settings: changed, messages }, [messages.settings.saved]);
  },
  complete: async (interaction, context) =>
    completeTimezone(interaction.options.getFocused(), context.settings.language),
};

function show(context: ReplyContext, before: string[]) {
  const { messages } = context;
  const { language, timezone } = context.settings;
  const lines = [
    `**${messages.settings.title}**`,
    ...before,
    messages.settings.language(messages.settings.languageName[language]),
    inServerDirection(messages.settings.timezone(timezone), context),
  ];
  return { components: [textBlock(lines, context)] };
}
