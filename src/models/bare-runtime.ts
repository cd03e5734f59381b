import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Session {
  run(feeds: Record<string, unknown>): Promise<unknown>;
  release(): Promise<void>;
}

interface Runtime {
  InferenceSession: {
    create(path: string, options: Record<string, unknown>): Promise<Session>;
  };
  Tensor: new (type: 'int64', data: BigInt64Array, dims: number[]) => unknown;
}

/**
 * The runtime below transformers.js without anything above it, on the same graph: what the encoder's speed is measured against. It is
 * transformers.js's own dependency, so it is resolved from there.
 */
export async function openBareRuntime(folder: string, threads: number) {
  const require = createRequire(import.meta.url);
  const fromTransformers = createRequire(require.resolve('@huggingface/transformers'));
  const { InferenceSession, Tensor } = fromTransformers('onnxruntime-node') as Runtime;
  const session = await InferenceSession.create(
    join(folder, 'encoder', 'onnx', 'model_quantized.onnx'),
    { intraOpNumThreads: threads, interOpNumThreads: 1 },
  );
  return {
    /** One run over sequences of one length. */
    async run(sequences: number[][]): Promise<void> {
      const dims = [sequences.length, sequences[0]?.length ?? 0];
      const ids = BigInt64Array.from(sequences.flat(), BigInt);
      await session.run({
        input_ids: new Tensor('int64', ids, dims),
        attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), dims),
      });
    },
    close: () => session.release(),
  };
}
