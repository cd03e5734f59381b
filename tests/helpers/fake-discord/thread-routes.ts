import { checkMessage, type MessageBody } from './check-message.ts';
import type { Gateway } from './gateway.ts';
import { channelPayload } from './guild-payload.ts';
import { findMessage } from './message-routes.ts';
import { invalidForm, Refusal } from './refusal.ts';
import type { Route } from './rest-server.ts';
import { channelFor, createMessage, type FakeChannel, SEND_MESSAGES, type State } from './state.ts';

const FORUM = 15;
const PUBLIC_THREAD = 11;

interface PostBody {
  name: string;
  applied_tags?: string[];
  message: MessageBody;
}

/** Threads under messages, posts of forums, and channels for direct messages. */
export function threadRoutes(state: State, gateway: () => Gateway): Route[] {
  const begin = (parent: FakeChannel, id: string, name: string, appliedTags: string[] = []) => {
    const thread: FakeChannel = {
      id,
      guildId: parent.guildId,
      name,
      type: PUBLIC_THREAD,
      denied: parent.denied,
      parentId: parent.id,
      ownerId: state.bot.id,
      appliedTags,
    };
    state.channels.set(id, thread);
    gateway().dispatch('THREAD_CREATE', channelPayload(state, thread));
    return channelPayload(state, thread);
  };
  return [
    {
      method: 'POST',
      path: /^\/channels\/(\d+)\/threads$/,
      answer: ([channelId = ''], { body }) => {
        const forum = channelFor(state, channelId, SEND_MESSAGES);
        const { name, applied_tags: tags = [], message } = body as PostBody;
        checkPost(forum, tags);
        checkMessage(message);
        const first = createMessage(state, channelId, message);
        const posted = { ...first, channel_id: first.id };
        const thread = begin(forum, first.id, name, tags);
        state.messages.set(first.id, [posted]);
        return { ...thread, message: posted };
      },
    },
    {
      method: 'POST',
      path: /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/,
      answer: ([channelId = '', messageId = ''], { body }) => {
        const channel = channelFor(state, channelId, 0n);
        findMessage(state, channelId, messageId);
        if (state.channels.has(messageId)) {
          throw new Refusal(400, 160004, 'A thread has already been created for this message');
        }
        return begin(channel, messageId, (body as { name: string }).name);
      },
    },
    {
      method: 'GET',
      path: /^\/guilds\/(\d+)\/threads\/active$/,
      answer: ([guildId = '']) => ({
        threads: [...state.channels.values()]
          .filter((channel) => channel.guildId === guildId && channel.type === PUBLIC_THREAD)
          .map((channel) => channelPayload(state, channel)),
        members: [],
      }),
    },
    {
      method: 'GET',
      path: /^\/channels\/(\d+)\/threads\/archived\/public$/,
      answer: () => ({ threads: [], members: [], has_more: false }),
    },
    {
      method: 'POST',
      path: /^\/users\/@me\/channels$/,
      answer: (_parameters, { body }) => {
        const userId = String((body as { recipient_id: string }).recipient_id);
        const id = state.direct.get(userId) ?? state.nextId();
        state.direct.set(userId, id);
        state.channels.set(id, { id, guildId: '', name: userId, type: 1, denied: 0n });
        return { id, type: 1, recipients: [] };
      },
    },
  ];
}

function checkPost({ type, tags = [], tagRequired = false }: FakeChannel, applied: string[]): void {
  if (type !== FORUM) {
    throw invalidForm([{ path: ['type'], message: 'only a forum takes a post with a message.' }]);
  }
  if (applied.length > 5 || applied.some((id) => !tags.some((tag) => tag.id === id))) {
    throw invalidForm([{ path: ['applied_tags'], message: 'at most 5 of the forum’s tags.' }]);
  }
  if (tagRequired && applied.length === 0) {
    throw new Refusal(400, 40067, 'A tag is required to create a forum post in this channel');
  }
}
