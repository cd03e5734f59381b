import { rename, writeFile } from 'node:fs/promises';
import { applyEdits, getNodeValue, modify } from 'jsonc-parser';
import { UsageError } from '../domain/errors.ts';
import type { FeedSource } from '../domain/feed.ts';
import { readCatalogueFile, readEntries } from './catalogue.ts';

const FORMATTING = { insertSpaces: true, tabSize: 2, eol: '\n' };

/**
 * Appends a source to `feeds.json`; everything else in the file stays as it is written.
 * @throws UsageError `known-source` when its address is in the file; as `loadCatalogue` for an unreadable file.
 */
export async function addSource(path: string, source: FeedSource): Promise<void> {
  const text = await readCatalogueFile(path);
  if (findEntry(text, path, source.url) !== null) {
    throw new UsageError('known-source', `${source.url} is in ${path} already`);
  }
  await replaceFile(path, appendSources(text, path, [source]));
}

/**
 * Takes a source out of `feeds.json`; everything else in the file stays as it is written.
 * @throws UsageError `unknown-source` when no entry has this address.
 */
export async function removeSource(path: string, url: string): Promise<void> {
  const text = await readCatalogueFile(path);
  const index = findEntry(text, path, url);
  if (index === null) throw new UsageError('unknown-source', `${url} is not in ${path}`);
  const edits = modify(text, [index], undefined, { formattingOptions: FORMATTING });
  await replaceFile(path, applyEdits(text, edits));
}

/**
 * Appends those sources whose address the file does not hold yet; a file that does not exist is made.
 * @returns how many were added.
 */
export async function addMissingSources(path: string, sources: FeedSource[]): Promise<number> {
  const text = await readOrEmpty(path);
  const missing = sources.filter(({ url }) => findEntry(text, path, url) === null);
  if (missing.length > 0) await replaceFile(path, appendSources(text, path, missing));
  return missing.length;
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readCatalogueFile(path);
  } catch (error) {
    const { cause } = error as UsageError;
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '[]\n';
    throw error;
  }
}

/** The position of the entry with this address, in whatever spelling; null when there is none. */
function findEntry(text: string, path: string, url: string): number | null {
  const wanted = normalise(url);
  const index = readEntries(text, path).findIndex((entry) => {
    const value: unknown = getNodeValue(entry);
    const hasUrl = typeof value === 'object' && value !== null && 'url' in value;
    return hasUrl && typeof value.url === 'string' && normalise(value.url) === wanted;
  });
  return index < 0 ? null : index;
}

function normalise(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}

function appendSources(text: string, path: string, sources: FeedSource[]): string {
  let edited = text;
  let end = readEntries(text, path).length;
  for (const source of sources) {
    const edits = modify(edited, [end], source, {
      formattingOptions: FORMATTING,
      isArrayInsertion: true,
    });
    edited = applyEdits(edited, edits);
    end += 1;
  }
  return edited;
}

/** Written beside and renamed, so that a crash leaves the old file or the new one. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, text);
  await rename(draft, path);
}
