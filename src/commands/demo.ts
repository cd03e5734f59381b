import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import type { Terminal } from '../parts.ts';
import { runOnce } from './once.ts';
import { serveExamples } from './serve-examples.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

/**
 * Serves `examples/` on loopback and runs the whole pipeline on it once, from an empty database to two digests. Needs no
 * network and leaves nothing behind.
 */
export async function runDemo(
  config: Config,
  terminal: Terminal,
  clock: () => Date,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-demo-'));
  // Started as root, the database runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  const served = await serveExamples(EXAMPLES, clock());
  try {
    const feedsFile = join(folder, 'feeds.json');
    await writeFile(feedsFile, JSON.stringify(served.sources, null, 2));
    return await runOnce(demoConfig(config, folder, feedsFile), terminal, clock);
  } finally {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A database of its own, the terminal as the only reader, and loopback allowed. */
function demoConfig(config: Config, folder: string, feedsFile: string): Config {
  return {
    ...config,
    discord: { ...config.discord, token: null },
    databaseUrl: null,
    dataDir: join(folder, 'data'),
    feedsFile,
    allowPrivateNetworks: true,
  };
}
