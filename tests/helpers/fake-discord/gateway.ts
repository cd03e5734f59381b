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

interface Session {
  id: string;
  sequence: number;
  /** Everything dispatched, for a resume. */
  events: { s: number; t: string; d: object }[];
  socket: WebSocket | null;
}

interface Frame {
  op: number;
  /** A heartbeat's is a bare number, which nothing reads. */
  d?: { token?: string; session_id?: string; seq?: number; intents?: number } | null;
}

export interface Gateway {
  /** Sends an event to the bot's newest session; kept for its resume while it is away. */
  dispatch(type: string, data: object): void;
  /** Resolves when a bot has identified or resumed. */
  ready(): Promise<void>;
  isConnected(): boolean;
  /** Breaks the connection; without a code, as a cable would. */
  drop(code?: number): void;
  /** Sessions begun and resumed, and the intents asked for. */
  counts: { identified: number; resumed: number; heartbeats: number; intents: number[] };
  close(): void;
}

export function attachGateway(server: Server, state: State, gatewayUrl: () => string): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const counts: Gateway['counts'] = { identified: 0, resumed: 0, heartbeats: 0, intents: [] };
  const sessions = new Map<string, Session>();
  const waiting: (() => void)[] = [];
  let newest: Session | null = null;

  const onConnected = (session: Session, socket: WebSocket) => {
    session.socket = socket;
    newest = session;
    for (const resolve of waiting.splice(0)) resolve();
  };

  const identify = (socket: WebSocket, intents: number) => {
    counts.identified += 1;
    counts.intents.push(intents);
    const session: Session = { id: state.nextId(), sequence: 0, events: [], socket };
    sessions.set(session.id, session);
    const guilds = [...state.guilds.values()];
    send(session, 'READY', readyPayload(state, session.id, gatewayUrl()));
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
    if (token !== state.token) socket.close(AUTHENTICATION_FAILED, 'Authentication failed.');
    else if (frame.op === IDENTIFY) identify(socket, intents);
    else resume(socket, sessionId, seq);
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
      if (newest !== null) send(newest, type, data);
    },
    isConnected: () => newest?.socket != null,
    ready: () =>
      newest?.socket != null ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    drop: (code) => {
      const socket = newest?.socket;
      if (code === undefined) socket?.terminate();
      else socket?.close(code);
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function send(session: Session, type: string, data: object): void {
  session.sequence += 1;
  const event = { s: session.sequence, t: type, d: data };
  session.events.push(event);
  session.socket?.send(JSON.stringify({ op: DISPATCH, ...event }));
}

function readyPayload(state: State, sessionId: string, gatewayUrl: string): object {
  return {
    v: 10,
    user: { ...state.bot, discriminator: '0000', avatar: null, bot: true },
    guilds: [...state.guilds.keys()].map((id) => ({ id, unavailable: true })),
    session_id: sessionId,
    resume_gateway_url: gatewayUrl,
    shard: [0, 1],
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
