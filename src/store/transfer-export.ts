import type { Database, Queryable } from './db.ts';
import {
  TRANSFER_FORMAT,
  TRANSFER_TABLES,
  type TransferHeader,
  type TransferTable,
} from './transfer-tables.ts';

/** Rows held in memory at once. */
const PAGE_ROWS = 500;

/** Not a table: it is written for training, and not read back. */
export const LABELLED = 'labelled';

/**
 * Gives every table in turn to `save`, as JSON lines of which the first is the header, and last what readers have labelled, under the
 * name `LABELLED`. All is read from one snapshot, while others go on writing.
 */
export async function exportTables(
  db: Database,
  save: (table: string, lines: AsyncIterable<string>) => Promise<void>,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    for (const table of TRANSFER_TABLES) await save(table.name, tableLines(tx, table));
    await save(LABELLED, labelledLines(tx));
  });
}

/** Articles of stories that readers have called "not cyber" more often than relevant: rows as the training data has them. */
async function* labelledLines(tx: Queryable): AsyncGenerator<string> {
  yield* readLines(
    tx,
    `SELECT jsonb_build_object('id', 'vote-' || a.id, 'lang', a.language, 'label', 'not_cyber', 'title', a.title, 'text', a.text,
       'url', a.url, 'date', a.published_at, 'publisher', a.outlet, 'score', a.score, 'votes', told.votes)::text AS line
     FROM (
       SELECT story_id, count(*) FILTER (WHERE vote = 'not-cyber') AS votes, count(*) FILTER (WHERE vote = 'relevant') AS against
       FROM votes GROUP BY story_id
     ) told JOIN articles a USING (story_id)
     WHERE told.votes > told.against AND a.is_cyber AND a.language IN ('ar', 'en') ORDER BY a.id`,
  );
}

async function* tableLines(tx: Queryable, table: TransferTable): AsyncGenerator<string> {
  const [counted] = await tx.query<{ rows: number }>(
    `SELECT count(*)::int AS rows FROM ${table.name}`,
  );
  const header: TransferHeader = {
    format: TRANSFER_FORMAT,
    table: table.name,
    columns: await columnsOf(tx, table.name),
    rows: counted?.rows ?? 0,
  };
  yield JSON.stringify(header);
  const line = table.extra ? `to_jsonb(t) || ${table.extra}` : 'to_jsonb(t)';
  // In the order in which the rows were made: what decides between equals there decides here.
  const order = table.find ? 't.id' : (table.key ?? 't.ctid');
  yield* readLines(tx, `SELECT (${line})::text AS line FROM ${table.name} t ORDER BY ${order}`);
}

async function* readLines(tx: Queryable, select: string): AsyncGenerator<string> {
  await tx.query(`DECLARE lines NO SCROLL CURSOR FOR ${select}`);
  for (;;) {
    const page = await tx.query<{ line: string }>(`FETCH ${PAGE_ROWS} FROM lines`);
    for (const row of page) yield row.line;
    if (page.length < PAGE_ROWS) break;
  }
  await tx.query('CLOSE lines');
}

/** In the order of the table; empty for a table that is not there. */
export async function columnsOf(tx: Queryable, table: string): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `SELECT attname::text AS name FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [table],
  );
  return rows.map((row) => row.name);
}
