import { nextDue } from '../../digest/next-due.ts';
import { UsageError } from '../../domain/errors.ts';
import type { Subscription } from '../../domain/subscription.ts';
import {
  deleteSubscription,
  findSubscription,
  listSubscriptions,
  pauseSubscription,
  resumeSubscription,
} from '../../store/subscription-store.ts';
import { checkChannelAccess } from '../channel-access.ts';
import type { ButtonHandler, Reply, ReplyContext } from '../command.ts';
import { renderDeleteQuestion, renderSubscriptions } from '../render-subscriptions.ts';

/** A digest after a pause looks back no further: nobody wants a month at once. */
const MAX_CATCH_UP_MS = 24 * 3_600_000;

const answersInPlace = { answers: 'update', changes: true } as const;

export const list: ButtonHandler<'list'> = {
  ...answersInPlace,
  press: ({ offset }, context) => showList(context, offset),
};

export const pause: ButtonHandler<'pause'> = {
  ...answersInPlace,
  press: async ({ subscriptionId }, context, interaction) => {
    const { id } = await findOwn(subscriptionId, context);
    await pauseSubscription(context.db, id, `user:${interaction.user.id}`);
    return showList(context);
  },
};

export const resume: ButtonHandler<'resume'> = {
  ...answersInPlace,
  press: async ({ subscriptionId }, context, interaction) => {
    const { db, guildId, messages, now } = context;
    const subscription = await findOwn(subscriptionId, context);
    checkChannelAccess(interaction.client, guildId, subscription.channelId, messages);
    const earliest = new Date(now.getTime() - MAX_CATCH_UP_MS);
    const { coveredUntil } = subscription;
    await resumeSubscription(db, subscription.id, {
      nextDueAt: nextDue(subscription, now),
      coveredUntil: coveredUntil > earliest ? coveredUntil : earliest,
    });
    return showList(context);
  },
};

export const askDelete: ButtonHandler<'delete'> = {
  ...answersInPlace,
  press: async ({ subscriptionId }, context) =>
    renderDeleteQuestion(await findOwn(subscriptionId, context), context),
};

export const keep: ButtonHandler<'keep'> = {
  ...answersInPlace,
  press: (_action, context) => showList(context),
};

export const confirmDelete: ButtonHandler<'confirm-delete'> = {
  ...answersInPlace,
  press: async ({ subscriptionId }, context) => {
    const { id } = await findOwn(subscriptionId, context);
    await deleteSubscription(context.db, context.guildId, id);
    return showList(context);
  },
};

async function findOwn(subscriptionId: string, context: ReplyContext): Promise<Subscription> {
  const { db, guildId, messages } = context;
  const subscription = await findSubscription(db, guildId, subscriptionId);
  if (subscription !== null) return subscription;
  throw new UsageError('unknown-subscription', messages.errors.unknownSubscription);
}

async function showList(context: ReplyContext, offset = 0): Promise<Reply> {
  return renderSubscriptions(await listSubscriptions(context.db, context.guildId), offset, context);
}
