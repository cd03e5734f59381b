import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Begins a measurement at rest, after a collection. Only Linux can begin a new high-water mark; elsewhere it stays that of the whole process,
 * which is more.
 * @returns what says how far resident memory has risen above that since, in bytes
 */
export function measureGrowth() {
  globalThis.gc();
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
  const restBytes = process.memoryUsage.rss();
  return () => Math.max(0, peakBytes() - restBytes);
}

function peakBytes() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(kib) * 1024;
}
