import { setImmediate } from 'node:timers/promises';
import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  type REST,
  type RESTOptions,
  Status,
} from 'discord.js';
import type { OutboxMessage } from '../domain/digest.ts';
import { DeliveryError, messageOf, UsageError } from '../domain/errors.ts';
import type { Search } from '../search/create-search.ts';
import type { Database } from '../store/db.ts';
import type { PostedMessage } from '../store/edit-store.ts';
import { answerInteraction } from './answer-interaction.ts';
import type { Outside } from './command.ts';
import { allCommands } from './commands/all-commands.ts';
import { type Delivered, deliverDigest, editDigest } from './deliver-digest.ts';
import { toDeliveryError } from './delivery-error.ts';
import type { DiscordLog } from './discord-log.ts';
import { guardPackets } from './guard-packets.ts';
import { keepRefusals } from './keep-refusals.ts';
import { createRateLimiter, RATE_LIMITS, type RateLimits, TYPING_LIMITS } from './rate-limiter.ts';
import { registerCommands } from './register-commands.ts';
import { targetChannel } from './target-channel.ts';
import { watchAccess } from './watch-access.ts';
import { createRequestWatch, type DiscordAnswer } from './watch-requests.ts';

export interface DiscordBotOptions {
  token: string;
  /** Root of Discord's API without the version, such as `https://discord.com/api`; the gateway's address comes from there. */
  apiUrl: string;
  db: Database;
  search: Search;
  outside: Outside;
  log: DiscordLog;
  /** The gateway is connected, for the first time or again: Discord can be reached. */
  onConnected?: () => void;
  /** Told of everything that Discord answers. */
  onAnswer?: (answer: DiscordAnswer) => void;
  clock(): Date;
  /** The model's own threshold, for servers that set none. */
  modelThreshold: number;
  /** How much members and servers may ask; `RATE_LIMITS` when left out. */
  limits?: RateLimits;
  /** The same for lists of choices; `TYPING_LIMITS` when left out. */
  typingLimits?: RateLimits;
}

export interface DiscordBot {
  /**
   * Connects, registers the commands where they differ, and resolves when interactions are answered.
   * @throws UsageError `bad-token` when Discord does not accept the token; DeliveryError `discord-down` (retryable)
   */
  start(): Promise<void>;
  /** Finishes the interactions that are being answered, then disconnects. */
  stop(): Promise<void>;
  /** Posts a message exactly once. @throws DeliveryError */
  deliver(message: OutboxMessage): Promise<Delivered>;
  /** Shows a posted message as its digest now is. @throws DeliveryError */
  edit(message: PostedMessage): Promise<void>;
  /** Resumes subscriptions whose channels can be posted to again, and tells the creators of those that cannot. */
  checkAccess(): Promise<void>;
  /** Whether it has been connected, and so can post. */
  isReady(): boolean;
  /** Whether the gateway is connected at present: interactions arrive. */
  isConnected(): boolean;
  /** False while this process stands by, because another holds the gateway. */
  isStarted(): boolean;
  /** To be called when the clock was set back: discord.js waits for moments of the clock, and would wait for the old ones. */
  forgetRateLimits(): void;
  /** Requests that Discord may still refuse within 10 minutes before it blocks this address. */
  invalidRequestsLeft(): number;
  /** Until when nothing is sent, because it has refused too many; null while there is room. */
  pausedUntil(): Date | null;
}

/** A wait longer than this is given back as `rate-limited`, so that other channels are not held up behind it. */
const LONGEST_WAIT_MS = 10_000;

export function createDiscordBot(options: DiscordBotOptions): DiscordBot {
  const { db, search, outside, log, clock, modelThreshold } = options;
  const answerDeps = {
    db,
    search,
    outside,
    log,
    clock,
    modelThreshold,
    limiter: createRateLimiter(options.limits ?? RATE_LIMITS),
    typingLimiter: createRateLimiter(options.typingLimits ?? TYPING_LIMITS),
    lastSettings: new Map(),
  };
  const client = createClient(options.apiUrl);
  const { watch, invalid, ...requests } = createRequestWatch(options);
  watch(client.rest);
  const answering = new Set<Promise<void>>();
  let started = false;
  followGateway(client, options);
  guardPackets(client, log);
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (code === GatewayCloseCodes.ShardingRequired) void reconnectSharded(client, log);
  });
  client.on(Events.InteractionCreate, (interaction) => {
    const answer = answerInteraction(interaction, answerDeps).finally(() =>
      answering.delete(answer),
    );
    answering.add(answer);
  });
  const refusals = keepRefusals({ db, invalid, log });
  const access = watchAccess({ client, db, log, clock });
  const tell = tellOnce(log);
  return {
    start: async () => {
      started = true;
      await refusals.start();
      await connect(client, options.token, log);
      await access.check();
      // So that the first search does not wait for it; a failure is met again, and said, by whoever searches.
      void search.refresh().catch(() => undefined);
    },
    stop: async () => {
      await Promise.all(answering);
      await client.destroy();
      await refusals.stop();
    },
    deliver: (message) =>
      tell(() => {
        const deps = {
          rest: client.rest,
          ownUserId: () => requireUser(client),
          channel: (id: string) => targetChannel(client, id),
          clock,
        };
        requireUser(client);
        return deliverDigest(deps, message);
      }),
    edit: (message) =>
      tell(() => {
        requireUser(client);
        return editDigest(client.rest, message);
      }),
    checkAccess: access.check,
    isReady: () => client.isReady(),
    isConnected: () => isConnected(client),
    isStarted: () => started,
    forgetRateLimits: () => forgetRateLimits(client.rest),
    ...requests,
  };
}

/** Discord says again what it limits, at the next request. */
function forgetRateLimits(rest: REST): void {
  rest.handlers.clear();
  rest.globalReset = -1;
  rest.globalDelay = null;
}

/** discord.js calls a client ready from its first connection on, also while that is lost. */
function isConnected(client: Client): boolean {
  return client.isReady() && client.ws.shards.every((shard) => shard.status === Status.Ready);
}

/** The bot's own id. @throws DeliveryError before the first connection */
function requireUser(client: Client): string {
  if (client.user !== null) return client.user.id;
  throw new DeliveryError('discord-down', 'not connected to Discord yet', { retryable: true });
}

/** Says once, and not for every digest, that the token is refused; until a restart with another one, nothing can be sent. */
function tellOnce(log: DiscordLog) {
  let told = false;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DeliveryError && error.code === 'unauthorised' && !told) {
        told = true;
        const advice = 'digests wait; set a new DISCORD_TOKEN and start again';
        log.error({ code: error.code }, `Discord no longer accepts DISCORD_TOKEN: ${advice}`);
      }
      throw error;
    }
  };
}

function restOptions(apiUrl: string): Partial<RESTOptions> {
  return {
    api: apiUrl,
    timeout: 10_000,
    retries: 2,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > LONGEST_WAIT_MS,
  };
}

function createClient(apiUrl: string): Client {
  return new Client({
    // Channels, roles and permissions; no members, no message content.
    intents: [GatewayIntentBits.Guilds],
    // As many connections as Discord recommends for the bot's servers: one up to about a thousand of them.
    shards: 'auto',
    allowedMentions: { parse: [] },
    rest: restOptions(apiUrl),
  });
}

async function connect(client: Client, token: string, log: DiscordLog): Promise<void> {
  try {
    const ready = new Promise<Client<true>>((resolve) => {
      client.once(Events.ClientReady, resolve);
    });
    await client.login(token);
    const { application, guilds, user } = await ready;
    const definitions = allCommands.map((command) => command.definition);
    const registered = await registerCommands(client.rest, application.id, definitions);
    log.info({ user: user.tag, guilds: guilds.cache.size, registered }, 'connected to Discord');
  } catch (error) {
    throw toStartError(error);
  }
}

function toStartError(error: unknown): Error {
  const refused =
    (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) ||
    toDeliveryError(error).code === 'unauthorised';
  if (refused) {
    return new UsageError('bad-token', 'DISCORD_TOKEN is not accepted by Discord', {
      cause: error,
    });
  }
  return toDeliveryError(error);
}

/** As discord.js 14 has it (`WebSocketManager`), and keeps to itself. */
interface Sockets {
  _ws: { destroy(): Promise<void> } | null;
  status: Status;
}

/**
 * The bot is in more servers than its connections may serve. discord.js counts shards at the first login only, so this makes its gateway
 * as it was before that; servers, commands and what is being answered stay.
 */
async function reconnectSharded(client: Client, log: DiscordLog): Promise<void> {
  const sockets = client.ws as unknown as Sockets;
  const before = sockets._ws;
  // The first shard to be told does it for all.
  if (before === null) return;
  sockets._ws = null;
  try {
    // This is called in the middle of the closing of the shard that was told.
    await setImmediate();
    await before.destroy();
    client.ws.shards.clear();
    sockets.status = Status.Idle;
    client.options.shards = 'auto';
    await client.login();
    log.info({ shards: client.ws.shards.size }, 'connected to Discord with more shards');
  } catch (error) {
    log.error({ err: error }, `no connection with more shards: ${messageOf(error)}`);
  }
}

function followGateway(client: Client, { log, onConnected }: DiscordBotOptions): void {
  client.on(Events.ShardReady, () => onConnected?.());
  client.on(Events.Error, (error) => log.error({ err: error }, `Discord: ${messageOf(error)}`));
  client.on(Events.Warn, (message) => log.warn({}, `Discord: ${message}`));
  client.on(Events.ShardReconnecting, (shard) => log.warn({ shard }, 'reconnecting to Discord'));
  client.on(Events.ShardResume, (shard) => {
    log.info({ shard }, 'connected to Discord again');
    onConnected?.();
  });
  client.on(Events.ShardError, (error, shard) =>
    log.warn({ shard, err: error }, `gateway: ${messageOf(error)}`),
  );
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    log.error({ shard, code }, `Discord closed the connection for good (${code})`);
  });
}
