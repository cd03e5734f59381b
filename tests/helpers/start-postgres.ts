/**
 * One Postgres for the run: Rasid's own, in a temporary folder, or the one that DATABASE_URL names. In it, one migrated database
 * that each test file copies (see `database.ts`).
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { openDatabase } from '../../src/store/open-database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { serverUrl: string; template: string };
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, stop: async () => undefined }
    : await startOwnServer();
  const template = `rasid_template_${randomBytes(6).toString('hex')}`;
  await runOnServer(server.url, `CREATE DATABASE ${template} ENCODING 'UTF8' TEMPLATE template0`);
  const url = new URL(server.url);
  url.pathname = `/${template}`;
  const db = await openDatabase({ databaseUrl: url.href, dataDir: '', log: () => undefined });
  await db.close();
  project.provide('postgres', { serverUrl: server.url, template });
  return async () => {
    await runOnServer(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await server.stop();
  };
}

async function startOwnServer() {
  const dataDir = mkdtempSync(join(tmpdir(), 'rasid-tests-'));
  const server = createEmbeddedPostgres({ dataDir, log: (line) => console.error(line) });
  const { host, port, user, database } = await server.locate();
  const query = new URLSearchParams({ host: String(host), port: String(port) });
  const url = `postgresql://${user}@localhost/${database}?${query}`;
  // A power cut during the tests loses nothing worth keeping, and making databases is several times faster.
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    await runOnServer(url, `ALTER SYSTEM SET ${setting} = off`);
  }
  await runOnServer(url, 'SELECT pg_reload_conf()');
  return {
    url,
    async stop() {
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function runOnServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}
