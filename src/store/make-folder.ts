import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those that it lies in, each with `mode`. Not by `recursive`: that never ends where a file system refuses a folder with
 * "no such file", as /proc does.
 * @throws the error of the file system
 */
export function makeFolder(folder: string, mode = 0o777): void {
  const path = resolve(folder);
  if (isFolder(path)) return;
  makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another process was faster.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  // A drive that is not there ends the way up.
  return (
    dirname(path) === path || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  );
}
