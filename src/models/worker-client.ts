import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ModelError, messageOf } from '../domain/errors.ts';
import type { ModelSource } from './load-model.ts';
import type { EncodedText } from './read-outputs.ts';
import { awaitIdle, createActivity } from './thread-activity.ts';
import type { EncoderInput } from './tokenise-article.ts';

export interface WorkerSettings {
  source: ModelSource;
  maxTokens: number;
  /** Threads that the runtime uses inside one run. */
  threads: number;
}

/** The settings, and one shared number by which both sides know whether the thread is in the runtime: see `thread-activity`. */
export interface WorkerData extends WorkerSettings {
  activity: Int32Array;
}

export interface WorkerRequest {
  id: number;
  texts: EncoderInput[];
}

/** Asks the thread to end itself as soon as it is between two texts. */
export const END = 'end';

export type WorkerReply = { id: number; results: EncodedText[] } | { id: number; error: string };

/**
 * Under vitest the sources run as they are, but a worker thread needs JavaScript: `tests/helpers/build-dist.ts` compiles
 * `dist/` before the tests, and the worker of that build is taken.
 */
const WORKER_FILE = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/models/model-worker.js', import.meta.url)
  : new URL('./model-worker.js', import.meta.url);

/** So long a stopping program, or the next thread, waits for one that does not end: one that hangs in the runtime never will. */
const END_MS = 5_000;

interface Waiting {
  resolve: (results: EncodedText[]) => void;
  reject: (error: ModelError) => void;
  /** Runs from the moment when the thread has the request. */
  timer?: NodeJS.Timeout;
}

/**
 * One worker thread that answers one request after the other. It is started by the first request, and again by the next one
 * after it died (`model-crashed`) or gave no answer within `timeoutMs` (`model-timeout`); both errors are retryable. The next thread is
 * started when the last one has ended: two models at once would take memory that the allocator never gives back.
 */
export function createWorkerClient(o: {
  settings: WorkerSettings;
  timeoutMs: number;
  file?: URL | undefined;
}) {
  let worker: Worker | null = null;
  let waiting: Waiting | null = null;
  let nextId = 1;
  /** Until the thread that was given up last has ended. */
  let ending: Promise<void> = Promise.resolve();

  const settle = (): Waiting | null => {
    const settled = waiting;
    if (settled) clearTimeout(settled.timer);
    waiting = null;
    return settled;
  };

  /** Forgets the worker first, so that its exit is not mistaken for a crash of the next one. */
  const drop = async () => {
    const dropped = worker;
    worker = null;
    if (dropped !== null && dropped.threadId !== -1) await endThread(dropped);
  };

  const fail = (code: string, message: string, cause?: unknown) => {
    ending = drop();
    settle()?.reject(new ModelError(code, message, { retryable: true, cause }));
  };

  const start = (): Worker => {
    const activity = createActivity();
    const workerData: WorkerData = { ...o.settings, activity };
    const started = new Worker(o.file ?? WORKER_FILE, { workerData });
    const onProcessExit = () => awaitIdle(activity);
    process.on('exit', onProcessExit);
    started.once('exit', () => process.off('exit', onProcessExit));
    started.on('message', (reply: WorkerReply) => {
      if (started !== worker) return;
      if ('results' in reply) settle()?.resolve(reply.results);
      else settle()?.reject(new ModelError('model-failed', reply.error));
    });
    started.on('error', (error) => {
      if (started === worker) fail('model-crashed', messageOf(error), error);
    });
    started.on('exit', (status) => {
      if (started === worker) fail('model-crashed', `the model's thread ended (${status})`);
    });
    return started;
  };

  return {
    /** Encodes the texts in order; at most one request may be under way. */
    request(texts: EncoderInput[]): Promise<EncodedText[]> {
      return new Promise((resolve, reject) => {
        const asked: Waiting = { resolve, reject };
        waiting = asked;
        void ending.then(() => {
          // Closed meanwhile.
          if (waiting !== asked) return;
          worker ??= start();
          asked.timer = setTimeout(
            () => fail('model-timeout', `no answer from the model within ${o.timeoutMs} ms`),
            o.timeoutMs,
          );
          worker.postMessage({ id: nextId++, texts } satisfies WorkerRequest);
        });
      });
    },

    async close(): Promise<void> {
      settle()?.reject(new ModelError('model-closed', 'the model was stopped'));
      await ending;
      await drop();
    },
  };
}

/** Asks, and does not terminate: the runtime aborts the whole process when its thread is stopped in the middle of a run. */
async function endThread(thread: Worker): Promise<void> {
  const exited = once(thread, 'exit');
  thread.postMessage(END);
  const waiting = new AbortController();
  const late = sleep(END_MS, undefined, waiting).catch(() => undefined);
  await Promise.race([exited, late]);
  waiting.abort();
  // One that hangs does not hold the process.
  thread.unref();
}
