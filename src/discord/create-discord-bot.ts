import { Client, DiscordjsError, DiscordjsErrorCodes, Events, GatewayIntentBits } from 'discord.js';
import type { OutboxMessage } from '../domain/digest.ts';
import { DeliveryError, messageOf, UsageError } from '../domain/errors.ts';
import type { Search } from '../search/create-search.ts';
import type { Database } from '../store/db.ts';
import { answerInteraction } from './answer-interaction.ts';
import { allCommands } from './commands/all-commands.ts';
import { deliverDigest } from './deliver-digest.ts';
import { toDeliveryError } from './delivery-error.ts';
import type { DiscordLog } from './discord-log.ts';
import { guardPackets } from './guard-packets.ts';
import { registerCommands } from './register-commands.ts';

export interface DiscordBotOptions {
  token: string;
  /** Root of Discord's API without the version, such as `https://discord.com/api`; the gateway's address comes from there. */
  apiUrl: string;
  db: Database;
  search: Search;
  log: DiscordLog;
  clock(): Date;
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
  deliver(message: OutboxMessage): Promise<{ messageId: string }>;
  /** Whether the gateway is connected: interactions arrive. */
  isReady(): boolean;
}

/** A wait longer than this is given back as `rate-limited`, so that other channels are not held up behind it. */
const LONGEST_WAIT_MS = 10_000;

export function createDiscordBot(options: DiscordBotOptions): DiscordBot {
  const { db, search, log, clock } = options;
  const client = createClient(options.apiUrl);
  const answering = new Set<Promise<void>>();
  logGateway(client, log);
  guardPackets(client, log);
  client.on(Events.InteractionCreate, (interaction) => {
    const answer = answerInteraction(interaction, { db, search, log, clock }).finally(() =>
      answering.delete(answer),
    );
    answering.add(answer);
  });
  return {
    start: () => connect(client, options.token, log),
    stop: async () => {
      await Promise.all(answering);
      await client.destroy();
    },
    deliver: (message) => {
      const ownUserId = () => {
        if (client.user !== null) return client.user.id;
        throw new DeliveryError('discord-down', 'not connected to Discord yet', {
          retryable: true,
        });
      };
      return deliverDigest({ rest: client.rest, ownUserId, clock }, message);
    },
    isReady: () => client.isReady(),
  };
}

function createClient(apiUrl: string): Client {
  return new Client({
    // Channels, roles and permissions; no members, no message content.
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: {
      api: apiUrl,
      timeout: 10_000,
      retries: 2,
      rejectOnRateLimit: ({ retryAfter }) => retryAfter > LONGEST_WAIT_MS,
    },
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

function logGateway(client: Client, log: DiscordLog): void {
  client.on(Events.Error, (error) => log.error({ err: error }, `Discord: ${messageOf(error)}`));
  client.on(Events.Warn, (message) => log.warn({}, `Discord: ${message}`));
  client.on(Events.ShardReconnecting, (shard) => log.warn({ shard }, 'reconnecting to Discord'));
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'connected to Discord again'));
  client.on(Events.ShardError, (error, shard) =>
    log.warn({ shard, err: error }, `gateway: ${messageOf(error)}`),
  );
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    log.error({ shard, code }, `Discord closed the connection for good (${code})`);
  });
}
