import type { ButtonInteraction } from 'discord.js';
import type { ButtonHandler, Reply, ReplyContext } from '../command.ts';
import type { ButtonAction } from '../custom-id.ts';
import { found } from './search-buttons.ts';
import { latest, more, page, story } from './story-buttons.ts';
import { askDelete, confirmDelete, keep, list, pause, resume } from './subscription-buttons.ts';

/** A handler for every kind of button: leaving one out does not compile. */
const handlers: { [Kind in ButtonAction['kind']]: ButtonHandler<Kind> } = {
  more,
  story,
  latest,
  page,
  found,
  list,
  pause,
  resume,
  delete: askDelete,
  keep,
  'confirm-delete': confirmDelete,
};

export interface ReadyButton {
  answers: 'reply' | 'update';
  changes: boolean;
  press(context: ReplyContext, interaction: ButtonInteraction): Promise<Reply>;
}

/** The handler of an action, with the action given to it. */
export function buttonFor<Kind extends ButtonAction['kind']>(
  action: Extract<ButtonAction, { kind: Kind }> & { kind: Kind },
): ReadyButton {
  const handler: ButtonHandler<Kind> = handlers[action.kind];
  return {
    answers: handler.answers,
    changes: handler.changes,
    press: (context, interaction) => handler.press(action, context, interaction),
  };
}
