import type { Config } from '../config.ts';
import { UsageError } from '../domain/errors.ts';

interface BenchIo {
  write: (line: string) => void;
  log: (line: string) => void;
}

/** Each prints one JSON object. */
const BENCHES: Record<string, (config: Config, io: BenchIo) => Promise<object>> = {
  analyse: async (config) =>
    (await import('./bench-analyse.ts')).benchAnalyse({ model: config.model }),
  poll: async (_config, io) =>
    (await import('./bench-poll.ts')).benchPoll({ feeds: 1_000, log: io.log }),
  stories: async (config, io) =>
    (await import('./bench-stories.ts')).benchStories({ model: config.model, log: io.log }),
  digest: async (_config, io) => (await import('./bench-digest.ts')).benchDigest({ log: io.log }),
  search: async (config, io) =>
    (await import('./bench-search.ts')).benchSearch({ model: config.model, log: io.log }),
  'search-quality': async (config, io) =>
    (await import('./evaluation/evaluate-search.ts')).evaluateSearch({
      data: '../shared/data',
      model: config.model,
      log: io.log,
    }),
};

/** @throws UsageError for an unknown bench. */
export async function runBench(name: string, config: Config, io: BenchIo): Promise<number> {
  const bench = BENCHES[name];
  if (!bench) {
    throw new UsageError(
      'bad-bench',
      `"${name}" is not a bench: ${Object.keys(BENCHES).join(', ')}`,
    );
  }
  io.write(JSON.stringify(await bench(config, io), null, 2));
  return 0;
}
