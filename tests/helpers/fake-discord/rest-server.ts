import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { loadSchemaCheck } from './check-schema.ts';
import { type Failure, takeFailure } from './failures.ts';
import { invalidForm, Refusal } from './refusal.ts';
import type { State } from './state.ts';

export interface RestRequest {
  method: string;
  /** Without `/api/v10` and query. */
  path: string;
  query: URLSearchParams;
  body: unknown;
}

export interface Route {
  method: string;
  path: RegExp;
  /** Needs no bot token: the interaction's own token is in the path. */
  open?: boolean;
  /** Undefined answers 204. */
  answer(parameters: string[], request: RestRequest): unknown;
}

export interface RecordedRequest extends RestRequest {
  status: number;
}

const PREFIX = '/api/v10';

/** An answer that a bot may rely on: a message has one thread. */
const THREAD_EXISTS = 160004;

export interface RestServerOptions {
  state: State;
  routes: Route[];
  failures: Failure[];
  /** Filled with every request, in order of arrival. */
  requests: RecordedRequest[];
}

/** Discord's REST API on loopback. */
export function createRestServer(options: RestServerOptions): Server {
  return createServer((incoming, response) => {
    handle(incoming, response, options).catch((error: unknown) => {
      options.state.violations.push(`the local Discord failed: ${String(error)}`);
      response.destroy();
    });
  });
}

async function handle(
  incoming: IncomingMessage,
  response: ServerResponse,
  options: RestServerOptions,
): Promise<void> {
  const request = await readRequest(incoming);
  const failure = takeFailure(options.failures, request);
  if (failure?.drop === 'before') {
    record(options, request, 0);
    response.destroy();
    return;
  }
  if (failure?.status !== undefined) {
    record(options, request, failure.status);
    sendFailure(response, failure);
    return;
  }
  const { status, body } = answerRequest(request, incoming.headers.authorization, options);
  record(options, request, failure?.drop === 'after' ? 0 : status);
  if (failure?.drop === 'after') response.destroy();
  else send(response, status, body);
}

async function readRequest(incoming: IncomingMessage): Promise<RestRequest> {
  const url = new URL(incoming.url ?? '/', 'http://local');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname.startsWith(PREFIX)
      ? decodeURIComponent(url.pathname.slice(PREFIX.length))
      : url.pathname,
    query: url.searchParams,
    body: await readBody(Buffer.concat(chunks), incoming.headers['content-type'] ?? ''),
  };
}

/** JSON; with files, a form whose `payload_json` is the JSON. */
async function readBody(bytes: Buffer, contentType: string): Promise<unknown> {
  if (bytes.length === 0) return undefined;
  if (!contentType.startsWith('multipart/form-data')) return JSON.parse(bytes.toString('utf8'));
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  return JSON.parse(String(form.get('payload_json')));
}

function answerRequest(
  request: RestRequest,
  authorization: string | undefined,
  options: RestServerOptions,
): { status: number; body: unknown } {
  try {
    const body = runRoute(request, authorization, options);
    return { status: body === undefined ? 204 : 200, body };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, message, errors } = error;
    if ((status === 400 && code !== THREAD_EXISTS) || code === 0) {
      options.state.violations.push(
        `${request.method} ${request.path}: ${message} ${JSON.stringify(errors ?? {})}`,
      );
    }
    return { status, body: { message, code, ...(errors === undefined ? {} : { errors }) } };
  }
}

function runRoute(
  request: RestRequest,
  authorization: string | undefined,
  { state, routes }: RestServerOptions,
): unknown {
  const mistakes = loadSchemaCheck()?.(request.method, request.path, request.body) ?? [];
  if (mistakes.length > 0) throw invalidForm(mistakes);
  const route = routes.find(
    ({ method, path }) => method === request.method && path.test(request.path),
  );
  if (route === undefined) throw new Refusal(404, 0, '404: Not Found');
  if (!route.open && authorization !== `Bot ${state.token}`) {
    throw new Refusal(401, 0, '401: Unauthorized');
  }
  return route.answer((route.path.exec(request.path) ?? []).slice(1), request);
}

function record({ requests }: RestServerOptions, request: RestRequest, status: number): void {
  requests.push({ ...request, status });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    'x-ratelimit-bucket': 'local',
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '999',
    'x-ratelimit-reset': String(Date.now() / 1000 + 1),
    'x-ratelimit-reset-after': '1',
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function sendFailure(response: ServerResponse, failure: Failure): void {
  const { status = 500, code = 0 } = failure;
  const limited = status === 429 ? rateLimit(failure) : null;
  response.writeHead(status, { 'content-type': 'application/json', ...limited?.headers });
  const body = limited?.body ?? { message: `${status}: injected by the test`, code };
  response.end(JSON.stringify(body));
}

function rateLimit({ retryAfterSeconds, global = false }: Failure) {
  const headers: Record<string, string> = { 'x-ratelimit-scope': global ? 'global' : 'user' };
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds);
  if (global) headers['x-ratelimit-global'] = 'true';
  const body = {
    message: 'You are being rate limited.',
    retry_after: retryAfterSeconds ?? 0,
    global,
  };
  return { headers, body };
}
