import type {
  APIModalInteractionResponseCallbackData,
  ButtonInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { ButtonHandler, FormHandler, Reply, ReplyContext } from '../command.ts';
import type { ButtonAction } from '../custom-id.ts';
import { begin, cancel, confirm, replace, revise } from './draft-buttons.ts';
import { rest, turnRest } from './rest-button.ts';
import { found } from './search-buttons.ts';
import { addSource, dropSource, sourcePage } from './source-buttons.ts';
import { latest, more, page, story } from './story-buttons.ts';
import {
  askDelete,
  confirmDelete,
  edit,
  keep,
  list,
  move,
  pause,
  preview,
  resume,
} from './subscription-buttons.ts';
import { vote } from './vote-buttons.ts';

/** A handler for every kind of button: leaving one out does not compile. */
const handlers: { [Kind in ButtonAction['kind']]: ButtonHandler<Kind> | FormHandler<Kind> } = {
  more,
  story,
  latest,
  page,
  found,
  sources: sourcePage,
  'add-source': addSource,
  'drop-source': dropSource,
  rest,
  'rest-page': turnRest,
  vote,
  begin,
  list,
  preview,
  pause,
  resume,
  edit,
  move,
  delete: askDelete,
  keep,
  'confirm-delete': confirmDelete,
  confirm,
  revise,
  replace,
  cancel,
};

export const BUTTON_KINDS: readonly string[] = Object.keys(handlers);

/** A button with its action given to it. */
export type ReadyButton =
  | {
      answers: 'reply' | 'update';
      changes: boolean;
      press(context: ReplyContext, interaction: ButtonInteraction): Promise<Reply>;
    }
  | {
      answers: 'form';
      changes: boolean;
      open(
        context: ReplyContext,
        interaction: ButtonInteraction,
      ): Promise<APIModalInteractionResponseCallbackData>;
      submit(context: ReplyContext, interaction: ModalSubmitInteraction): Promise<Reply>;
    };

/** The handler of an action, with the action given to it. */
export function buttonFor<Kind extends ButtonAction['kind']>(
  action: Extract<ButtonAction, { kind: Kind }> & { kind: Kind },
): ReadyButton {
  const handler: ButtonHandler<Kind> | FormHandler<Kind> = handlers[action.kind];
  const { changes } = handler;
  if (handler.answers === 'form') {
    return {
      answers: 'form',
      changes,
      open: (context, interaction) => handler.open(action, context, interaction),
      submit: (context, interaction) => handler.submit(action, context, interaction),
    };
  }
  return {
    answers: handler.answers,
    changes,
    press: (context, interaction) => handler.press(action, context, interaction),
  };
}
