import { readdir, readFile, readlink, realpath } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

/** What processes use, read from `/proc`; where that is missing every figure is 0. */
interface ProcessUse {
  cpuSeconds: number;
  /** Resident, in MiB: what is shared with other processes counts for each its part (`Pss`). */
  megabytes: number;
}

/** Resident memory of a process in MiB: now, and at its highest so far. */
export async function residentMegabytes(pid: number): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return { now: kilobytes(status, 'VmRSS'), peak: kilobytes(status, 'VmHWM') };
}

/** Sums the processes whose working directory is the embedded database's in `dataDir`. */
export async function databaseUse(dataDir: string): Promise<ProcessUse> {
  const root = await realpath(dataDir);
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const used = await Promise.all(
    pids.map(async (pid) => {
      const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      return folder.startsWith(root) ? useOf(pid) : { cpuSeconds: 0, megabytes: 0 };
    }),
  );
  return {
    cpuSeconds: used.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    megabytes: used.reduce((sum, { megabytes }) => sum + megabytes, 0),
  };
}

async function useOf(pid: string): Promise<ProcessUse> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const memory = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  // Fields 14 and 15 (user and system ticks), counted after the command name in parentheses; 16 and 17 are those of ended children.
  const ticks = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .reduce((sum, field) => sum + Number(field), 0);
  return { cpuSeconds: ticks / TICKS_PER_SECOND, megabytes: kilobytes(memory, 'Pss') };
}

/** The line `NAME: n kB`, in MiB. */
function kilobytes(text: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
  return Math.round(Number(found ?? 0) / 1_024);
}
