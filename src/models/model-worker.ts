import { basename, dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import {
  AutoModel,
  AutoTokenizer,
  env,
  type PreTrainedModel,
  Tensor,
} from '@huggingface/transformers';
import { type EncodedText, type RawOutputs, readOutputs } from './read-outputs.ts';
import { whileBusy } from './thread-activity.ts';
import {
  createArticleTokeniser,
  type EncoderInput,
  type TokenisedArticle,
} from './tokenise-article.ts';
import { END, type WorkerData, type WorkerReply, type WorkerRequest } from './worker-client.ts';

/**
 * The encoder's thread: the only place where transformers.js is named. Each text is run by itself, never in a padded batch:
 * the int8 graph scales activations by the whole tensor, so in a batch a text's score would depend on its neighbours (by up to
 * one logit, measured); and on two cores single runs of 128 tokens are as fast as batches of 16.
 */
const settings = workerData as WorkerData;

const tensor = (values: BigInt64Array) => new Tensor('int64', values, [1, values.length]);

function valuesOf(outputs: Record<string, Tensor | undefined>, name: string) {
  return outputs[name]?.data as Float32Array | undefined;
}

async function runModel(model: PreTrainedModel, article: TokenisedArticle): Promise<RawOutputs> {
  const ids = BigInt64Array.from(article.ids, BigInt);
  const outputs: Record<string, Tensor | undefined> = await model({
    input_ids: tensor(ids),
    attention_mask: tensor(new BigInt64Array(ids.length).fill(1n)),
    token_type_ids: tensor(new BigInt64Array(ids.length)),
  });
  return {
    hidden: valuesOf(outputs, 'last_hidden_state') ?? new Float32Array(),
    cyber: valuesOf(outputs, 'cyber'),
    topics: valuesOf(outputs, 'topics'),
    embedding: valuesOf(outputs, 'embedding'),
    salience: valuesOf(outputs, 'salience'),
    tags: valuesOf(outputs, 'tags'),
  };
}

/** Loads tokenizer and graph, and returns the function that encodes one text. */
async function load(): Promise<(input: EncoderInput) => Promise<EncodedText>> {
  const { source, maxTokens, threads } = settings;
  const local = source.kind === 'folder';
  env.allowRemoteModels = !local;
  if (local) env.localModelPath = dirname(`${source.folder}/encoder`);
  const name = local ? basename(`${source.folder}/encoder`) : source.name;
  const tokenizer = await AutoTokenizer.from_pretrained(name);
  const model = await AutoModel.from_pretrained(name, {
    dtype: 'q8',
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
  const tokenise = createArticleTokeniser(
    (word) => tokenizer.encode(word, { add_special_tokens: false }),
    maxTokens,
  );
  return async (input) => {
    const article = tokenise(input);
    return readOutputs(await runModel(model, article), article, local ? source.heads : null);
  };
}

const loaded = whileBusy(settings.activity, load);
// Each request reports the failure; without this line it would end the thread before the first one is read.
loaded.catch(() => undefined);

async function answer({ id, texts }: WorkerRequest): Promise<WorkerReply> {
  try {
    const encode = await loaded;
    const results: EncodedText[] = [];
    for (const text of texts) {
      results.push(await whileBusy(settings.activity, () => encode(text)));
    }
    return { id, results };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (request: WorkerRequest | typeof END) => {
  if (request === END) process.exit();
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});
