import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModelError, messageOf, UsageError } from '../domain/errors.ts';
import { type Heads, parseHeads } from './heads.ts';

/** Where an encoder's files are, and what is known about its heads. */
export type ModelSource =
  | { kind: 'folder'; folder: string; heads: Heads }
  /** A model of the hub brings vectors only; the rules of the shipped model (`heads`) go on to serve, except for its classifiers. */
  | { kind: 'hub'; name: string; heads: Heads };

/** The encoder that the repository carries; this file is two folders below the root, as source and compiled. */
const SHIPPED = fileURLToPath(new URL('../../models', import.meta.url));

const HUB_NAME = /^[\w.-]+\/[\w.-]+$/;

/**
 * Finds the model that the setting `RASID_MODEL` names: `models` is the shipped one, an existing folder is one made by
 * `training/`, and `owner/name` is a repository of the model hub.
 * @throws UsageError `bad-setting` when the setting names neither; ModelError `model-missing` or `model-invalid`.
 */
export function loadModel(model: string): ModelSource {
  const folder = model === 'models' ? SHIPPED : resolve(model);
  if (existsSync(join(folder, 'heads.json'))) {
    return { kind: 'folder', folder, heads: readHeads(folder) };
  }
  if (model !== 'models' && !isAbsolute(model) && !existsSync(folder) && HUB_NAME.test(model)) {
    return { kind: 'hub', name: model, heads: readHeads(SHIPPED) };
  }
  const missing = `no model in ${folder}: heads.json is not there`;
  if (model === 'models') throw new ModelError('model-missing', missing);
  throw new UsageError(
    'bad-setting',
    `RASID_MODEL is "${model}": ${missing}; it may be models, a folder made by training/, or a hub name`,
  );
}

function readHeads(folder: string): Heads {
  try {
    const heads: unknown = JSON.parse(readFileSync(join(folder, 'heads.json'), 'utf8'));
    return parseHeads(heads, readFileSync(join(folder, 'idf.bin')));
  } catch (error) {
    throw new ModelError(
      'model-invalid',
      `${folder} does not fit docs/model-contract.md: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
}
