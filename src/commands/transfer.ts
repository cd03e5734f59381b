import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import { AppError, messageOf, UsageError } from '../domain/errors.ts';
import { makeFolder } from '../store/make-folder.ts';
import { type OpenOptions, openDatabase } from '../store/open-database.ts';
import { exportTables } from '../store/transfer-export.ts';
import { importTables } from '../store/transfer-import.ts';

interface TransferOptions {
  config: Pick<Config, 'databaseUrl' | 'dataDir'>;
  folder: string;
  log: OpenOptions['log'];
}

const SUFFIX = '.jsonl';

/**
 * `rasid export DIR`: a file for each table, everything that a person entered or the bot learned. No secrets: tokens and passwords are
 * settings, which are not in the database. Exit code 0.
 * @throws UsageError when the folder holds an export already or cannot be written.
 */
export async function runExport({ config, folder, log }: TransferOptions): Promise<number> {
  await prepareFolder(folder);
  const db = await openDatabase({ ...config, log });
  try {
    const written: string[] = [];
    await exportTables(db, async (table, lines) => {
      const file = join(folder, `${table}${SUFFIX}`);
      await writeLines(`${file}.part`, lines);
      written.push(file);
    });
    // Whole or not at all: a file of this name is a whole one.
    for (const file of written) await rename(`${file}.part`, file);
    log(`${written.length} tables written to ${folder}`);
    return 0;
  } finally {
    await db.close();
  }
}

/**
 * `rasid import DIR`: all of an export, or nothing; a second import of the same changes nothing. Exit code 0.
 * @throws UsageError naming the file and the line that is wrong.
 */
export async function runImport({ config, folder, log }: TransferOptions): Promise<number> {
  if (!existsSync(join(folder, `feeds${SUFFIX}`))) {
    throw new UsageError('bad-export', `there is no export in ${folder} (feeds${SUFFIX})`);
  }
  const db = await openDatabase({ ...config, log });
  try {
    const rows = await importTables(db, (table) => {
      const file = join(folder, `${table}${SUFFIX}`);
      return existsSync(file) ? readLines(file) : null;
    });
    log(`${rows} rows imported from ${folder}`);
    return 0;
  } finally {
    await db.close();
  }
}

async function prepareFolder(folder: string): Promise<void> {
  let names: string[];
  try {
    makeFolder(folder, 0o700);
    names = await readdir(folder);
  } catch (cause) {
    const reason = `${folder} cannot be written: ${messageOf(cause)}`;
    throw new UsageError('unwritable-file', reason, { cause });
  }
  if (names.some((name) => name.endsWith(SUFFIX))) {
    throw new UsageError('unwritable-file', `${folder} holds an export already: name another`);
  }
}

async function writeLines(file: string, lines: AsyncIterable<string>): Promise<void> {
  const ended = async function* () {
    for await (const line of lines) yield `${line}\n`;
  };
  try {
    // Who may read it: the feeds of a server may have private addresses.
    await pipeline(Readable.from(ended()), createWriteStream(file, { mode: 0o600 }));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const reason = `${file} cannot be written: ${messageOf(cause)}`;
    throw new UsageError('unwritable-file', reason, { cause });
  }
}

/** Lines end with a line feed only: other ends of lines, which readline knows too, may stand in a title. */
async function* readLines(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of openFile(file)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

async function* openFile(file: string): AsyncGenerator<string> {
  try {
    yield* createReadStream(file, { encoding: 'utf8' }) as AsyncIterable<string>;
  } catch (cause) {
    const reason = `${file} cannot be read: ${messageOf(cause)}`;
    throw new UsageError('unreadable-file', reason, { cause });
  }
}
