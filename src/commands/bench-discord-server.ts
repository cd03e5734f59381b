import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type WebSocket, WebSocketServer } from 'ws';

/*
 * The Discord of `bench discord`, in a thread of its own so that its work is not on the bot's event loop: a gateway that sends interactions,
 * and REST that takes posts after a while, with Discord's limit on all requests of a bot or without.
 */

export interface BenchServerSettings {
  servers: string[];
  /** By server. */
  channels: Record<string, string[]>;
  /** How long a post takes. */
  latencyMs: number;
  /** A story for the buttons. */
  storyId: string;
}

/** What the bench tells the server to do next. */
export type BenchOrder =
  | { order: 'begin'; limitPerSecond: number | null; interactionsPerSecond: number }
  | { order: 'end' };

export type BenchAnswer =
  | { kind: 'listening'; apiUrl: string }
  | { kind: 'counted'; posts: number; refused: number; waits: number[]; unanswered: number };

const BOT = '9000000000000000000';
const EPHEMERAL = 64;
const settings = workerData as BenchServerSettings;
let limitPerSecond: number | null = null;
let posts = 0;
let refused = 0;
let waits: number[] = [];
let second = { at: 0, taken: 0 };
let lastId = BigInt(Date.now() - 1_420_070_400_000) << 22n;
const sentAt = new Map<string, number>();
let socket: WebSocket | null = null;
let sequence = 0;
let timer: NodeJS.Timeout | undefined;

function nextId(): string {
  lastId += 1n;
  return String(lastId);
}

/** Discord counts all requests of a bot but those that answer interactions. */
function takesOneMore(): boolean {
  const at = Math.floor(Date.now() / 1000);
  if (second.at !== at) second = { at, taken: 0 };
  second.taken += 1;
  return limitPerSecond === null || second.taken <= limitPerSecond;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  for await (const _chunk of request);
  const path = new URL(request.url ?? '/', 'http://local').pathname.replace('/api/v10', '');
  const [, interaction] = /^\/interactions\/(\d+)\//.exec(path) ?? [];
  if (interaction !== undefined) {
    const sent = sentAt.get(interaction);
    // What was asked in the phase before is not counted in this one.
    if (sent !== undefined) waits.push(Date.now() - sent);
    sentAt.delete(interaction);
    response.writeHead(204).end();
    return;
  }
  if (/^\/channels\/\d+\/messages$/.test(path)) {
    if (!takesOneMore()) return refuse(response);
    await sleep(settings.latencyMs);
    posts += 1;
  }
  send(response, 200, bodyOf(path));
}

function bodyOf(path: string): unknown {
  if (path.endsWith('/commands')) return [];
  if (path !== '/gateway/bot') return { id: nextId(), author: { id: BOT } };
  const { port } = server.address() as AddressInfo;
  const limits = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
  return { url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit: limits };
}

function refuse(response: ServerResponse): void {
  refused += 1;
  const seconds = 1 - (Date.now() % 1000) / 1000;
  response.setHeader('retry-after', String(seconds));
  response.setHeader('x-ratelimit-global', 'true');
  response.setHeader('x-ratelimit-scope', 'global');
  send(response, 429, { message: 'limited', retry_after: seconds, global: true });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function dispatch(type: string, data: object): void {
  sequence += 1;
  socket?.send(JSON.stringify({ op: 0, s: sequence, t: type, d: data }));
}

function greet(): void {
  dispatch('READY', {
    v: 10,
    user: { id: BOT, username: 'Rasid', discriminator: '0000', avatar: null, bot: true },
    guilds: settings.servers.map((id) => ({ id, unavailable: true })),
    session_id: '1',
    resume_gateway_url: bodyUrl(),
    application: { id: BOT, flags: 0 },
  });
  for (const id of settings.servers) dispatch('GUILD_CREATE', serverPayload(id));
}

function bodyUrl(): string {
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** With what discord.js reads. */
function serverPayload(id: string): object {
  const everyone = { id, name: '@everyone', permissions: '8', position: 0, color: 0, flags: 0 };
  const lists = ['threads', 'emojis', 'stickers', 'presences', 'voice_states', 'features'];
  return {
    id,
    name: 'server',
    owner_id: '1',
    preferred_locale: 'en-US',
    roles: [everyone],
    members: [],
    ...Object.fromEntries([...lists, 'stage_instances'].map((name) => [name, []])),
    guild_scheduled_events: [],
    channels: (settings.channels[id] ?? []).map((channel) => ({
      id: channel,
      guild_id: id,
      type: 0,
      name: 'news',
      permission_overwrites: [],
      position: 0,
    })),
  };
}

const command = (name: string, type: number, options: object[]) => ({
  type,
  data: { id: nextId(), name, type: 1, options },
});

/** The kinds in turn: a search, the latest stories, "More" of a story, and choices at a key. */
const ASKED = [
  () => command('search', 2, [{ name: 'query', type: 3, value: 'ransomware at a hospital' }]),
  () => command('latest', 2, []),
  () => ({
    type: 3,
    data: { custom_id: `story:${settings.storyId}`, component_type: 2, id: 1 },
    message: messagePayload(),
  }),
  () => command('story', 4, [{ name: 'story', type: 3, value: 'incident', focused: true }]),
];

function messagePayload(): object {
  return { id: nextId(), channel_id: '1', author: { id: BOT }, flags: EPHEMERAL, components: [] };
}

function ask(number: number): void {
  const guildId = settings.servers[(number * 7) % settings.servers.length] ?? '';
  const id = nextId();
  sentAt.set(id, Date.now());
  const user = { id: String(1_000 + number), username: 'member', discriminator: '0', avatar: null };
  const joined = '2020-01-01T00:00:00.000Z';
  dispatch('INTERACTION_CREATE', {
    id,
    application_id: BOT,
    token: `token-${id}`,
    version: 1,
    guild_id: guildId,
    channel_id: settings.channels[guildId]?.[0],
    member: { user, roles: [], joined_at: joined, deaf: false, mute: false, permissions: '32' },
    app_permissions: '0',
    locale: 'en-US',
    guild_locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: {},
    context: 0,
    ...ASKED[number % ASKED.length]?.(),
  });
}

const server = createServer((request, response) => {
  void answer(request, response).catch(() => response.destroy());
});
new WebSocketServer({ server }).on('connection', (connected) => {
  connected.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
  connected.on('message', (raw) => {
    const { op } = JSON.parse(String(raw)) as { op: number };
    if (op === 1) connected.send(JSON.stringify({ op: 11, d: null }));
    if (op !== 2) return;
    socket = connected;
    greet();
  });
});
// Discord keeps connections; Node's five seconds would close them under a bot that is busy.
server.keepAliveTimeout = 75_000;
server.listen(0, '127.0.0.1', () => {
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  parentPort?.postMessage({ kind: 'listening', apiUrl } satisfies BenchAnswer);
});

parentPort?.on('message', (order: BenchOrder) => {
  clearInterval(timer);
  if (order.order === 'end') {
    const unanswered = sentAt.size;
    const counted = { kind: 'counted', posts, refused, waits, unanswered } as const;
    parentPort?.postMessage(counted satisfies BenchAnswer);
    return;
  }
  limitPerSecond = order.limitPerSecond;
  posts = 0;
  refused = 0;
  waits = [];
  sentAt.clear();
  let number = 0;
  timer = setInterval(() => ask(number++), 1000 / order.interactionsPerSecond);
});
