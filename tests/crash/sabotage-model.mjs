// Loaded before the program (NODE_OPTIONS=--import): the model's thread dies, or answers no more, at every fifth request while the file
// that RASID_SABOTAGE names says so ("die", "hang"). Each time adds a line to the file of that name with ".done" behind it.
import { appendFileSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import workerThreads from 'node:worker_threads';

const { Worker } = workerThreads;
const mode = () => {
  try {
    return readFileSync(process.env.RASID_SABOTAGE ?? '', 'utf8').trim();
  } catch {
    return '';
  }
};
let requests = 0;

workerThreads.Worker = class extends Worker {
  postMessage(...message) {
    if (typeof message[0] !== 'object') return super.postMessage(...message);
    requests += 1;
    const now = requests % 5 === 0 ? mode() : '';
    if (now !== '') appendFileSync(`${process.env.RASID_SABOTAGE}.done`, `${now}\n`);
    if (now === 'hang') return undefined;
    // Before it runs: a thread that is stopped from outside in the middle of a run aborts the process, and nobody but the program could.
    if (now === 'die') return void this.terminate();
    return super.postMessage(...message);
  }
};
syncBuiltinESMExports();

// The program waits a minute for a thread that hangs; a test does not.
const { setTimeout: original } = globalThis;
globalThis.setTimeout = (work, ms, ...rest) => original(work, ms === 60_000 ? 3_000 : ms, ...rest);
