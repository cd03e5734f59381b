import { checkMessage, type MessageBody } from './check-message.ts';
import { channelPayload } from './guild-payload.ts';
import { invalidForm, Refusal, unknownMessage } from './refusal.ts';
import type { Route } from './rest-server.ts';
import {
  channelFor,
  createMessage,
  type FakeMessage,
  READ_MESSAGE_HISTORY,
  SEND_MESSAGES,
  type State,
} from './state.ts';

/** "The past few minutes": how long a nonce is remembered. */
const NONCE_MEMORY_MS = 5 * 60_000;

export function messageRoutes(state: State): Route[] {
  return [
    {
      method: 'POST',
      path: /^\/channels\/(\d+)\/messages$/,
      answer: ([channelId = ''], { body }) => postMessage(state, channelId, body as MessageBody),
    },
    {
      method: 'GET',
      path: /^\/channels\/(\d+)\/messages$/,
      answer: ([channelId = ''], { query }) => listMessages(state, channelId, query),
    },
    {
      method: 'GET',
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      answer: ([channelId = '', id = '']) => findMessage(state, channelId, id),
    },
    {
      method: 'PATCH',
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      answer: ([channelId = '', id = ''], { body }) => {
        const message = findMessage(state, channelId, id);
        return editMessage(message, body as MessageBody);
      },
    },
    {
      method: 'GET',
      path: /^\/channels\/(\d+)$/,
      answer: ([channelId = '']) => {
        return channelPayload(state, channelFor(state, channelId, 0n));
      },
    },
  ];
}

function postMessage(state: State, channelId: string, body: MessageBody): FakeMessage {
  const { type } = channelFor(state, channelId, SEND_MESSAGES);
  if (type === 15) throw new Refusal(400, 50008, 'Cannot send messages in a non-text channel');
  checkMessage(body);
  const key = `${channelId}:${body.nonce}`;
  const enforced = body.enforce_nonce === true && body.nonce != null;
  const known = enforced ? state.nonces.get(key) : undefined;
  const nowMs = state.clock().getTime();
  if (known && nowMs - known.atMs < NONCE_MEMORY_MS) return known.message;
  const message = createMessage(state, channelId, body);
  state.messages.set(channelId, [...(state.messages.get(channelId) ?? []), message]);
  if (enforced) state.nonces.set(key, { message, atMs: nowMs });
  return message;
}

/** Newest first, as Discord does; `after` gives those nearest to it. Nonces are not given back later. */
function listMessages(state: State, channelId: string, query: URLSearchParams): FakeMessage[] {
  const { denied } = channelFor(state, channelId, 0n);
  if ((denied & READ_MESSAGE_HISTORY) !== 0n) return [];
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw invalidForm([{ path: ['limit'], message: 'int value should be between 1 and 100.' }]);
  }
  const after = query.get('after');
  const before = query.get('before');
  const all = state.messages.get(channelId) ?? [];
  const fitting = all.filter(
    ({ id }) =>
      (after === null || BigInt(id) > BigInt(after)) &&
      (before === null || BigInt(id) < BigInt(before)),
  );
  const page = after === null ? fitting.slice(-limit) : fitting.slice(0, limit);
  return page.toReversed().map(({ nonce: _nonce, ...message }) => message);
}

export function findMessage(state: State, channelId: string, id: string): FakeMessage {
  channelFor(state, channelId, 0n);
  const message = state.messages.get(channelId)?.find((candidate) => candidate.id === id);
  if (message === undefined) throw unknownMessage();
  return message;
}

/** Changes what the body names; the whole must still be a message that Discord takes. */
export function editMessage(message: FakeMessage, body: MessageBody): FakeMessage {
  const { content, embeds, components, flags, allowed_mentions } = body;
  const merged = {
    ...message,
    ...(content === undefined ? {} : { content }),
    ...(embeds === undefined ? {} : { embeds }),
    ...(components === undefined ? {} : { components }),
    ...(allowed_mentions === undefined ? {} : { allowed_mentions }),
    flags: (message.flags ?? 0) | (flags ?? 0),
  };
  checkMessage({ ...merged, content: merged.content || null });
  return Object.assign(message, merged);
}
