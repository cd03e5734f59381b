import { readFile, stat, writeFile } from 'node:fs/promises';
import { messageOf, UsageError } from '../domain/errors.ts';
import { loadCatalogue } from '../feeds/catalogue.ts';
import { decodeDocument } from '../feeds/decode-document.ts';
import { addMissingSources } from '../feeds/edit-catalogue.ts';
import { parseOpml, writeOpml } from '../feeds/opml.ts';

interface OpmlExchange {
  /** The OPML file. */
  file: string;
  /** The source catalogue, `feeds.json`. */
  catalogue: string;
  log: (line: string) => void;
}

const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Adds the sources of an OPML file that the catalogue does not hold yet; those it holds stay as they are. Exit code 0.
 * @throws UsageError for a file that cannot be read or is no OPML.
 */
export async function importOpml({ file, catalogue, log }: OpmlExchange): Promise<number> {
  const sources = parseOpml(decodeDocument(await readOpmlFile(file)).text);
  const added = await addMissingSources(catalogue, sources);
  log(`${added} of ${sources.length} sources added to ${catalogue}; the others are in it already`);
  return 0;
}

/** Writes the whole catalogue, disabled sources too, as OPML. Exit code 0, or 1 when entries had to be left out. */
export async function exportOpml({ file, catalogue, log }: OpmlExchange): Promise<number> {
  const { sources, problems } = await loadCatalogue(catalogue);
  for (const problem of problems) log(`${catalogue}: ${problem}`);
  try {
    await writeFile(file, writeOpml(sources));
  } catch (cause) {
    throw new UsageError('unwritable-file', `${file} cannot be written: ${messageOf(cause)}`, {
      cause,
    });
  }
  log(`${sources.length} sources written to ${file}`);
  return problems.length === 0 ? 0 : 1;
}

async function readOpmlFile(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size <= MAX_BYTES) return await readFile(file);
  } catch (cause) {
    throw new UsageError('unreadable-file', `${file} cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  }
  throw new UsageError('too-large', `${file} is larger than ${MAX_BYTES} bytes`);
}
