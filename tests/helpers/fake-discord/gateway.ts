import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { guildPayload } from './guild-payload.ts';
import type { State } from './state.ts';

/** Gateway opcodes (developer documentation, "Gateway Opcodes"). */
const DISPATCH = 0;
const HEARTBEAT = 1;
const IDENTIFY = 2;
const RESUME = 6;
const INVALID_SESSION = 9;
const HELLO = 10;
const HEARTBEAT_ACK = 11;

const AUTHENTICATION_FAILED = 4004;
const DECODE_ERROR = 4002;
/** Of a bot that identifies with fewer shards than it must have. */
const SHARDING_REQUIRED = 4011;

/** Shards of one key may identify once in this time (developer documentation, "Max Concurrency"). */
const IDENTIFY_WINDOW_MS = 5_000;

interface Session {
  id: string;
  /** Its number, and how many there are: it is sent the servers that fall to it. */
  shard: [number, number];
  sequence: number;
  /** Everything dispatched, for a resume. */
  events: { s: number; t: string; d: object }[];
  socket: WebSocket | null;
}

interface Frame {
  op: number;
  /** A heartbeat's is a bare number, which nothing reads. */
  d?: {
    token?: string;
    session_id?: string;
    seq?: number;
    intents?: number;
    shard?: [number, number];
  } | null;
}

export interface Gateway {
  /** Sends an event to the session of its server; kept for its resume while it is away. */
  dispatch(type: string, data: object): void;
  /** Resolves when every shard of a bot has identified or resumed. */
  ready(): Promise<void>;
  isConnected(): boolean;
  /** A later resume is answered "invalid session", as after a restart of Discord's. */
  forgetSessions(): void;
  /** Breaks every connection; without a code, as a cable would. */
  drop(code?: number): void;
  /** Sessions begun and resumed, the intents asked for, and the events sent to each shard. */
  counts: {
    identified: number;
    resumed: number;
    heartbeats: number;
    intents: number[];
    events: number[];
  };
  close(): void;
}

export function attachGateway(server: Server, state: State, gatewayUrl: () => string): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const counts: Gateway['counts'] = {
    identified: 0,
    resumed: 0,
    heartbeats: 0,
    intents: [],
    events: [],
  };
  const sessions = new Map<string, Session>();
  const waiting: (() => void)[] = [];
  /** The newest session of each shard, of the bot that identified last. */
  let current: (Session | undefined)[] = [];
  const identifiedAt = new Map<number, number>();
  const isConnected = () => current.length > 0 && current.every((session) => session?.socket);

  const onConnected = (session: Session, socket: WebSocket) => {
    session.socket = socket;
    const [id, count] = session.shard;
    if (current.length !== count) current = Array.from({ length: count }, () => undefined);
    current[id] = session;
    if (!isConnected()) return;
    for (const resolve of waiting.splice(0)) resolve();
  };

  /** A bot with one shard is started again and again by tests; Discord would let it wait as well. */
  const isTooSoon = ([id, count]: [number, number]) => {
    if (count === 1) return false;
    const key = id % state.sharding.maxConcurrency;
    const before = identifiedAt.get(key);
    identifiedAt.set(key, Date.now());
    return before !== undefined && Date.now() - before < IDENTIFY_WINDOW_MS;
  };

  const identify = (socket: WebSocket, intents: number, shard: [number, number]) => {
    if (isTooSoon(shard)) {
      state.violations.push(`shard ${shard[0]} identified too soon after another of its key`);
      socket.send(JSON.stringify({ op: INVALID_SESSION, d: false }));
      return;
    }
    counts.identified += 1;
    counts.intents.push(intents);
    const session: Session = { id: state.nextId(), shard, sequence: 0, events: [], socket };
    sessions.set(session.id, session);
    const guilds = [...state.guilds.values()].filter(
      ({ id }) => shardOf(id, shard[1]) === shard[0],
    );
    const ids = guilds.map(({ id }) => id);
    send(session, 'READY', { ...readyPayload(state, session.id, gatewayUrl(), ids), shard });
    for (const guild of guilds) send(session, 'GUILD_CREATE', guildPayload(state, guild));
    onConnected(session, socket);
  };

  const resume = (socket: WebSocket, sessionId: string, lastSeen: number) => {
    const session = sessions.get(sessionId);
    if (session === undefined) {
      socket.send(JSON.stringify({ op: INVALID_SESSION, d: false }));
      return;
    }
    counts.resumed += 1;
    session.socket = socket;
    for (const event of session.events.filter(({ s }) => s > lastSeen)) {
      socket.send(JSON.stringify({ op: DISPATCH, ...event }));
    }
    send(session, 'RESUMED', {});
    onConnected(session, socket);
  };

  const authenticate = (socket: WebSocket, frame: Frame) => {
    const { token, intents = 0, session_id: sessionId = '', seq = 0 } = frame.d ?? {};
    const { shard = [0, 1] } = frame.d ?? {};
    if (token !== state.token) socket.close(AUTHENTICATION_FAILED, 'Authentication failed.');
    else if (frame.op !== IDENTIFY) resume(socket, sessionId, seq);
    else if (shard[1] < state.sharding.shards)
      socket.close(SHARDING_REQUIRED, 'Sharding required.');
    else identify(socket, intents, shard);
  };

  const receive = (socket: WebSocket, frame: Frame) => {
    if (frame.op === IDENTIFY || frame.op === RESUME) authenticate(socket, frame);
    if (frame.op !== HEARTBEAT) return;
    counts.heartbeats += 1;
    socket.send(JSON.stringify({ op: HEARTBEAT_ACK, d: null }));
  };

  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: HELLO, d: { heartbeat_interval: 41_250 }, s: null, t: null }));
    socket.on('message', (raw) => {
      const frame = parseFrame(String(raw));
      if (frame === null) socket.close(DECODE_ERROR, 'Decode error.');
      else receive(socket, frame);
    });
    socket.on('close', () => {
      for (const session of sessions.values()) if (session.socket === socket) session.socket = null;
    });
    socket.on('error', () => socket.terminate());
  });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket));
  });

  return {
    counts,
    dispatch: (type, data) => {
      const shard = shardOf(guildOf(type, data), current.length);
      const session = current[shard];
      if (session === undefined) return;
      counts.events[shard] = (counts.events[shard] ?? 0) + 1;
      send(session, type, data);
    },
    isConnected,
    ready: () =>
      isConnected() ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    forgetSessions: () => sessions.clear(),
    drop: (code) => {
      for (const session of current) {
        if (code === undefined) session?.socket?.terminate();
        else session?.socket?.close(code);
      }
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/** As Discord deals servers to shards; direct messages fall to the first. */
function shardOf(guildId: string, count: number): number {
  return count === 0 ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
}

/** A payload that a test has damaged is sent to the first shard. */
function guildOf(type: string, data: { id?: string; guild_id?: string }): string {
  const own = type === 'GUILD_CREATE' || type === 'GUILD_DELETE' ? data.id : data.guild_id;
  return typeof own === 'string' && /^\d+$/.test(own) ? own : '0';
}

function send(session: Session, type: string, data: object): void {
  session.sequence += 1;
  const event = { s: session.sequence, t: type, d: data };
  session.events.push(event);
  session.socket?.send(JSON.stringify({ op: DISPATCH, ...event }));
}

function readyPayload(
  state: State,
  sessionId: string,
  gatewayUrl: string,
  guilds: string[],
): object {
  return {
    v: 10,
    user: { ...state.bot, discriminator: '0000', avatar: null, bot: true },
    guilds: guilds.map((id) => ({ id, unavailable: true })),
    session_id: sessionId,
    resume_gateway_url: gatewayUrl,
    application: { id: state.applicationId, flags: 0 },
  };
}

function parseFrame(text: string): Frame | null {
  try {
    return JSON.parse(text) as Frame;
  } catch {
    return null;
  }
}
