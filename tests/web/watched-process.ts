import pino from 'pino';
import { readConfig } from '../../src/config.ts';
import { observe } from '../../src/observe.ts';
import { openParts, type Parts } from '../../src/parts.ts';
import { createWebServer } from '../../src/web/server.ts';
import type { FakeDiscord } from '../helpers/fake-discord/create-fake-discord.ts';
import { NOW } from '../store/rows.ts';

export interface WatchedProcess {
  parts: Parts;
  /** The process's clock; tests set it. */
  now: Date;
  /** What it has logged, from debug on. */
  lines: Record<string, unknown>[];
  ask(path: string): Promise<Response>;
  /** The samples of `/metrics` by name and labels, read anew: the clock goes on past what is held. */
  scrape(): Promise<Map<string, number>>;
  problems(): Promise<string[]>;
  close(): Promise<void>;
}

/** Every part of a process as `rasid start` has them, and its web server on loopback; its steps run when a test says so. */
export async function openWatchedProcess(options: {
  databaseUrl: string;
  discord?: FakeDiscord;
  model?: string;
}): Promise<WatchedProcess> {
  const { discord, model = 'models' } = options;
  const lines: WatchedProcess['lines'] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const config = readConfig({
    DATABASE_URL: options.databaseUrl,
    RASID_MODEL: model,
    RASID_ALLOW_PRIVATE_NETWORKS: 'true',
    ...(discord && { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl }),
  });
  const terminal = { write: () => undefined, width: 80, colour: false };
  const watched = { now: NOW };
  const clock = () => watched.now;
  const parts = await openParts(config, { log, terminal, clock });
  await parts.queue.start();
  const seen = observe(parts, clock);
  const server = createWebServer({ db: parts.db, ...seen, clock, token: null });
  const address = await server.listen('127.0.0.1', 0);
  const ask = (path: string) => fetch(`${address}${path}`);
  return Object.assign(watched, {
    parts,
    lines,
    ask,
    async scrape() {
      watched.now = new Date(watched.now.getTime() + 6_000);
      return readSamples(await (await ask('/metrics')).text());
    },
    async problems() {
      const { problems } = (await (await ask('/ready')).json()) as { problems: string[] };
      return problems;
    },
    async close() {
      await server.close();
      await parts.close();
    },
  });
}

/** Prometheus' text format: one sample a line, comments between them. */
export function readSamples(text: string): Map<string, number> {
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}
