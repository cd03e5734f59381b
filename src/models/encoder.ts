import { availableParallelism } from 'node:os';
import { AppError, ModelError, messageOf } from '../domain/errors.ts';
import type { Heads } from './heads.ts';
import { loadModel } from './load-model.ts';
import type { EncodedText } from './read-outputs.ts';
import type { EncoderInput } from './tokenise-article.ts';
import { createWorkerClient } from './worker-client.ts';

export interface Encoder {
  /**
   * One run of the encoder for each text, results in the order of `texts`. Texts must be prepared by `prepareForModel`. With
   * `asked`, somebody waits for the answer: it goes before every article, and has a queue of its own.
   * @throws ModelError `model-busy` (retryable) when more than `queueLimit` texts would wait in its queue; `model-crashed` or
   *   `model-timeout` (retryable) when a second try with a fresh thread failed too; `model-failed` when it cannot be loaded.
   */
  encode(texts: EncoderInput[], options?: { asked?: boolean }): Promise<EncodedText[]>;
  heads: Heads;
  /** Why the last run failed; null when it did not, or when there was none yet. */
  lastError(): string | null;
  /** The folder of the model's files, or null for a model of the hub. */
  folder: string | null;
  close(): Promise<void>;
}

interface Job {
  text: EncoderInput;
  resolve: (encoded: EncodedText) => void;
  reject: (error: unknown) => void;
}

/** Texts sent to the thread at once: few, so that a question waits for a quarter of a second at most, and a crash repeats little. */
const CHUNK = 4;
/** Loading takes under a second and a text 60 ms at most; a thread silent for this long hangs. */
const TIMEOUT_MS = 60_000;
/** More threads than this gain nothing at the size of this encoder. */
const MOST_THREADS = 4;
/** A token is seldom longer; what lies beyond cannot be within the limit and is not sent to the thread. */
const CHARACTERS_PER_TOKEN = 24;

export interface EncoderOptions {
  /** The setting `RASID_MODEL`. */
  model: string;
  /** Texts that may wait at once, default 512. */
  queueLimit?: number | undefined;
  /** Fewer tokens than `heads.maxTokens`: for measurements. */
  maxTokens?: number | undefined;
  timeoutMs?: number | undefined;
  /** Another thread program: for tests of crashes. */
  workerFile?: URL | undefined;
}

/**
 * The encoder in its worker thread, loaded by the first call of `encode`.
 * @throws ModelError `model-missing` or `model-invalid` at once when the files are not there or do not fit the contract.
 */
export function createEncoder(o: EncoderOptions): Encoder {
  const source = loadModel(o.model);
  const maxTokens = Math.min(o.maxTokens ?? source.heads.maxTokens, source.heads.maxTokens);
  const queueLimit = o.queueLimit ?? 512;
  const client = createWorkerClient({
    settings: { source, maxTokens, threads: Math.min(availableParallelism(), MOST_THREADS) },
    timeoutMs: o.timeoutMs ?? TIMEOUT_MS,
    file: o.workerFile,
  });
  const questions: Job[] = [];
  const articles: Job[] = [];
  let running: Promise<void> | null = null;
  let lastError: string | null = null;

  const requestTwice = (texts: EncoderInput[]) =>
    client.request(texts).catch((error: unknown) => {
      if (error instanceof AppError && error.retryable) return client.request(texts);
      throw error;
    });

  const runJobs = async (jobs: Job[]) => {
    try {
      const results = await requestTwice(jobs.map((job) => job.text));
      lastError = null;
      for (const [i, job] of jobs.entries()) {
        const encoded = results[i];
        if (encoded) job.resolve(encoded);
        else job.reject(new ModelError('model-failed', 'the model left out a text'));
      }
    } catch (error) {
      lastError = messageOf(error);
      for (const job of jobs) job.reject(error);
    }
  };

  const drain = async () => {
    while (questions.length + articles.length > 0) {
      await runJobs((questions.length > 0 ? questions : articles).splice(0, CHUNK));
    }
    running = null;
  };

  return {
    heads: source.heads,
    lastError: () => lastError,
    folder: source.kind === 'folder' ? source.folder : null,

    async encode(texts, { asked = false } = {}) {
      if (texts.length === 0) return [];
      const queue = asked ? questions : articles;
      if (queue.length + texts.length > queueLimit) {
        throw new ModelError('model-busy', `more than ${queueLimit} texts are waiting`, {
          retryable: true,
        });
      }
      const results = texts.map(
        (text) =>
          new Promise<EncodedText>((resolve, reject) => {
            queue.push({ text: withinReach(text, maxTokens), resolve, reject });
          }),
      );
      running ??= drain();
      return Promise.all(results);
    },

    async close() {
      for (const job of [...questions.splice(0), ...articles.splice(0)])
        job.reject(new ModelError('model-closed', 'stopped'));
      await client.close();
      await running;
    },
  };
}

/** Drops the text that no limit of tokens can reach: an article of a megabyte is not copied to the thread. */
function withinReach(text: EncoderInput, maxTokens: number): EncoderInput {
  let left = maxTokens * CHARACTERS_PER_TOKEN;
  const sentences: string[] = [];
  for (const sentence of text.sentences) {
    if (left <= 0) break;
    sentences.push(sentence.slice(0, left));
    left -= sentence.length;
  }
  return { title: text.title.slice(0, maxTokens * CHARACTERS_PER_TOKEN), sentences };
}
