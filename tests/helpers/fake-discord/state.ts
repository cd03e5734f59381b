import type { CommandBody } from './check-commands.ts';
import type { MessageBody } from './check-message.ts';
import { Refusal, unknownChannel } from './refusal.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000;

export interface FakeGuild {
  id: string;
  name: string;
  roles: FakeRole[];
  /** What `@everyone` may do, where it isn't the usual. */
  everyone?: bigint;
}

export interface FakeRole {
  id: string;
  name: string;
  /** Permission bits; those of `@everyone` when left out. */
  permissions?: bigint;
  /** The bot has it. */
  ofBot?: boolean;
}

export interface FakeChannel {
  id: string;
  guildId: string;
  name: string;
  /** 0 text, 5 announcement, 11 public thread, 15 forum. */
  type: number;
  /** Permission bits that the bot does not have there. */
  denied: bigint;
  /** Only the bot sees it. */
  hidden?: boolean;
  /** Of a thread: the channel it is in, and who began it. */
  parentId?: string;
  ownerId?: string;
  /** Of a forum; of its posts, those given. */
  tags?: { id: string; name: string }[];
  tagRequired?: boolean;
  appliedTags?: string[];
}

export interface FakeMessage extends MessageBody {
  id: string;
  channel_id: string;
  author: { id: string; username: string; bot: boolean; discriminator: string; avatar: null };
  timestamp: string;
}

export interface FakeCommand extends CommandBody {
  id: string;
}

export type InteractionKind = 'command' | 'component' | 'autocomplete' | 'form';

/** A form that the bot opened: its fields as the asker sees them. */
export interface FakeForm {
  customId: string;
  title: string;
  fields: { id: string; type: number; label: string; value: string }[];
  /** What else it says: what stands under its labels, and the choices of its menus. */
  hints: string[];
}

/** What the bot answered. */
export interface InteractionReply {
  /** The answer as the asker sees it; for an `update`, the message as it now is. Null for autocomplete. */
  message: FakeMessage | null;
  choices: { name: string; value: string | number }[];
  ephemeral: boolean;
  deferred: boolean;
  /** Whether the message that held the button was changed instead of a new one sent. */
  updated: boolean;
  /** Opened instead of an answer. */
  form: FakeForm | null;
}

export interface FakeInteraction {
  id: string;
  token: string;
  kind: InteractionKind;
  channelId: string;
  /** The message that holds the button. */
  source: FakeMessage | null;
  sentAtMs: number;
  callback: number | null;
  ephemeral: boolean;
  reply: FakeMessage | null;
  settle(reply: InteractionReply): void;
  fail(reason: string): void;
  onAcknowledged(): void;
}

export interface State {
  clock(): Date;
  /** What `GET /gateway/bot` recommends, and how many identifies at once are taken in 5 s. */
  sharding: { shards: number; maxConcurrency: number };
  bot: { id: string; username: string };
  applicationId: string;
  token: string;
  guilds: Map<string, FakeGuild>;
  channels: Map<string, FakeChannel>;
  /** By channel, oldest first. */
  messages: Map<string, FakeMessage[]>;
  /** Messages that only one person sees, by id: replies to interactions. */
  ephemeral: Map<string, FakeMessage>;
  /** Channels for direct messages, by user. */
  direct: Map<string, string>;
  commands: FakeCommand[];
  /** How often the bot has sent its commands. */
  registrations: number;
  interactions: Map<string, FakeInteraction>;
  /** Posted with `enforce_nonce`, by channel and nonce. */
  nonces: Map<string, { message: FakeMessage; atMs: number }>;
  /** Everything the bot did that Discord would not have taken: one line each. */
  violations: string[];
  nextId(): string;
}

export function createState(clock: () => Date): State {
  let last = 0n;
  const nextId = () => {
    const now = BigInt(clock().getTime() - DISCORD_EPOCH_MS) << 22n;
    last = now > last ? now : last + 1n;
    return String(last);
  };
  const botId = nextId();
  return {
    clock,
    sharding: { shards: 1, maxConcurrency: 1 },
    bot: { id: botId, username: 'Rasid' },
    applicationId: botId,
    token: `${Buffer.from(botId).toString('base64url')}.local.discord-token`,
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    ephemeral: new Map(),
    direct: new Map(),
    commands: [],
    registrations: 0,
    interactions: new Map(),
    nonces: new Map(),
    violations: [],
    nextId,
  };
}

export const VIEW_CHANNEL = 1n << 10n;
export const SEND_MESSAGES = 1n << 11n;
export const READ_MESSAGE_HISTORY = 1n << 16n;

/** The channel, if the bot may see it and has the permission asked for. */
export function channelFor(state: State, id: string, permission: bigint): FakeChannel {
  const channel = state.channels.get(id);
  if (channel === undefined) throw unknownChannel();
  const lost = channel.denied | ~botPermissions(state.guilds.get(channel.guildId));
  if ((lost & VIEW_CHANNEL) !== 0n) throw new Refusal(403, 50001, 'Missing Access');
  if ((lost & permission) !== 0n) throw new Refusal(403, 50013, 'Missing Permissions');
  return channel;
}

/** What everyone may do: view, send, embed, read history, mention, use commands, begin threads and write in them. */
export const EVERYONE = [10n, 11n, 14n, 16n, 17n, 31n, 35n, 38n].reduce(
  (all, bit) => all | (1n << bit),
  0n,
);

/** The bot's own in a server, before what a channel denies. A channel of no server, for direct messages, allows everything. */
function botPermissions(guild: FakeGuild | undefined): bigint {
  const own = guild?.roles.filter(({ ofBot }) => ofBot === true) ?? [];
  return own.reduce((all, { permissions = 0n }) => all | permissions, guild?.everyone ?? EVERYONE);
}

export function createMessage(state: State, channelId: string, body: MessageBody): FakeMessage {
  return {
    id: state.nextId(),
    channel_id: channelId,
    author: { ...state.bot, bot: true, discriminator: '0000', avatar: null },
    timestamp: state.clock().toISOString(),
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    flags: body.flags ?? 0,
    ...(body.nonce == null ? {} : { nonce: body.nonce }),
    ...(body.allowed_mentions == null ? {} : { allowed_mentions: body.allowed_mentions }),
  };
}
