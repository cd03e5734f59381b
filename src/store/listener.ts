import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { messageOf } from '../domain/errors.ts';
import type { Listener } from './db.ts';

const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 15_000;

/**
 * Listens on one channel for as long as the process lives. Losing the connection is expected: it connects again, with waits that
 * double up to 15 s, and then calls `onMessage` with an empty message.
 */
export function createListener(options: {
  channel: string;
  onMessage(message: string): void;
  connect(): Promise<pg.Client>;
  log(message: string): void;
}): Listener {
  const stopping = new AbortController();
  let client: pg.Client | null = null;

  /** Resolves when the connection is lost or closed. */
  const listenOnce = async (onConnected: () => void) => {
    const fresh = await options.connect();
    const ended = new Promise<void>((resolve) => {
      fresh.once('end', () => resolve());
      fresh.once('error', () => resolve());
    });
    fresh.on('error', () => undefined);
    fresh.on('notification', (event) => options.onMessage(event.payload ?? ''));
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${fresh.escapeIdentifier(options.channel)}`);
      if (stopping.signal.aborted) return;
      client = fresh;
      onConnected();
      await ended;
    } finally {
      client = null;
      await fresh.end().catch(() => undefined);
    }
  };

  const listenForever = async () => {
    let wait = FIRST_RETRY_MS;
    while (!stopping.signal.aborted) {
      try {
        await listenOnce(() => {
          wait = FIRST_RETRY_MS;
          options.onMessage('');
        });
      } catch (error) {
        options.log(`not listening on ${options.channel} for now: ${messageOf(error)}`);
      }
      await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      wait = Math.min(wait * 2, MAX_RETRY_MS);
    }
  };

  const running = listenForever();

  return {
    isConnected: () => client !== null,
    async close() {
      stopping.abort();
      await client?.end().catch(() => undefined);
      await running;
    },
  };
}
