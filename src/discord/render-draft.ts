import type { NewSubscription } from '../domain/subscription.ts';
import type { Reply, ReplyContext } from './command.ts';
import { describeNewSubscription } from './describe-subscription.ts';
import { withPreview } from './render-preview.ts';
import { buttonRow, textBlock } from './reply.ts';

/** A subscription before it is saved: what it will do, what it would have brought, and what to press. */
export async function renderDraft(
  draft: { id: string; subscription: NewSubscription },
  context: ReplyContext,
  problem: string | null = null,
): Promise<Reply> {
  const { draft: words, placeForm, preview } = context.messages;
  const head = [
    ...(problem === null ? [] : [`⚠ ${problem}`]),
    `**${words.title}**`,
    ...describeNewSubscription(draft.subscription, context),
    `-# ${preview.title}`,
  ];
  const draftId = draft.id;
  const buttons = buttonRow([
    { action: { kind: 'confirm', draftId }, label: words.confirm },
    { action: { kind: 'revise', draftId }, label: words.edit },
    { action: { kind: 'replace', draftId }, label: placeForm.button },
    { action: { kind: 'cancel', draftId }, label: words.cancel },
  ]);
  const components = await withPreview(draft.subscription, context, (digest) => [
    textBlock(head, context),
    ...digest,
    buttons,
  ]);
  return { components };
}
