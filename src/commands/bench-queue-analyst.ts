import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ArticleText } from '../domain/article.ts';
import type { Encoder } from '../models/encoder.ts';
import { loadModel } from '../models/load-model.ts';
import type { EncodedText } from '../models/read-outputs.ts';
import { analyseArticles } from '../pipeline/analyse-article.ts';
import { analyseDiscovered } from '../pipeline/analyse-discovered.ts';
import { openDatabase } from '../store/open-database.ts';
import { createQueue } from '../store/queue.ts';

/**
 * One analyst of `rasid bench queue`: the program's own step, with a model that takes a fixed time for each text. Says that it is
 * ready, waits for `{ articles }`, and answers how many texts its model was given: of the database until nothing waits there, or,
 * where `articles` is not null, just those, without a database.
 * Arguments: the database's folder, the model whose rules are used, milliseconds for one text.
 */
const CONNECTIONS = 3;

const [dataDir = '', model = 'models', milliseconds = '20'] = process.argv.slice(2);
const { heads } = loadModel(model);
let read = 0;
let busy: Promise<void> = Promise.resolve();

const NOTHING_FOUND: EncodedText = {
  cyberLogit: -5,
  topicLogits: heads.topics.map(() => -5),
  embedding: new Float32Array(heads.embeddingDimensions).fill(
    1 / Math.sqrt(heads.embeddingDimensions),
  ),
  sentences: [],
  tags: [],
};

/** As the real one, it reads one text after the other. */
const encoder: Encoder = {
  heads,
  folder: null,
  lastError: () => null,
  close: async () => undefined,
  async encode(texts) {
    busy = busy.then(() => sleep(texts.length * Number(milliseconds)));
    await busy;
    read += texts.length;
    return texts.map(() => NOTHING_FOUND);
  },
};

const db = await openDatabase({
  databaseUrl: null,
  dataDir,
  log: () => undefined,
  poolSize: CONNECTIONS,
});
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const deps = { db, encoder, queue: createQueue(db), log };
process.send?.({ ready: true });
const [{ articles }] = (await once(process, 'message')) as [{ articles: ArticleText[] | null }];
if (articles === null) while ((await analyseDiscovered(deps, () => new Date())) > 0);
else await analyseArticles(encoder, articles);
process.send?.({ read });
await once(process, 'message');
await db.close();
process.disconnect?.();
