import { UsageError } from '../domain/errors.ts';

interface BenchTask {
  model: string;
  /** Sizes to measure in place of the bench's own, smallest first: for a quick look. */
  sizes?: number[] | undefined;
  /** How long to measure, where the bench goes by time. */
  minutes?: number | undefined;
  log: (line: string) => void;
}

/** Each prints one JSON object. */
const BENCHES: Record<string, (task: BenchTask) => Promise<object>> = {
  analyse: async (task) => (await import('./bench-analyse.ts')).benchAnalyse(task),
  poll: async (task) => (await import('./bench-poll.ts')).benchPoll(task),
  stories: async (task) => (await import('./bench-stories.ts')).benchStories(task),
  digest: async (task) => (await import('./bench-digest.ts')).benchDigest(task),
  discord: async (task) => (await import('./bench-discord.ts')).benchDiscord(task),
  search: async (task) => (await import('./bench-search.ts')).benchSearch(task),
  queue: async (task) => (await import('./bench-queue.ts')).benchQueue(task),
  start: async (task) => (await import('./bench-start.ts')).benchStart(task),
  memory: async (task) => (await import('./bench-memory.ts')).benchMemory(task),
  soak: async (task) => (await import('./bench-soak.ts')).benchSoak(task),
};

const BENCH_NAMES = Object.keys(BENCHES);

/** @throws UsageError for an unknown bench. */
export async function runBench(
  name: string,
  task: BenchTask,
  write: (line: string) => void,
): Promise<number> {
  const bench = BENCHES[name];
  if (!bench)
    throw new UsageError('bad-bench', `"${name}" is not a bench: ${BENCH_NAMES.join(', ')}`);
  write(JSON.stringify(await bench(task), null, 2));
  return 0;
}
