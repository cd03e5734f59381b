import type { REST, RESTOptions } from 'discord.js';
import { DeliveryError, messageOf } from '../domain/errors.ts';
import { createInvalidRequests, type InvalidRequests } from './invalid-requests.ts';

/** What Discord answered; `route` is discord.js's pattern, in which ids and tokens are left out. */
export interface DiscordAnswer {
  method: string;
  route: string;
  status: number;
}

/** Answers to members: someone waits for them, and their tokens are fresh from Discord. */
const MEMBER_ANSWER = /\/(interactions|webhooks)\//;

/** A new post of a forum, which Discord does not recognise when it comes again: discord.js must not repeat it by itself. */
const UNREPEATABLE = /\/channels\/\d+\/threads$/;

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
    invalid,
    /** Requests that may still be refused before Discord blocks this address. */
    invalidRequestsLeft: invalid.left,
    pausedUntil: invalid.pausedUntil,
  };
}

type Answer = Awaited<ReturnType<RESTOptions['makeRequest']>>;

/** discord.js sends again after a broken connection and an answer of 500 or more; it takes any other error as the end. */
async function sendOnce(send: () => Promise<Answer>): Promise<Answer> {
  const down = (why: string, cause?: unknown) =>
    new DeliveryError('discord-down', why, { retryable: true, cause });
  const answer = await send().catch((error: unknown) => {
    throw down(`Discord is not reachable: ${messageOf(error)}`, error);
  });
  if (answer.status < 500) return answer;
  await answer.arrayBuffer().catch(() => undefined);
  throw down(`Discord answers ${answer.status}`);
}

/**
 * discord.js gives up when a kept connection turns out to be closed; a member would get no answer for that. Discord takes the same answer
 * to an interaction once.
 */
async function sendAgain(send: () => Promise<Answer>): Promise<Answer> {
  return send().catch((error: unknown) => {
    const isClosed = error instanceof Error && 'code' in error && error.code === 'UND_ERR_SOCKET';
    if (!isClosed) throw error;
    return send();
  });
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
    if (MEMBER_ANSWER.test(url)) return sendAgain(() => send(url, init));
    const isOnce = init.method === 'POST' && UNREPEATABLE.test(url);
    return isOnce ? sendOnce(() => send(url, init)) : send(url, init);
  };
  rest.on('response', ({ method, route }, response) => {
    const { status, headers } = response;
    invalid.note({ status, scope: headers.get('x-ratelimit-scope') });
    onAnswer?.({ method, route, status });
  });
}
