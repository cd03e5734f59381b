import { nextDue } from '../../digest/next-due.ts';
import { UsageError } from '../../domain/errors.ts';
import {
  EIGHT_O_CLOCK,
  type NewSubscription,
  NO_FILTER,
  type Schedule,
  SUNDAY,
} from '../../domain/subscription.ts';
import { findDraft, saveDraft, takeDraft, updateDraft } from '../../store/draft-store.ts';
import { createSubscription, listSubscriptions } from '../../store/subscription-store.ts';
import { checkChannelAccess } from '../channel-access.ts';
import type { ButtonHandler, FormHandler, Reply, ReplyContext } from '../command.ts';
import { describeSubscription } from '../describe-subscription.ts';
import { isolateMarkup } from '../escape-text.ts';
import { placeForm, readPlace } from '../place-form.ts';
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

/** What `/subscribe schedule:daily` would begin with; its buttons change the rest. */
export const begin: ButtonHandler<'begin'> = {
  answers: 'update',
  changes: true,
  press: async (_action, context, interaction) => {
    const { db, guildId, settings, now } = context;
    const subscription: NewSubscription = {
      ...NO_FILTER,
      guildId,
      channelId: interaction.channelId,
      createdBy: interaction.user.id,
      schedule: 'daily',
      atMinutes: EIGHT_O_CLOCK,
      weekday: SUNDAY,
      timezone: settings.timezone,
      roleId: null,
      roleMinSeverity: 'low',
      follow: false,
    };
    checkChannelAccess(interaction.client, subscription, context.messages);
    await checkRoomForOneMore(context);
    const id = await saveDraft(db, subscription, now);
    return renderDraft({ id, subscription }, context);
  },
};

export const confirm: ButtonHandler<'confirm'> = {
  answers: 'update',
  changes: true,
  press: async ({ draftId }, context, interaction) => {
    const { db, messages, now } = context;
    const key = keyOf(draftId, interaction.user.id, context);
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
    const { db, messages } = context;
    await takeDraft(db, keyOf(draftId, interaction.user.id, context));
    return { components: [textBlock([messages.draft.cancelled], context)] };
  },
};

/** Opens a form with what the draft brings and when; what it says is shown as a draft again. */
export const revise: FormHandler<'revise'> = {
  answers: 'form',
  changes: true,
  open: async (action, context, { user }) => {
    const { subscription } = await ownDraft(keyOf(action.draftId, user.id, context), context);
    return subscriptionForm(action, subscription, context);
  },
  submit: ({ draftId }, context, interaction) =>
    changeDraft({ draftId, userId: interaction.user.id }, context, (before) =>
      readForm(interaction, before, context),
    ),
};

/** The same with the draft's channel and role. */
export const replace: FormHandler<'replace'> = {
  answers: 'form',
  changes: true,
  open: async (action, context, { client, user }) => {
    const { subscription } = await ownDraft(keyOf(action.draftId, user.id, context), context);
    return placeForm(action, subscription, client, context);
  },
  submit: ({ draftId }, context, interaction) =>
    changeDraft({ draftId, userId: interaction.user.id }, context, async (before) => ({
      ...before,
      ...readPlace(interaction, before, context),
    })),
};

async function changeDraft(
  { draftId, userId }: { draftId: string; userId: string },
  context: ReplyContext,
  change: (before: NewSubscription) => Promise<NewSubscription>,
): Promise<Reply> {
  const { db } = context;
  const key = keyOf(draftId, userId, context);
  const draft = await ownDraft(key, context);
  try {
    const subscription = await change(draft.subscription);
    await updateDraft(db, key, subscription);
    return await renderDraft({ ...draft, subscription }, context);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // The draft stays, with what is wrong above it.
    return renderDraft(draft, context, error.message);
  }
}

/** A draft is its author's alone, in the server where it was begun. */
function keyOf(id: string, userId: string, { guildId, now }: ReplyContext) {
  return { guildId, userId, id, now };
}

async function ownDraft(key: Parameters<typeof findDraft>[1], context: ReplyContext) {
  const draft = await findDraft(context.db, key);
  if (draft === null) throw new UsageError('gone', context.messages.draft.expired);
  return draft;
}

function firstWindow(wanted: NewSubscription, now: Date) {
  const coveredUntil = new Date(now.getTime() - FIRST_SPAN_MS[wanted.schedule]);
  return { nextDueAt: nextDue(wanted, now), coveredUntil, now };
}
