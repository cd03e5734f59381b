import type { AddressInfo } from 'node:net';
import { applicationRoutes } from './application-routes.ts';
import { loadSchemaCheck } from './check-schema.ts';
import type { Failure } from './failures.ts';
import { attachGateway, type Gateway } from './gateway.ts';
import { channelPayload, guildPayload } from './guild-payload.ts';
import { interactionRoutes } from './interaction-routes.ts';
import { createInteractions, type Interactions } from './interactions.ts';
import { messageRoutes } from './message-routes.ts';
import { createRestServer, type RecordedRequest } from './rest-server.ts';
import { createRoles } from './roles.ts';
import { createMessage, createState, type FakeCommand, type FakeMessage } from './state.ts';
import { threadRoutes } from './thread-routes.ts';

export interface FakeDiscordOptions {
  /** Discord's clock: ids, timestamps, and how long nonces are remembered. */
  clock?: () => Date;
  /** How long an interaction may wait for its acknowledgement. */
  interactionDeadlineMs?: number;
}

interface ChannelOptions {
  type?: number;
  denied?: bigint;
  /** Names of a forum's tags. */
  tags?: string[];
  tagRequired?: boolean;
}

export interface FakeDiscord extends Interactions {
  /** For `DISCORD_API_URL`. */
  apiUrl: string;
  /** For `DISCORD_TOKEN`. */
  token: string;
  botId: string;
  /** What Discord recommends from now on: a bot of so many servers that one connection is not enough. */
  setSharding(sharding: { shards: number; maxConcurrency: number }): void;
  /** The bot is in this server from now on. */
  addGuild(name?: string): string;
  /** `denied` are permission bits that the bot lacks there. Type 0 is a text channel. */
  addChannel(guildId: string, name: string, o?: ChannelOptions): string;
  /** Of the bot itself, where `ofBot` says so; `permissions` are what the role carries. */
  addRole(guildId: string, name: string, o?: { permissions?: bigint; ofBot?: boolean }): string;
  deleteRole(guildId: string, roleId: string): void;
  /** What `@everyone`, and with it the bot, may do in the server from now on. */
  setEveryone(guildId: string, permissions: bigint): void;
  /** The bot is put out of the server, and let in again. */
  removeBot(guildId: string): void;
  readmitBot(guildId: string): void;
  /** What the bot has sent to somebody alone. */
  directMessages(userId: string): FakeMessage[];
  setDenied(channelId: string, denied: bigint): void;
  /** Nobody but the bot sees the channel from now on. */
  hideFromMembers(channelId: string): void;
  deleteChannel(channelId: string): void;
  /** Posts as somebody else. */
  addForeignMessage(channelId: string, content: string): void;
  /** Posted in the channel, oldest first. */
  messages(channelId: string): FakeMessage[];
  commands(): FakeCommand[];
  registrations(): number;
  requests: RecordedRequest[];
  /** What the bot did that Discord would not have taken; a test that ends with some has found a defect. */
  violations: string[];
  failNext(failure: Failure): void;
  /** Nothing fails any more. */
  forgetFailures(): void;
  forgetNonces(): void;
  gateway: Gateway;
  close(): Promise<void>;
}

/** Discord's real deadline for acknowledging an interaction. */
const INTERACTION_DEADLINE_MS = 3_000;

/**
 * A Discord of one's own on loopback: REST (v10) and gateway. It checks every request against Discord's OpenAPI file where that is
 * present and against the limits that the file omits, and keeps everything in memory, so that a bot may be killed and started again.
 */
export async function createFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  // Compiled now: on a busy machine it takes longer than the first interaction may wait.
  loadSchemaCheck()?.('POST', '/interactions/1/token/callback', { type: 5 });
  const state = createState(options.clock ?? (() => new Date()));
  const failures: Failure[] = [];
  const requests: RecordedRequest[] = [];
  const deadlineMs = options.interactionDeadlineMs ?? INTERACTION_DEADLINE_MS;
  const address = { port: 0 };
  const gatewayUrl = () => `ws://127.0.0.1:${address.port}/gateway`;
  const routes = [
    ...applicationRoutes(state, gatewayUrl),
    ...messageRoutes(state),
    ...threadRoutes(state, () => gateway),
    ...interactionRoutes(state, deadlineMs),
  ];
  const server = createRestServer({ state, routes, failures, requests });
  const gateway: Gateway = attachGateway(server, state, gatewayUrl);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address.port = (server.address() as AddressInfo).port;

  return {
    apiUrl: `http://127.0.0.1:${address.port}/api`,
    token: state.token,
    botId: state.bot.id,
    requests,
    violations: state.violations,
    gateway,
    ...createInteractions(state, gateway, deadlineMs),
    setSharding: (sharding) => {
      state.sharding = sharding;
    },
    addGuild: (name = 'analysts') => {
      const guild = { id: state.nextId(), name, roles: [] };
      state.guilds.set(guild.id, guild);
      gateway.dispatch('GUILD_CREATE', guildPayload(state, guild));
      return guild.id;
    },
    ...createRoles(state, () => gateway),
    removeBot: (guildId) => gateway.dispatch('GUILD_DELETE', { id: guildId }),
    readmitBot: (guildId) => {
      const guild = state.guilds.get(guildId);
      if (guild !== undefined) gateway.dispatch('GUILD_CREATE', guildPayload(state, guild));
    },
    directMessages: (userId) => state.messages.get(state.direct.get(userId) ?? '') ?? [],
    addChannel: (guildId, name, { type = 0, denied = 0n, tags = [], tagRequired = false } = {}) => {
      const named = tags.map((tag) => ({ id: state.nextId(), name: tag }));
      const channel = { id: state.nextId(), guildId, name, type, denied, tags: named, tagRequired };
      state.channels.set(channel.id, channel);
      gateway.dispatch(
        type >= 10 ? 'THREAD_CREATE' : 'CHANNEL_CREATE',
        channelPayload(state, channel),
      );
      return channel.id;
    },
    setDenied: (channelId, denied) => {
      const channel = state.channels.get(channelId);
      if (channel === undefined) return;
      channel.denied = denied;
      gateway.dispatch('CHANNEL_UPDATE', channelPayload(state, channel));
    },
    hideFromMembers: (channelId) => {
      const channel = state.channels.get(channelId);
      if (channel === undefined) return;
      channel.hidden = true;
      gateway.dispatch('CHANNEL_UPDATE', channelPayload(state, channel));
    },
    deleteChannel: (channelId) => {
      const channel = state.channels.get(channelId);
      if (channel === undefined) return;
      state.channels.delete(channelId);
      gateway.dispatch('CHANNEL_DELETE', channelPayload(state, channel));
    },
    addForeignMessage: (channelId, content) => {
      const author = {
        id: '42',
        username: 'somebody',
        bot: false,
        discriminator: '0',
        avatar: null,
      };
      const message = { ...createMessage(state, channelId, { content }), author };
      state.messages.set(channelId, [...(state.messages.get(channelId) ?? []), message]);
    },
    messages: (channelId) => state.messages.get(channelId) ?? [],
    commands: () => state.commands,
    registrations: () => state.registrations,
    failNext: (failure) => failures.push(failure),
    forgetFailures: () => {
      failures.length = 0;
    },
    forgetNonces: () => state.nonces.clear(),
    close: async () => {
      gateway.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
