import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The built program, made by the test run's setup. */
const DIST = new URL('../../dist/store/open-database.js', import.meta.url).href;

const SCRIPT = `
const [dist, dataDir] = process.argv.slice(1);
const { openDatabase } = await import(dist);
try {
  const db = await openDatabase({ databaseUrl: null, dataDir, log: () => undefined });
  const [row] = await db.query('SELECT pg_postmaster_start_time()::text AS started');
  console.log(JSON.stringify({ started: row.started }));
  process.stdin.on('data', async () => { await db.close(); process.exit(0); });
} catch (error) {
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
`;

/** Another Rasid process that has the database of `dataDir` open. */
export interface ChildDatabase {
  /** When the server was started, or why it was not opened. */
  opened: { started?: string; code?: string; message?: string };
  /** Closes the database and ends. */
  close(): Promise<void>;
  /** Ends the process as a power switch would. */
  kill(): Promise<void>;
}

export async function openInChild(dataDir: string, uid?: number): Promise<ChildDatabase> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, DIST, dataDir], {
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return {
    opened: JSON.parse(String(line)),
    async close() {
      child.stdin.write('close\n');
      await ended(child);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
