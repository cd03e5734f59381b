import type { Command } from '../command.ts';
import { mayChange } from '../may-change.ts';
import { defineCommand } from '../option-definitions.ts';
import { buttonRow, inServerDirection, textBlock } from '../reply.ts';

/**
 * What there is. Whoever may change things finds buttons as well: Discord hides changing commands from those who have only the role
 * chosen in `/settings`, but no button (docs/decisions/0006).
 */
export const help: Command = {
  definition: defineCommand('help', 'What Rasid does and how to ask for it', false),
  changes: false,
  run: async (interaction, context) => {
    const words = context.messages.help;
    const commands = Object.entries(words.commands).map(
      ([name, text]) => `${inServerDirection(`/${name}`, context)} · ${text}`,
    );
    const keyword = inServerDirection(words.keyword, context);
    const lines = [`**${words.title}**`, ...commands, `-# ${keyword.replaceAll('*', '\\*')}`];
    const buttons = buttonRow([
      { action: { kind: 'begin' }, label: words.buttons.begin },
      { action: { kind: 'list', offset: 0 }, label: words.buttons.list },
    ]);
    return {
      components: [
        textBlock(lines, context),
        ...(mayChange(interaction, context.settings) ? [buttons] : []),
      ],
    };
  },
};
