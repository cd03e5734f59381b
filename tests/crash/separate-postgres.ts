import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

/** A Postgres that no bot owns, as an operator's own: it comes back only when the test says so. */
export async function startSeparatePostgres() {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-crash-'));
  // Run as root, the database runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  const server = createEmbeddedPostgres({ dataDir: folder, log: () => undefined });
  const { host, port, user, database } = await server.locate();
  const query = new URLSearchParams({ host: String(host), port: String(port) });
  return {
    url: `postgresql://${user}@localhost/${database}?${query}`,
    /** Kills the server and its children at once. */
    kill: () => killPostgres(folder),
    start: () => server.locate(),
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Kills the server of a data folder with all its processes. @returns false when none ran. */
export function killPostgres(dataDir: string): boolean {
  try {
    const file = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
    const pid = Number(file.split('\n')[0]);
    if (!(pid > 1)) return false;
    // The whole group: the postmaster leads it.
    process.kill(-pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
