import { once } from 'node:events';
import type { Config } from './config.ts';
import { messageOf } from './domain/errors.ts';
import { type Catalogue, loadCatalogue } from './feeds/catalogue.ts';
import { observe } from './observe.ts';
import { createLogger, openParts, type Parts, type Terminal } from './parts.ts';
import { holdGateway } from './pipeline/hold-gateway.ts';
import { runPass } from './pipeline/run-pass.ts';
import { createScheduler } from './pipeline/scheduler.ts';
import { pauseTerminal, subscribeTerminal } from './pipeline/terminal-reader.ts';
import { syncCatalogue } from './store/feed-store.ts';
import { formatPassSummary, showProgress } from './terminal/progress.ts';
import { createWebServer } from './web/server.ts';
import { requireTokenBeyondLoopback } from './web/web-access.ts';

/** Without a token, someone is waiting at the terminal: the first digest comes at this time at the latest. */
const FIRST_DIGEST_MS = 40_000;

const clock = () => new Date();

/** Runs Rasid until SIGTERM or SIGINT, then lets the work in progress finish. Resolves when everything is closed. */
export async function startRasid(config: Config, terminal: Terminal): Promise<void> {
  const stop = new AbortController();
  const stopRequested = once(stop.signal, 'abort');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  requireTokenBeyondLoopback(config.http.host, config.http.token);
  const log = createLogger(config);
  const catalogue = await loadCatalogue(config.feedsFile);
  const parts = await openParts(config, { log, terminal, clock }).catch((error: unknown) => {
    // Ctrl-C on a first start also ends the program that makes the database: that is no failure.
    if (stop.signal.aborted) return null;
    throw error;
  });
  if (parts === null) return;
  // In the order in which they are closed: who gives work to others comes first.
  const closing = [parts.close];
  try {
    await parts.queue.start();
    await storeCatalogue(parts, catalogue);
    const seen = observe(parts, clock);
    const web = await listen(parts, seen);
    if (web) closing.unshift(() => web.server.close());
    closing.unshift(seen.watch());
    if (config.discord.token) await pauseTerminal(parts.db);
    const scheduler = createScheduler({ ...parts, pollCron: config.pollCron });
    closing.unshift(scheduler.stop);
    const running = Promise.all([
      parts.bot &&
        parts.drains.deliver &&
        holdGateway({ ...parts, bot: parts.bot, signal: stop.signal }),
      work(parts, scheduler, web?.address ?? null),
    ]);
    await Promise.race([stopRequested, running.then(() => stopRequested)]);
    log.info('stopping: the work in progress is finished first');
  } finally {
    stop.abort();
    for (const close of closing) await close();
  }
}

/** A first pass, so that nobody waits for a tick; then ticks and wake-ups. */
async function work(
  parts: Parts,
  scheduler: ReturnType<typeof createScheduler>,
  page: string | null,
): Promise<void> {
  if (parts.config.discord.token === null && parts.drains.deliver) {
    await subscribeTerminal(parts.db, { now: clock(), timezone: localTimezone() });
    const done = showProgress(parts.readPassState, process.stderr);
    await runPass(parts.drains, FIRST_DIGEST_MS).finally(done);
    process.stderr.write(formatPassSummary(await parts.readPassState(), page));
  }
  await scheduler.start();
  if (parts.config.discord.token !== null) await runPass(parts.drains);
}

/** Writes the catalogue to the database; what is wrong with an entry is said, and the others go on. */
export async function storeCatalogue(
  { config, db, log }: Pick<Parts, 'config' | 'db' | 'log'>,
  { sources, problems }: Catalogue,
): Promise<void> {
  for (const problem of problems) log.warn({ file: config.feedsFile }, problem);
  await syncCatalogue(db, sources, clock());
}

export function localTimezone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

async function listen(parts: Parts, seen: ReturnType<typeof observe>) {
  const server = createWebServer({
    db: parts.db,
    metrics: seen.metrics,
    checkReadiness: seen.checkReadiness,
    clock,
    token: parts.config.http.token,
  });
  const { host, port } = parts.config.http;
  try {
    const address = await server.listen(host, port);
    parts.log.info({ address }, 'web page');
    return { server, address };
  } catch (error) {
    // A busy port must not keep a newcomer from the digests, unless the page is all that this process is for.
    if (parts.config.role === 'web') throw error;
    parts.log.warn({ host, port }, `no web page: ${messageOf(error)} (set RASID_HTTP_PORT)`);
    return null;
  }
}
