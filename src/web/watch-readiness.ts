import type { Problem } from './readiness.ts';

interface WatchLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/**
 * Tells the operator's log what `/ready` tells who asks: each problem once when it begins, and once that it is over. Each call looks
 * once; `/ready` itself goes on saying it.
 */
export function createReadinessWatch(check: () => Promise<Problem[]>, log: WatchLog) {
  let known = new Map<string, Problem>();
  return async (): Promise<void> => {
    const found = new Map((await check()).map((problem) => [problem.code, problem]));
    for (const [code, { text }] of found) if (!known.has(code)) log.warn({ problem: code }, text);
    for (const [code, { text }] of known)
      if (!found.has(code)) log.info({ problem: code }, `over: ${text}`);
    known = found;
  };
}
