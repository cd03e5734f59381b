import type { Config } from '../config.ts';
import { loadCatalogue } from '../feeds/catalogue.ts';
import { localTimezone, storeCatalogue } from '../main.ts';
import { createLogger, openParts, type Terminal } from '../parts.ts';
import { runPass } from '../pipeline/run-pass.ts';
import { subscribeTerminal } from '../pipeline/terminal-reader.ts';
import { makeFeedsDue } from '../store/feed-store.ts';
import { formatPassSummary, showProgress } from '../terminal/progress.ts';

/**
 * One poll of every feed in the catalogue, analysis, stories and the due digests. Exit code 0 also when some feeds did
 * not answer: `rasid feeds list` says which.
 */
export async function runOnce(
  config: Config,
  terminal: Terminal,
  clock: () => Date,
): Promise<number> {
  const catalogue = await loadCatalogue(config.feedsFile);
  const parts = await openParts(
    { ...config, role: 'all' },
    { log: createLogger(config), terminal, clock },
  );
  try {
    await parts.queue.start();
    await storeCatalogue(parts, catalogue);
    await makeFeedsDue(parts.db, clock());
    if (parts.bot) await parts.bot.start();
    else await subscribeTerminal(parts.db, { now: clock(), timezone: localTimezone() });
    const done = showProgress(parts.readPassState, process.stderr);
    await runPass(parts.drains).finally(done);
    process.stderr.write(formatPassSummary(await parts.readPassState(), null));
    return 0;
  } finally {
    await parts.close();
  }
}
