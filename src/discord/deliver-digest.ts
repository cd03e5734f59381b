import {
  type APIMessage,
  ChannelType,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from 'discord.js';
import type { OutboxMessage } from '../domain/digest.ts';
import { toDeliveryError } from './delivery-error.ts';
import { findPostedMessage } from './find-posted-message.ts';
import { postInForum } from './post-in-forum.ts';
import { placeOf, renderDigest } from './render-digest.ts';
import type { TargetChannel } from './target-channel.ts';
import { threadUnder } from './thread-under.ts';

/**
 * Discord drops a message whose `nonce` it saw "in the past few minutes" (developer documentation, "Create Message"); it
 * does not say how many. Two are taken as safe; after that the channel is searched before anything is sent.
 */
export const NONCE_MEMORY_MS = 2 * 60_000;

export interface DeliveryDeps {
  rest: REST;
  /** The bot's own user. */
  ownUserId(): string;
  channel(id: string): Promise<TargetChannel>;
  clock(): Date;
}

export interface Delivered {
  messageId: string;
  /** Of a forum, the post; else the channel, or the thread in it. */
  channelId: string;
}

/**
 * Posts a message exactly once however often it is called with it, also when an earlier call was killed half-way; relies
 * on `firstAttemptAt` having been recorded before that call.
 * @throws DeliveryError
 */
export async function deliverDigest(
  deps: DeliveryDeps,
  message: OutboxMessage,
): Promise<Delivered> {
  try {
    const target = await deps.channel(message.channelId);
    if (target.type === ChannelType.GuildForum && message.head === null) {
      return await postInForum(deps, message, target);
    }
    const channelId = await destination(deps.rest, message, target);
    const posted = await findEarlierAttempt(deps, message, channelId);
    return { messageId: posted ?? (await post(deps.rest, message, channelId)), channelId };
  } catch (error) {
    throw toDeliveryError(error);
  }
}

/** Changes a posted message; the same change twice is one. @throws DeliveryError */
export async function editDigest(
  rest: REST,
  message: OutboxMessage & { discordMessageId: string; discordChannelId: string },
): Promise<void> {
  const { components, flags } = renderDigest(message.digest, {
    ...placeOf(message),
    silent: false,
  });
  const route = Routes.channelMessage(message.discordChannelId, message.discordMessageId);
  try {
    await rest.patch(route, { body: { components, flags, allowed_mentions: { parse: [] } } });
  } catch (error) {
    throw toDeliveryError(error);
  }
}

/** A development goes to the thread under its message; a forum's later messages go to its post; what is in a thread stays there. */
async function destination(
  rest: REST,
  message: OutboxMessage,
  target: TargetChannel,
): Promise<string> {
  const { channelId, head, digest } = message;
  if (head !== null && head.channelId !== channelId) return head.channelId;
  const isThread = THREADS.has(target.type);
  if (head === null || digest.development === undefined || isThread) return channelId;
  return threadUnder(rest, head, digest);
}

const THREADS = new Set([
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]);

async function findEarlierAttempt(
  deps: DeliveryDeps,
  message: OutboxMessage,
  channelId: string,
): Promise<string | null> {
  const first = message.firstAttemptAt;
  const nonceStillKnown =
    first === null || deps.clock().getTime() - first.getTime() < NONCE_MEMORY_MS;
  if (nonceStillKnown) return null;
  return findPostedMessage(deps.rest, deps.ownUserId(), { ...message, channelId }, first);
}

async function post(rest: REST, message: OutboxMessage, channelId: string): Promise<string> {
  const body: RESTPostAPIChannelMessageJSONBody = {
    ...renderDigest(message.digest, placeOf(message)),
    nonce: message.nonce,
    enforce_nonce: true,
  };
  const posted = (await rest.post(Routes.channelMessages(channelId), { body })) as APIMessage;
  return posted.id;
}
