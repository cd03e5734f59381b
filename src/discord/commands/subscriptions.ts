import { listSubscriptions } from '../../store/subscription-store.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../option-definitions.ts';
import { renderSubscriptions } from '../render-subscriptions.ts';

export const subscriptions: Command = {
  definition: defineCommand(
    'subscriptions',
    'The digests of this server: pause, resume, delete',
    true,
  ),
  changes: true,
  run: async (_interaction, context) =>
    renderSubscriptions(await listSubscriptions(context.db, context.guildId), 0, context),
};
