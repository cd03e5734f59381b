import { type CommandChoice, choiceMistakes } from './check-commands.ts';
import { type FormBody, readForm } from './check-form.ts';
import { checkMessage, EPHEMERAL, type MessageBody } from './check-message.ts';
import { editMessage } from './message-routes.ts';
import { invalidForm, Refusal, unknownInteraction, unknownMessage } from './refusal.ts';
import type { Route } from './rest-server.ts';
import {
  createMessage,
  type FakeInteraction,
  type InteractionKind,
  type InteractionReply,
  type State,
} from './state.ts';

const MESSAGE = 4;
const DEFERRED = 5;
const DEFERRED_UPDATE = 6;
const UPDATE = 7;
const CHOICES = 8;
const FORM = 9;

/** Which callbacks Discord takes for which interaction. */
const ALLOWED: Record<InteractionKind, number[]> = {
  command: [MESSAGE, DEFERRED],
  component: [MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, FORM],
  form: [MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE],
  autocomplete: [CHOICES],
};

interface Callback {
  type: number;
  data?: MessageBody & { choices?: CommandChoice[] } & FormBody;
}

export function interactionRoutes(state: State, deadlineMs: number): Route[] {
  const byToken = (token: string): FakeInteraction => {
    const interaction = state.interactions.get(token);
    if (interaction === undefined) throw unknownInteraction();
    return interaction;
  };
  return [
    {
      method: 'POST',
      path: /^\/interactions\/(\d+)\/([\w-]+)\/callback$/,
      open: true,
      answer: ([id = '', token = ''], { body }) => {
        const interaction = byToken(token);
        if (interaction.id !== id) throw unknownInteraction();
        return takeCallback(state, interaction, body as Callback, deadlineMs);
      },
    },
    {
      method: 'PATCH',
      path: /^\/webhooks\/\d+\/([\w-]+)\/messages\/@original$/,
      open: true,
      answer: ([token = ''], { body }) => editOriginal(state, byToken(token), body as MessageBody),
    },
    {
      method: 'GET',
      path: /^\/webhooks\/\d+\/([\w-]+)\/messages\/@original$/,
      open: true,
      answer: ([token = '']) => {
        const { reply } = byToken(token);
        if (reply === null) throw unknownMessage();
        return reply;
      },
    },
  ];
}

function takeCallback(
  state: State,
  interaction: FakeInteraction,
  callback: Callback,
  deadlineMs: number,
): undefined {
  if (Date.now() - interaction.sentAtMs > deadlineMs) {
    state.violations.push(`interaction ${interaction.id} was answered after ${deadlineMs} ms`);
    throw unknownInteraction();
  }
  if (interaction.callback !== null)
    throw new Refusal(400, 40060, 'Interaction has already been acknowledged.');
  if (!ALLOWED[interaction.kind].includes(callback.type)) {
    throw invalidForm([
      {
        path: ['type'],
        message: `callback type ${callback.type} does not answer a ${interaction.kind}`,
      },
    ]);
  }
  applyCallback(state, interaction, callback);
  interaction.callback = callback.type;
  interaction.onAcknowledged();
  return undefined;
}

function applyCallback(
  state: State,
  interaction: FakeInteraction,
  { type, data = {} }: Callback,
): void {
  if (type === CHOICES) {
    const mistakes = choiceMistakes(data.choices ?? [], ['data', 'choices']);
    if (mistakes.length > 0) throw invalidForm(mistakes);
    settle(interaction, { choices: data.choices ?? [] });
  } else if (type === FORM) {
    settle(interaction, { form: readForm(data) });
  } else if (type === MESSAGE) {
    checkMessage(data);
    interaction.ephemeral = ((data.flags ?? 0) & EPHEMERAL) !== 0;
    showReply(state, interaction, data);
  } else if (type === UPDATE) {
    updateSource(interaction, data);
  } else if (type === DEFERRED) {
    interaction.ephemeral = ((data.flags ?? 0) & EPHEMERAL) !== 0;
  }
}

function editOriginal(state: State, interaction: FakeInteraction, body: MessageBody): object {
  if (interaction.callback === null) throw unknownMessage();
  if (interaction.callback === DEFERRED_UPDATE || interaction.callback === UPDATE) {
    return updateSource(interaction, body);
  }
  if (interaction.reply === null) {
    checkMessage(body);
    return showReply(state, interaction, body);
  }
  return editMessage(interaction.reply, body);
}

function showReply(state: State, interaction: FakeInteraction, body: MessageBody): object {
  const flags = (body.flags ?? 0) | (interaction.ephemeral ? EPHEMERAL : 0);
  const message = createMessage(state, interaction.channelId, { ...body, flags });
  interaction.reply = message;
  if (interaction.ephemeral) state.ephemeral.set(message.id, message);
  else
    state.messages.set(interaction.channelId, [
      ...(state.messages.get(interaction.channelId) ?? []),
      message,
    ]);
  settle(interaction, { message });
  return message;
}

function updateSource(interaction: FakeInteraction, body: MessageBody): object {
  if (interaction.source === null) throw unknownMessage();
  const message = editMessage(interaction.source, body);
  interaction.ephemeral = ((message.flags ?? 0) & EPHEMERAL) !== 0;
  settle(interaction, { message, updated: true });
  return message;
}

function settle(interaction: FakeInteraction, reply: Partial<InteractionReply>): void {
  interaction.settle({
    message: null,
    choices: [],
    updated: false,
    form: null,
    ephemeral: interaction.ephemeral,
    deferred: interaction.callback !== null,
    ...reply,
  });
}
