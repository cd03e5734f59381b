import { ApplicationCommandOptionType } from 'discord.js';
import { shortenText } from '../../digest/shorten-text.ts';
import { UsageError } from '../../domain/errors.ts';
import { normaliseForMatching } from '../../language/normalise-arabic.ts';
import {
  deleteSubscription,
  findSubscription,
  listSubscriptions,
} from '../../store/subscription-store.ts';
import type { Command } from '../command.ts';
import { describeSubscription, subscriptionTitle } from '../describe-subscription.ts';
import { MAX_CHOICE_LENGTH, MAX_CHOICES } from '../limits.ts';
import { defineCommand } from '../option-definitions.ts';
import { textBlock } from '../reply.ts';

const definition = defineCommand('unsubscribe', 'Delete a digest of this server', true, [
  {
    type: ApplicationCommandOptionType.String,
    name: 'subscription',
    description: 'Which one',
    required: true,
    autocomplete: true,
  },
]);

export const unsubscribe: Command = {
  definition,
  changes: true,
  run: async (interaction, context) => {
    const { db, guildId, messages } = context;
    const id = interaction.options.getString('subscription', true);
    const subscription = await findSubscription(db, guildId, id);
    if (subscription === null || !(await deleteSubscription(db, guildId, id))) {
      throw new UsageError('unknown-subscription', messages.errors.unknownSubscription);
    }
    const [where = '', what = ''] = describeSubscription(subscription, context);
    return { components: [textBlock([messages.unsubscribe.done, where, what], context)] };
  },
  complete: async (interaction, context) => {
    const typed = normaliseForMatching(interaction.options.getFocused());
    const all = await listSubscriptions(context.db, context.guildId);
    return all
      .map((subscription) => {
        const channel = interaction.guild?.channels.cache.get(subscription.channelId);
        const title = subscriptionTitle(subscription, channel?.name ?? '?', context);
        return { name: shortenText(title, MAX_CHOICE_LENGTH), value: subscription.id };
      })
      .filter(({ name }) => normaliseForMatching(name).includes(typed))
      .slice(0, MAX_CHOICES);
  },
};
