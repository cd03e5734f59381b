import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { World } from './world.ts';

const PROGRAM = fileURLToPath(new URL('./sabotage-model.mjs', import.meta.url));

/** Lets the model's threads of a world's processes die or hang while a file says so. */
export function sabotageOf(world: World) {
  const file = join(world.home.dataDir, '..', 'sabotage');
  return {
    environment: { NODE_OPTIONS: `--import ${PROGRAM}`, RASID_SABOTAGE: file },
    begin: (mode: 'die' | 'hang') => writeFileSync(file, mode),
    end: () => rmSync(file),
    /** How many threads it has met so far. */
    count: () =>
      existsSync(`${file}.done`) ? readFileSync(`${file}.done`, 'utf8').split('\n').length - 1 : 0,
  };
}
