import type { REST } from 'discord.js';
import { DeliveryError } from '../domain/errors.ts';
import { createInvalidRequests, type InvalidRequests } from './invalid-requests.ts';

/** What Discord answered; `route` is discord.js's pattern, in which ids and tokens are left out. */
export interface DiscordAnswer {
  method: string;
  route: string;
  status: number;
}

/** Answers to members: someone waits for them, and their tokens are fresh from Discord. */
const MEMBER_ANSWER = /\/(interactions|webhooks)\//;

/**
 * Counts what Discord answers to every client that `watch` is given, and sends nothing more (but answers to members) while so much was refused that Discord may block
 * this address: such a request fails with a retryable DeliveryError `paused`.
 */
export function createRequestWatch(options: {
  clock: () => Date;
  onAnswer?: ((answer: DiscordAnswer) => void) | undefined;
}) {
  const invalid = createInvalidRequests(options.clock);
  return {
    watch: (rest: REST) => watchRequests(rest, invalid, options.onAnswer),
    /** Requests that may still be refused before Discord blocks this address. */
    invalidRequestsLeft: invalid.left,
    pausedUntil: invalid.pausedUntil,
  };
}

function watchRequests(
  rest: REST,
  invalid: InvalidRequests,
  onAnswer: ((answer: DiscordAnswer) => void) | undefined,
): void {
  const send = rest.options.makeRequest;
  rest.options.makeRequest = async (url, init) => {
    const pausedUntil = invalid.pausedUntil();
    if (pausedUntil !== null && !MEMBER_ANSWER.test(url)) {
      throw new DeliveryError(
        'paused',
        `Discord has refused too many requests; nothing is sent before ${pausedUntil.toISOString()}`,
        { retryable: true },
      );
    }
    return send(url, init);
  };
  rest.on('response', ({ method, route }, response) => {
    const { status, headers } = response;
    invalid.note({ status, scope: headers.get('x-ratelimit-scope') });
    onAnswer?.({ method, route, status });
  });
}
