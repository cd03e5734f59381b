import { nextDue } from '../../digest/next-due.ts';
import { UsageError } from '../../domain/errors.ts';
import type { NewSubscription, Schedule } from '../../domain/subscription.ts';
import { findDraft, takeDraft, updateDraft } from '../../store/draft-store.ts';
import { createSubscription, listSubscriptions } from '../../store/subscription-store.ts';
import { checkChannelAccess } from '../channel-access.ts';
import type { ButtonHandler, FormHandler, ReplyContext } from '../command.ts';
import { describeSubscription } from '../describe-subscription.ts';
import { isolateMarkup } from '../escape-text.ts';
import { renderDraft } from '../render-draft.ts';
import { textBlock } from '../reply.ts';
import { readForm, subscriptionForm } from '../subscription-form.ts';

/** A list of choices shows this many, so that each can still be found and deleted. */
const MAX_SUBSCRIPTIONS = 25;

const HOUR_MS = 3_600_000;

/** A first digest covers what one schedule's span before it would have: otherwise it would be nearly empty. */
const FIRST_SPAN_MS: Record<Schedule, number> = {
  instant: 0,
  hourly: HOUR_MS,
  daily: 24 * HOUR_MS,
  weekly: 7 * 24 * HOUR_MS,
};

/** @throws UsageError when this server has as many subscriptions as it may. */
export async function checkRoomForOneMore({ db, guildId, messages }: ReplyContext): Promise<void> {
  const existing = await listSubscriptions(db, guildId);
  if (existing.length < MAX_SUBSCRIPTIONS) return;
  throw new UsageError('too-many-subscriptions', messages.subscribe.tooMany(MAX_SUBSCRIPTIONS));
}

export const confirm: ButtonHandler<'confirm'> = {
  answers: 'update',
  changes: true,
  press: async ({ draftId }, context, interaction) => {
    const { db, guildId, messages, now } = context;
    const key = { guildId, userId: interaction.user.id, id: draftId, now };
    const wanted = (await ownDraft(key, context)).subscription;
    checkChannelAccess(interaction.client, wanted, messages);
    await checkRoomForOneMore(context);
    const created = await db.transaction(async (tx) => {
      const draft = await takeDraft(tx, key);
      if (draft === null) throw new UsageError('gone', messages.draft.expired);
      return createSubscription(tx, draft.subscription, firstWindow(draft.subscription, now));
    });
    const lines = [
      messages.subscribe.done(isolateMarkup(`<#${created.channelId}>`)),
      ...describeSubscription(created, context),
    ];
    return { components: [textBlock(lines, context)] };
  },
};

export const cancel: ButtonHandler<'cancel'> = {
  answers: 'update',
  changes: true,
  press: async ({ draftId }, context, interaction) => {
    const { db, guildId, messages, now } = context;
    await takeDraft(db, { guildId, userId: interaction.user.id, id: draftId, now });
    return { components: [textBlock([messages.draft.cancelled], context)] };
  },
};

/** Opens a form with the draft's values; what it says is shown as a draft again. */
export const revise: FormHandler<'revise'> = {
  answers: 'form',
  changes: true,
  open: async (action, context, interaction) => {
    const { guildId, now } = context;
    const key = { guildId, userId: interaction.user.id, id: action.draftId, now };
    return subscriptionForm(action, (await ownDraft(key, context)).subscription, context);
  },
  submit: async ({ draftId }, context, interaction) => {
    const { db, guildId, now } = context;
    const key = { guildId, userId: interaction.user.id, id: draftId, now };
    const draft = await ownDraft(key, context);
    try {
      const subscription = await readForm(interaction, draft.subscription, context);
      await updateDraft(db, key, subscription);
      return await renderDraft({ ...draft, subscription }, context);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      // The draft stays, with what is wrong above it.
      return renderDraft(draft, context, error.message);
    }
  },
};

async function ownDraft(key: Parameters<typeof findDraft>[1], context: ReplyContext) {
  const draft = await findDraft(context.db, key);
  if (draft === null) throw new UsageError('gone', context.messages.draft.expired);
  return draft;
}

function firstWindow(wanted: NewSubscription, now: Date) {
  const coveredUntil = new Date(now.getTime() - FIRST_SPAN_MS[wanted.schedule]);
  return { nextDueAt: nextDue(wanted, now), coveredUntil, now };
}
