import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SHIPPED = fileURLToPath(new URL('../../models', import.meta.url));

/**
 * The shipped model with a story rule that joins nothing, for `RASID_MODEL`: invented incidents are alike, and a test of delivery
 * wants as many stories as articles, not the clusterer's opinion of them.
 */
export async function makeTellingApartModel(folder: string): Promise<string> {
  const copy = join(folder, 'model');
  await mkdir(copy);
  await cp(SHIPPED, copy, { recursive: true });
  const file = join(copy, 'heads.json');
  const heads = JSON.parse(await readFile(file, 'utf8'));
  heads.story.threshold = 1;
  await writeFile(file, JSON.stringify(heads));
  return copy;
}
