import type { Dispatcher } from 'undici';
import { aborted, timedOut, tooLarge } from './net-failures.ts';

export interface ExchangeRequest {
  url: URL;
  headers: Record<string, string>;
  /** Bytes of body, as sent. */
  maxBytes: number;
  /** Milliseconds left, and of how many, for the error's words. */
  timeoutMs: number;
  deadlineMs: number;
  signal?: AbortSignal | undefined;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** As sent, compressed or not. Kept only of 2xx answers. */
  body: Buffer;
}

type AnswerHeaders = Record<string, string | string[] | undefined>;

/** Bytes of an unwanted body to read for the sake of the connection; past this, a new connection is cheaper. */
const DRAINED_BYTES = 64 * 1024;

/**
 * One GET, one answer, no redirects. Speaks undici's handler interface rather than `request`: no stream is made for a body that is
 * collected anyway, which halves the cost of a small answer.
 * @throws whatever undici or the connector failed with, or a NetError.
 */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const reader = new AnswerReader(request, resolve, reject);
    dispatcher.dispatch(
      {
        origin: request.url.origin,
        path: request.url.pathname + request.url.search,
        method: 'GET',
        headers: request.headers,
      },
      reader,
    );
  });
}

class AnswerReader implements Dispatcher.DispatchHandler {
  readonly #request: ExchangeRequest;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | null = null;
  #stopped: Error | null = null;
  #status = 0;
  #headers: AnswerHeaders = {};
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(
    request: ExchangeRequest,
    resolve: (answer: Answer) => void,
    reject: (error: unknown) => void,
  ) {
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(
      () => this.#fail(timedOut(request.deadlineMs, request.url.href)),
      request.timeoutMs,
    );
    request.signal?.addEventListener('abort', this.#callOff);
  }

  readonly #callOff = () => this.#fail(aborted(this.#request.url.href));

  /** undici hands over the means to abort only once a connection exists. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#stopped) controller.abort(this.#stopped);
    else this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: AnswerHeaders): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    if (this.#keepsBody() && Number(headers['content-length']) > this.#request.maxBytes) {
      this.#fail(this.#tooLarge());
    }
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#stopped) return;
    this.#size += chunk.length;
    if (!this.#keepsBody()) {
      if (this.#size > DRAINED_BYTES) this.#leaveRest();
    } else if (this.#size > this.#request.maxBytes) {
      this.#fail(this.#tooLarge());
    } else {
      this.#chunks.push(chunk);
    }
  }

  onResponseEnd(): void {
    if (!this.#stopped) this.#succeed();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#settle();
    this.#reject(error);
  }

  #keepsBody(): boolean {
    return this.#status >= 200 && this.#status < 300;
  }

  #tooLarge(): Error {
    return tooLarge(this.#request.maxBytes, this.#request.url.href);
  }

  #leaveRest(): void {
    this.#succeed();
    this.#stop(new Error('the rest is not wanted'));
  }

  #succeed(): void {
    this.#settle();
    const [only = Buffer.alloc(0), ...more] = this.#chunks;
    this.#resolve({
      status: this.#status,
      headers: joinHeaders(this.#headers),
      body: more.length === 0 ? only : Buffer.concat(this.#chunks, this.#size),
    });
  }

  #fail(error: Error): void {
    if (this.#stopped) return;
    this.#settle();
    this.#chunks = [];
    this.#reject(error);
    this.#stop(error);
  }

  #stop(reason: Error): void {
    this.#stopped = reason;
    this.#controller?.abort(reason);
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#request.signal?.removeEventListener('abort', this.#callOff);
  }
}

function joinHeaders(headers: AnswerHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return joined;
}
