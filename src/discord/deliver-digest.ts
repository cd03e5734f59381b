import {
  type APIMessage,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from 'discord.js';
import type { OutboxMessage } from '../domain/digest.ts';
import { toDeliveryError } from './delivery-error.ts';
import { findPostedMessage } from './find-posted-message.ts';
import { renderDigest } from './render-digest.ts';

/**
 * Discord drops a message whose `nonce` it saw "in the past few minutes" (developer documentation, "Create Message"); it
 * does not say how many. Two are taken as safe; after that the channel is searched before anything is sent.
 */
export const NONCE_MEMORY_MS = 2 * 60_000;

export interface DeliveryDeps {
  rest: REST;
  /** The bot's own user. */
  ownUserId(): string;
  clock(): Date;
}

/**
 * Posts a message exactly once however often it is called with it, also when an earlier call was killed half-way; relies
 * on `firstAttemptAt` having been recorded before that call.
 * @throws DeliveryError
 */
export async function deliverDigest(
  deps: DeliveryDeps,
  message: OutboxMessage,
): Promise<{ messageId: string }> {
  try {
    const posted = await findEarlierAttempt(deps, message);
    return { messageId: posted ?? (await post(deps.rest, message)) };
  } catch (error) {
    throw toDeliveryError(error);
  }
}

async function findEarlierAttempt(
  deps: DeliveryDeps,
  message: OutboxMessage,
): Promise<string | null> {
  const first = message.firstAttemptAt;
  const nonceStillKnown =
    first === null || deps.clock().getTime() - first.getTime() < NONCE_MEMORY_MS;
  if (nonceStillKnown) return null;
  return findPostedMessage(deps.rest, deps.ownUserId(), message, first);
}

async function post(rest: REST, message: OutboxMessage): Promise<string> {
  const { id: outboxId, position, roleId, nonce } = message;
  const body: RESTPostAPIChannelMessageJSONBody = {
    ...renderDigest(message.digest, { outboxId, position, roleId }),
    nonce,
    enforce_nonce: true,
  };
  const posted = (await rest.post(Routes.channelMessages(message.channelId), {
    body,
  })) as APIMessage;
  return posted.id;
}
