import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SharedRow {
  language: string;
  title: string;
  text: string;
}

interface RawRow {
  lang?: string;
  title?: string;
  text?: string;
  en?: RawRow;
  ar?: RawRow;
}

const FOLDER = join(import.meta.dirname, '../../../shared/data');

/** The labelled articles beside the checkout, or null (said on the console) where they are not there. */
export function readSharedRows(): SharedRow[] | null {
  if (!existsSync(FOLDER)) {
    process.stderr.write('checks on ../shared/data were skipped: it is not there\n');
    return null;
  }
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.jsonl') && !file.startsWith('annotated'))
    .flatMap((file) => readFileSync(join(FOLDER, file), 'utf8').split('\n').filter(Boolean))
    .flatMap((line) => flatten(JSON.parse(line) as RawRow));
}

function flatten(row: RawRow): SharedRow[] {
  if (row.en !== undefined && row.ar !== undefined) {
    return [...flatten({ ...row.en, lang: 'en' }), ...flatten({ ...row.ar, lang: 'ar' })];
  }
  return [{ language: row.lang ?? '', title: row.title ?? '', text: row.text ?? '' }];
}
