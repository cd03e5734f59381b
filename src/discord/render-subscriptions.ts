import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js';
import type { Subscription } from '../domain/subscription.ts';
import type { Reply, ReplyContext } from './command.ts';
import { describeSubscription } from './describe-subscription.ts';
import { buttonRow, textBlock } from './reply.ts';

/** With the longest filters, five are within Discord's 4,000 characters; with their buttons, within its 40 components. */
const PAGE_SIZE = 5;

/** A page of a server's subscriptions, each with its buttons. */
export function renderSubscriptions(
  all: Subscription[],
  offset: number,
  context: ReplyContext,
  problem: string | null = null,
): Reply {
  const { messages } = context;
  if (all.length === 0) return { components: [textBlock([messages.subscriptions.none], context)] };
  const start = offset < all.length ? offset : 0;
  const shown = all.slice(start, start + PAGE_SIZE);
  const warning = problem === null ? [] : [`⚠ ${problem}`];
  const title = textBlock([...warning, `**${messages.subscriptions.title(all.length)}**`], context);
  return {
    components: [
      title,
      ...shown.flatMap((subscription) => entry(subscription, context)),
      ...paging(start, all.length, context),
    ],
  };
}

function entry(subscription: Subscription, context: ReplyContext): APIMessageTopLevelComponent[] {
  const { buttons } = context.messages;
  const subscriptionId = subscription.id;
  const pause = subscription.paused
    ? ({ action: { kind: 'resume', subscriptionId }, label: buttons.resume } as const)
    : ({ action: { kind: 'pause', subscriptionId }, label: buttons.pause } as const);
  return [
    textBlock(describeSubscription(subscription, context), context),
    buttonRow([
      { action: { kind: 'preview', subscriptionId }, label: context.messages.preview.button },
      pause,
      { action: { kind: 'edit', subscriptionId }, label: context.messages.form.button },
      { action: { kind: 'move', subscriptionId }, label: context.messages.placeForm.button },
      { action: { kind: 'delete', subscriptionId }, label: buttons.delete, danger: true },
    ]),
  ];
}

function paging(
  start: number,
  total: number,
  context: ReplyContext,
): APIMessageTopLevelComponent[] {
  if (total <= PAGE_SIZE) return [];
  const { buttons } = context.messages;
  const last = start + PAGE_SIZE >= total;
  return [
    buttonRow([
      {
        action: { kind: 'list', offset: Math.max(0, start - PAGE_SIZE) },
        label: buttons.previous,
        disabled: start === 0,
      },
      { action: { kind: 'list', offset: start + PAGE_SIZE }, label: buttons.next, disabled: last },
    ]),
  ];
}

/** The question that comes before a deletion. */
export function renderDeleteQuestion(subscription: Subscription, context: ReplyContext): Reply {
  const { messages } = context;
  const subscriptionId = subscription.id;
  const lines = [
    `**${messages.subscriptions.askDelete}**`,
    ...describeSubscription(subscription, context),
  ];
  return {
    components: [
      { type: ComponentType.Container, components: [...questionBlock(lines, context)] },
      buttonRow([
        {
          action: { kind: 'confirm-delete', subscriptionId },
          label: messages.buttons.confirmDelete,
          danger: true,
        },
        { action: { kind: 'keep', subscriptionId }, label: messages.buttons.keep },
      ]),
    ],
  };
}

function questionBlock(lines: string[], context: ReplyContext) {
  const block = textBlock(lines, context);
  return block.type === ComponentType.TextDisplay ? [block] : [];
}
