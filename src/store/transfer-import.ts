import { AppError, messageOf, UsageError } from '../domain/errors.ts';
import type { Database, Queryable } from './db.ts';
import { columnsOf } from './transfer-export.ts';
import {
  TRANSFER_FORMAT,
  TRANSFER_TABLES,
  type TransferHeader,
  type TransferTable,
} from './transfer-tables.ts';

/** Rows given to the database at once. */
const BATCH_ROWS = 200;

interface Line {
  /** Counted from 1, the header. */
  number: number;
  text: string;
}

/**
 * Reads an export into this database, all of it or nothing. Rows that are there already are known again by what they are about, not by
 * their ids; ids stay as they were where the table was empty, so that buttons of messages posted before go on working.
 * @param open gives a table's lines, or null when the export has no such table.
 * @returns how many lines were read.
 * @throws UsageError `bad-export` naming the table's file and the line.
 */
export async function importTables(
  db: Database,
  open: (table: string) => AsyncIterable<string> | null,
): Promise<number> {
  return db.transaction(async (tx) => {
    // A bot may go on meanwhile: what it writes waits.
    const names = TRANSFER_TABLES.map((table) => table.name).join(', ');
    await tx.query(`LOCK TABLE ${names} IN SHARE ROW EXCLUSIVE MODE`);
    await tx.query(
      `CREATE TEMPORARY TABLE imported_ids (
         kind text, old_id bigint, new_id bigint NOT NULL, PRIMARY KEY (kind, old_id)
       ) ON COMMIT DROP`,
    );
    let total = 0;
    for (const table of TRANSFER_TABLES) {
      const lines = open(table.name);
      if (lines) total += await importTable(tx, table, lines);
    }
    return total;
  });
}

async function importTable(
  tx: Queryable,
  table: TransferTable,
  lines: AsyncIterable<string>,
): Promise<number> {
  let header: TransferHeader | null = null;
  let insert: ((batch: Line[]) => Promise<void>) | null = null;
  let batch: Line[] = [];
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (!header || !insert) {
      header = await readHeader(tx, table, text);
      insert = await prepareInsert(tx, table, header.columns);
      continue;
    }
    batch.push({ number, text });
    if (batch.length < BATCH_ROWS) continue;
    await insert(batch);
    batch = [];
  }
  if (!header || !insert) throw badLine(table, 1, 'the file is empty');
  await insert(batch);
  const rows = number - 1;
  if (rows !== header.rows) {
    throw badLine(table, number, `${header.rows} rows were written and ${rows} are there`);
  }
  if (table.find) await tx.query(restartSequence(table.name));
  return rows;
}

async function readHeader(
  tx: Queryable,
  table: TransferTable,
  text: string,
): Promise<TransferHeader> {
  const header = parseLine(table, { number: 1, text }) as Partial<TransferHeader>;
  const { format, columns, rows } = header;
  if (header.table !== table.name || typeof format !== 'number') {
    throw badLine(table, 1, 'this is not the head of an export of this table');
  }
  if (!Array.isArray(columns) || typeof rows !== 'number') {
    throw badLine(table, 1, 'columns or rows are missing');
  }
  const known = new Set(await columnsOf(tx, table.name));
  const unknown = columns.filter((column) => !known.has(column));
  if (format > TRANSFER_FORMAT || unknown.length > 0) {
    throw badLine(table, 1, `a later Rasid has written this export (${unknown.join(', ')})`);
  }
  return { format, table: table.name, columns, rows };
}

/** @returns what stores a batch of lines. */
async function prepareInsert(tx: Queryable, table: TransferTable, columns: string[]) {
  const [first] = await tx.query(`SELECT FROM ${table.name} LIMIT 1`);
  const statements = table.find
    ? [mapIds(table, columns, first === undefined), insertMapped(table, columns)]
    : [insertPlain(table, columns)];
  return async (batch: Line[]) => {
    for (const line of batch) parseLine(table, line);
    await insertBatch(tx, { table, statements }, batch);
  };
}

/** Of a batch with a bad line, the half that fails is halved again until the line is found. */
async function insertBatch(
  tx: Queryable,
  insert: { table: TransferTable; statements: string[] },
  batch: Line[],
): Promise<void> {
  const [line] = batch;
  if (!line) return;
  await tx.query('SAVEPOINT batch');
  try {
    const rows = `[${batch.map(({ text }) => text).join(',')}]`;
    for (const statement of insert.statements) await tx.query(statement, [rows]);
    await tx.query('RELEASE SAVEPOINT batch');
  } catch (error) {
    if (error instanceof AppError && error.retryable) throw error;
    if (batch.length === 1) throw badLine(insert.table, line.number, messageOf(error));
    await tx.query('ROLLBACK TO SAVEPOINT batch');
    const middle = Math.ceil(batch.length / 2);
    await insertBatch(tx, insert, batch.slice(0, middle));
    await insertBatch(tx, insert, batch.slice(middle));
  }
}

/** The lines of $1 as rows of the table, with the references of this database. */
function incoming(table: TransferTable, columns: string[]): string {
  const values = columns.map((column) => {
    const kind = table.references[column];
    if (!kind) return `r.${column}`;
    return `(SELECT m.new_id FROM imported_ids m WHERE m.kind = '${kind}' AND m.old_id = r.${column}) AS ${column}`;
  });
  return `SELECT line, ${values.join(', ')}
    FROM json_array_elements($1) WITH ORDINALITY AS lines(line, position)
    CROSS JOIN LATERAL json_populate_record(NULL::${table.name}, line) r ORDER BY position`;
}

function mapIds(table: TransferTable, columns: string[], keepIds: boolean): string {
  const fresh = keepIds ? 'i.id' : `nextval(pg_get_serial_sequence('${table.name}', 'id'))`;
  return `INSERT INTO imported_ids (kind, old_id, new_id)
    SELECT '${table.name}', i.id, coalesce((${table.find}), ${fresh}) FROM (${incoming(table, columns)}) i`;
}

function insertMapped(table: TransferTable, columns: string[]): string {
  const others = columns.filter((column) => column !== 'id');
  return `INSERT INTO ${table.name} (id, ${others.join(', ')})
    SELECT m.new_id, ${others.map((column) => `i.${column}`).join(', ')}
    FROM (${incoming(table, columns)}) i JOIN imported_ids m ON m.kind = '${table.name}' AND m.old_id = i.id
    ON CONFLICT (id) ${onConflict(table, others)}`;
}

function insertPlain(table: TransferTable, columns: string[]): string {
  const rows = `(${incoming(table, columns)}) i`;
  const insert = `INSERT INTO ${table.name} (${columns.join(', ')})
    SELECT ${columns.map((column) => `i.${column}`).join(', ')} FROM ${rows}`;
  if (table.key) return `${insert} ON CONFLICT (${table.key}) ${onConflict(table, columns)}`;
  // Without a key, a row is the same when all of it is.
  const same = columns.map((column) => `t.${column} IS NOT DISTINCT FROM i.${column}`);
  return `${insert} WHERE NOT EXISTS (SELECT FROM ${table.name} t WHERE ${same.join(' AND ')})`;
}

function onConflict(table: TransferTable, columns: string[]): string {
  if (!table.replaceWhen) return 'DO NOTHING';
  const values = columns.map((column) => `${column} = excluded.${column}`);
  return `DO UPDATE SET ${values.join(', ')} WHERE ${table.replaceWhen}`;
}

function restartSequence(table: string): string {
  return `SELECT setval(pg_get_serial_sequence('${table}', 'id'), greatest(
    (SELECT max(id) FROM ${table}), nextval(pg_get_serial_sequence('${table}', 'id'))))`;
}

function parseLine(table: TransferTable, line: Line): object {
  try {
    const value: unknown = JSON.parse(line.text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    throw badLine(table, line.number, messageOf(error));
  }
  throw badLine(table, line.number, 'this is not a JSON object');
}

function badLine(table: TransferTable, line: number, reason: string): UsageError {
  return new UsageError(
    'bad-export',
    `${table.name}.jsonl line ${line}: ${reason}; nothing was imported`,
  );
}
