import { nextDue } from '../../digest/next-due.ts';
import { UsageError } from '../../domain/errors.ts';
import type { Subscription } from '../../domain/subscription.ts';
import {
  deleteSubscription,
  findSubscription,
  listSubscriptions,
  moveSubscription,
  pauseSubscription,
  resumeSubscription,
  updateSubscription,
} from '../../store/subscription-store.ts';
import { checkChannelAccess } from '../channel-access.ts';
import type { ButtonHandler, FormHandler, Reply, ReplyContext } from '../command.ts';
import { placeForm, readPlace } from '../place-form.ts';
import { withPreview } from '../render-preview.ts';
import { renderDeleteQuestion, renderSubscriptions } from '../render-subscriptions.ts';
import { textBlock } from '../reply.ts';
import { readForm, subscriptionForm } from '../subscription-form.ts';

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
    const subscription = await findOwn(subscriptionId, context);
    checkChannelAccess(interaction.client, subscription, context.messages);
    await goOn(subscription, context);
    return showList(context);
  },
};

function goOn(subscription: Subscription, { db, now }: ReplyContext): Promise<void> {
  const earliest = new Date(now.getTime() - MAX_CATCH_UP_MS);
  const { coveredUntil } = subscription;
  return resumeSubscription(db, subscription.id, {
    nextDueAt: nextDue(subscription, now),
    coveredUntil: coveredUntil > earliest ? coveredUntil : earliest,
  });
}

/** What it would have brought in the last 24 hours, for the one who presses. */
export const preview: ButtonHandler<'preview'> = {
  answers: 'reply',
  changes: true,
  press: async ({ subscriptionId }, context) => {
    const subscription = await findOwn(subscriptionId, context);
    const title = textBlock([`-# ${context.messages.preview.title}`], context);
    return {
      components: await withPreview(subscription, context, (digest) => [title, ...digest]),
    };
  },
};

/** A form with what it brings today, and when; the list shows what became of it, or what is wrong. */
export const edit: FormHandler<'edit'> = {
  answers: 'form',
  changes: true,
  open: async (action, context) =>
    subscriptionForm(action, await findOwn(action.subscriptionId, context), context),
  submit: ({ subscriptionId }, context, interaction) =>
    change(subscriptionId, context, async (before) => {
      const { db, guildId, now } = context;
      const changed = await readForm(interaction, before, context);
      const nextDueAt = nextDue(changed, now);
      await updateSubscription(db, guildId, subscriptionId, { ...changed, nextDueAt });
    }),
};

/** The same with its channel and role. What waited because its channel was lost goes on in the new one. */
export const move: FormHandler<'move'> = {
  answers: 'form',
  changes: true,
  open: async (action, context, { client }) =>
    placeForm(action, await findOwn(action.subscriptionId, context), client, context),
  submit: ({ subscriptionId }, context, interaction) =>
    change(subscriptionId, context, async (before) => {
      const place = readPlace(interaction, before, context);
      await moveSubscription(context.db, context.guildId, subscriptionId, place);
      if (before.pauseReason?.startsWith('user:') === false) await goOn(before, context);
    }),
};

async function change(
  subscriptionId: string,
  context: ReplyContext,
  save: (before: Subscription) => Promise<void>,
): Promise<Reply> {
  const { db, guildId } = context;
  const subscription = await findOwn(subscriptionId, context);
  try {
    await save(subscription);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const all = await listSubscriptions(db, guildId);
    return renderSubscriptions(all, 0, context, error.message);
  }
  return showList(context);
}

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
