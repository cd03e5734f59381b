import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../../bin/rasid.js', import.meta.url));
const LOOK_MS = 10;
/** More than any of these takes on a slow machine. */
const PATIENCE_MS = 600_000;

export interface BenchBot {
  pid: number;
  /** Milliseconds since the process was started. */
  age(): number;
  /** Sum of a metric over its labels; with `label`, of those lines that hold it. 0 while it does not answer. */
  metric(name: string, label?: string): Promise<number>;
  /** @returns milliseconds from the start of the process until `condition` held. */
  until(what: string, condition: () => Promise<boolean>): Promise<number>;
  /** @returns milliseconds from the start of the process until the web page's server answered. */
  untilAnswering(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts Rasid as its user does, in a process of its own with these settings and no others, on a database in `folder`: for what is
 * measured from outside. What it writes is dropped, but for errors.
 */
export async function startBenchBot(o: {
  folder: string;
  urls: string[];
  settings?: Record<string, string>;
}): Promise<BenchBot> {
  const catalogue = join(o.folder, 'feeds.json');
  const sources = o.urls.map((url, index) => ({ url, name: `Outlet ${index}`, language: 'en' }));
  await writeFile(catalogue, JSON.stringify(sources));
  const port = await findFreePort();
  const started = performance.now();
  const child = spawn(process.execPath, [LAUNCHER, 'start'], {
    cwd: o.folder,
    env: {
      RASID_DATA_DIR: join(o.folder, 'data'),
      RASID_FEEDS: catalogue,
      RASID_ALLOW_PRIVATE_NETWORKS: 'true',
      RASID_EXPLOITED_CVES_URL: 'off',
      RASID_HTTP_PORT: String(port),
      RASID_LOG_LEVEL: 'error',
      ...o.settings,
    },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const exited = once(child, 'exit');
  const address = `http://127.0.0.1:${port}`;
  const age = () => Math.round(performance.now() - started);
  const until = async (what: string, condition: () => Promise<boolean>) => {
    while (age() < PATIENCE_MS) {
      if (await condition()) return age();
      if (child.exitCode !== null) throw new Error(`the bot ended (${child.exitCode}): ${what}`);
      await sleep(LOOK_MS);
    }
    throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
  };
  return {
    pid: child.pid ?? 0,
    age,
    until,
    metric: async (name, label = '') => sumOf(await ask(`${address}/metrics`), name, label),
    untilAnswering: () => until('an answer', async () => (await ask(`${address}/health`)) !== ''),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function ask(url: string): Promise<string> {
  return fetch(url).then(
    (answer) => answer.text(),
    () => '',
  );
}

/** Of Prometheus's text format. */
function sumOf(text: string, name: string, label: string): number {
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
