import type { Command } from '../command.ts';
import { defineCommand } from '../option-definitions.ts';
import { inServerDirection, textBlock } from '../reply.ts';

export const help: Command = {
  definition: defineCommand('help', 'What Rasid does and how to ask for it', false),
  changes: false,
  run: async (_interaction, context) => {
    const words = context.messages.help;
    const commands = Object.entries(words.commands).map(
      ([name, text]) => `${inServerDirection(`/${name}`, context)} · ${text}`,
    );
    const keyword = inServerDirection(words.keyword, context);
    const lines = [`**${words.title}**`, ...commands, `-# ${keyword.replaceAll('*', '\\*')}`];
    return { components: [textBlock(lines, context)] };
  },
};
