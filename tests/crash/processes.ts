import { readFileSync } from 'node:fs';
import { type BotProcess, startRasid } from '../e2e/bot-process.ts';

export type Role = 'all' | 'poller' | 'analyst' | 'bot';

/** Processes in slots, each with its role; a slot that is killed can be started again. */
export function createProcesses(roles: readonly Role[], environment: Record<string, string>) {
  const slots: (BotProcess | null)[] = roles.map(() => null);
  const start = (slot: number) => {
    slots[slot] = startRasid(['start'], { ...environment, RASID_ROLE: roles[slot] ?? 'all' });
  };
  const end = async (slot: number, signal: NodeJS.Signals) => {
    await slots[slot]?.end(signal);
    slots[slot] = null;
  };
  return {
    start,
    startAll: () => roles.forEach((_, slot) => void start(slot)),
    kill: (slot: number) => end(slot, 'SIGKILL'),
    async endAll() {
      await Promise.all(roles.map((_, slot) => end(slot, 'SIGTERM')));
    },
    /** Starts what has ended by itself, as a supervisor does. @returns how many there were. */
    revive(): number {
      const ended = [...slots.keys()].filter((slot) => {
        const child = slots[slot]?.child;
        return child !== undefined && (child.exitCode !== null || child.signalCode !== null);
      });
      for (const slot of ended) start(slot);
      return ended.length;
    },
    log: () => slots.map((process) => process?.stderr().slice(-2_000) ?? '').join('\n'),
    /** Resident memory of all, in MiB. */
    megabytes: () => slots.reduce((sum, process) => sum + residentMegabytes(process?.child.pid), 0),
  };
}

function residentMegabytes(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
  } catch {
    return 0;
  }
}
