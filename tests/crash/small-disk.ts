import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

/** A file system of 700 MB in memory. @returns false where there is no right to mount one */
export function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=700m,mode=0711', 'tmpfs', folder]);
    return true;
  } catch {
    return false;
  }
}

export function unmount(folder: string): void {
  execFileSync('umount', [folder]);
}

/** Leaves nothing free: also what a first attempt could not take is taken. */
export function fillDisk(file: string): void {
  for (const bytes of [1 << 20, 1 << 12]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(bytes));
    } catch {
      // It is full.
    }
  }
}
