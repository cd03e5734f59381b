import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const READER = fileURLToPath(new URL('./reader.mjs', import.meta.url));

/** A document of its kind, or a fault that the fuzzer must notice. */
export type DocumentKind = 'feed' | 'page' | 'hang' | 'crash' | 'throw' | 'swell';

export interface Reading {
  /** `threw`: something other than the error that such a document may be refused with. `died`, `hung`: the process. */
  outcome: 'read' | 'refused' | 'threw' | 'died' | 'hung';
  detail: string;
  ms: number;
  /** The most resident memory while reading, less what there was after a collection just before; 0 where it was not measured. */
  growthBytes: number;
}

/**
 * Reads documents in a process of their own, so that one that never ends or takes the process with it is seen as that.
 * `deadlineMs` is for one document.
 */
export function createDocumentReader({ deadlineMs }: { deadlineMs: number }) {
  let child: ChildProcess | null = null;

  const start = async () => {
    const started = fork(READER, [], { serialization: 'advanced', execArgv: ['--expose-gc'] });
    await once(started, 'message');
    return started;
  };

  return {
    async read(kind: DocumentKind, body: Buffer, measure = false): Promise<Reading> {
      child ??= await start();
      const reading = await ask(child, { kind, body, measure }, deadlineMs);
      if (reading.outcome === 'died' || reading.outcome === 'hung') {
        child.kill('SIGKILL');
        child = null;
      }
      return reading;
    },
    /** The next document is read by a fresh process. */
    async close(): Promise<void> {
      const closing = child;
      child = null;
      if (closing === null || closing.exitCode !== null) return;
      const exited = once(closing, 'exit');
      closing.kill('SIGKILL');
      await exited;
    },
  };
}

function ask(child: ChildProcess, request: object, deadlineMs: number): Promise<Reading> {
  const failed = (outcome: 'died' | 'hung', detail: string): Reading => ({
    outcome,
    detail,
    ms: deadlineMs,
    growthBytes: 0,
  });
  return new Promise((resolve) => {
    const finish = (reading: Reading) => {
      clearTimeout(timer);
      child.off('message', finish).off('exit', onExit);
      resolve(reading);
    };
    const onExit = (code: number | null, signal: string | null) =>
      finish(failed('died', `exit code ${code}, signal ${signal}`));
    const timer = setTimeout(() => finish(failed('hung', `after ${deadlineMs} ms`)), deadlineMs);
    child.on('message', finish).on('exit', onExit);
    child.send(request);
  });
}
