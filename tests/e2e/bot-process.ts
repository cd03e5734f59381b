import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FeedSource } from '../../src/domain/feed.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/rasid.js', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A folder with a catalogue, and the environment of a bot that polls it every second. */
export async function createBotHome(sources: Pick<FeedSource, 'url' | 'name' | 'language'>[]) {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-e2e-'));
  // Run as root, the database runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  const feeds = join(folder, 'feeds.json');
  await writeFile(feeds, JSON.stringify(sources));
  return {
    folder,
    dataDir: join(folder, 'data'),
    environment: {
      RASID_FEEDS: feeds,
      RASID_DATA_DIR: join(folder, 'data'),
      RASID_ALLOW_PRIVATE_NETWORKS: 'true',
      RASID_MIN_FEED_INTERVAL_SECONDS: '1',
      RASID_MAX_FEED_INTERVAL_SECONDS: '2',
      RASID_POLL_CRON: '* * * * * *',
      RASID_EXPLOITED_CVES_URL: 'off',
      RASID_HTTP_PORT: '0',
      RASID_LOG_LEVEL: 'info',
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface BotProcess {
  child: ChildProcess;
  /** What it has printed so far. */
  stdout(): string;
  stderr(): string;
  /** Ends it and resolves with its exit code (null when a signal ended it). */
  end(signal: NodeJS.Signals): Promise<number | null>;
  exited: Promise<number | null>;
}

/** Runs the built program as a user does. `DATABASE_URL` and the token of the surrounding environment do not reach it. */
export function startRasid(args: string[], environment: Record<string, string>): BotProcess {
  const { PATH, HOME, TMPDIR } = process.env;
  const inherited = Object.entries({ PATH, HOME, TMPDIR }).filter(
    ([, value]) => value !== undefined,
  );
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    exited,
    end: (signal) => {
      child.kill(signal);
      return exited;
    },
  };
}

/** Resolves when `condition` holds; fails with `what` and the bot's log when it does not within the time. */
export async function waitUntil(
  what: string,
  condition: () => boolean | Promise<boolean>,
  options: { timeoutMs?: number; bot?: BotProcess } = {},
): Promise<void> {
  const deadline = Date.now() + (options.timeoutMs ?? 30_000);
  while (Date.now() < deadline) {
    if (await condition()) return;
    await sleep(50);
  }
  throw new Error(`not within the time: ${what}\n${options.bot?.stderr().slice(-4_000) ?? ''}`);
}
