/**
 * Whether the model's thread is in the runtime, in memory that both threads share. A process that ends (an error that nobody caught, or
 * `process.exit`) stops its threads where they are, and one that is stopped in the runtime aborts the whole process: the exit code and the
 * last words would be those of the abort (`terminate called after throwing an instance of 'Napi::Error'`).
 */
const BUSY = 0;
/** The process ends: the thread must not begin another run. */
const OVER = 1;

/** Loading takes under a second and a run 60 ms at most, many times that on a busy machine; one that takes longer hangs, and is not waited for. */
const LONGEST_MS = 10_000;

export function createActivity(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

/** In the thread: work in the runtime. Once the process ends none is begun, and the promise stays open. */
export async function whileBusy<T>(activity: Int32Array, work: () => Promise<T>): Promise<T> {
  // First busy, then asked: whichever thread is first, one of them sees the other's mark.
  Atomics.store(activity, BUSY, 1);
  try {
    if (Atomics.load(activity, OVER) === 0) return await work();
  } finally {
    Atomics.store(activity, BUSY, 0);
    Atomics.notify(activity, BUSY);
  }
  return new Promise(() => undefined);
}

/** In the process, as its last act: keeps the thread out of the runtime, and waits until it is. Blocks. */
export function awaitIdle(activity: Int32Array): void {
  Atomics.store(activity, OVER, 1);
  Atomics.wait(activity, BUSY, 1, LONGEST_MS);
}
