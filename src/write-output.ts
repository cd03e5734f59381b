/** Whoever read the output has closed it: there is nothing left to do, and nothing to say. */
export class OutputClosed extends Error {}

let isClosed = false;

/**
 * Lets a reader that has seen enough (`rasid analyse … | head -1`) end the program in order: the bot as by SIGTERM, a command by the next
 * thing it writes. Without it, Node would end the process in the middle of its work, with a stack trace.
 */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isClosed = true;
    if (process.listenerCount('SIGTERM') > 0) process.kill(process.pid, 'SIGTERM');
  });
  // What would be said is said to nobody.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** Writes to stdout. @throws OutputClosed */
export function writeOutput(text: string): void {
  if (isClosed) throw new OutputClosed('the output was closed');
  process.stdout.write(text);
}
