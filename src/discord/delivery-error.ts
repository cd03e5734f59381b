import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { DeliveryError, messageOf } from '../domain/errors.ts';

/** Discord's own error codes (developer documentation, "JSON Error Codes"). */
const UNKNOWN_CHANNEL = 10003;
/** "Cannot edit a message authored by another user": the token is another bot's than it was. */
const NOT_OWN_MESSAGE = 50005;
const MISSING_ACCESS = 50001;
const MISSING_PERMISSIONS = 50013;

/**
 * What a failed request means for a message: `channel-gone`, `forbidden` and `rejected` stay so until a person acts;
 * `rate-limited`, `unauthorised` (a revoked token, which the operator replaces) and `discord-down` pass.
 */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  if (error instanceof RateLimitError) {
    const seconds = Math.ceil(error.retryAfter / 1000);
    return failure('rate-limited', `Discord asks to wait ${seconds} s`, true, error);
  }
  if (error instanceof DiscordAPIError) return fromApiError(error);
  if (error instanceof HTTPError) return fromStatus(error.status, messageOf(error), error);
  if (messageOf(error).startsWith(NO_TOKEN)) return refusedToken(error);
  return failure('discord-down', `Discord is not reachable: ${messageOf(error)}`, true, error);
}

function fromApiError(error: DiscordAPIError): DeliveryError {
  if (error.code === UNKNOWN_CHANNEL) {
    return failure('channel-gone', 'the channel does not exist any more', false, error);
  }
  if (error.code === MISSING_ACCESS || error.code === MISSING_PERMISSIONS) {
    return failure('forbidden', `no permission to post there: ${error.message}`, false, error);
  }
  if (error.code === NOT_OWN_MESSAGE) {
    return failure('rejected', `the message is another bot's: ${error.message}`, false, error);
  }
  return fromStatus(error.status, error.message, error);
}

function fromStatus(status: number, message: string, cause: Error): DeliveryError {
  if (status === 401) return refusedToken(cause);
  if (status === 403) return failure('forbidden', message, false, cause);
  if (status === 404) return failure('channel-gone', message, false, cause);
  if (status === 429) return failure('rate-limited', message, true, cause);
  if (status >= 500) return failure('discord-down', `Discord answers ${status}`, true, cause);
  return failure('rejected', `Discord refused the message: ${message}`, false, cause);
}

/** What discord.js says for every request after one that was answered 401: it has dropped the token. */
const NO_TOKEN = 'Expected token to be set';

function refusedToken(cause: unknown): DeliveryError {
  return failure('unauthorised', 'Discord does not accept DISCORD_TOKEN', true, cause);
}

function failure(code: string, message: string, retryable: boolean, cause: unknown): DeliveryError {
  return new DeliveryError(code, message, { retryable, cause });
}
