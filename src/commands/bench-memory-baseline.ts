import { availableParallelism } from 'node:os';
import { openBareRuntime } from '../models/bare-runtime.ts';
import { loadModel } from '../models/load-model.ts';

/**
 * What `rasid bench memory` is compared with: Node that waits, or the bare runtime that has loaded the model and run it once.
 * Arguments: `node` or `runtime`, and the model. Says when it is there, and waits to be ended.
 */
const TOKENS = 512;
const SOME_ID = 1_000;

const [kind, model = 'models'] = process.argv.slice(2);
const source = kind === 'runtime' ? loadModel(model) : null;
if (source?.kind === 'folder') {
  const runtime = await openBareRuntime(source.folder, availableParallelism());
  await runtime.run([new Array<number>(TOKENS).fill(SOME_ID)]);
}
process.send?.({ ready: true });
