import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitUntil } from '../e2e/bot-process.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PRINTS_ITS_ARGUMENT = 'export async function main(argv: string[]) { console.log(argv[2]); }';

let clone: string;

/** A clone with the real launcher and compiler, and a program of one file. */
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'rasid-clone-'));
  cpSync(join(ROOT, 'bin'), join(clone, 'bin'), { recursive: true });
  for (const name of ['package.json', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(join(ROOT, name), join(clone, name));
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'), 'junction');
  mkdirSync(join(clone, 'src'));
  writeFileSync(join(clone, 'src', 'cli.ts'), PRINTS_ITS_ARGUMENT);
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function launch(): { child: ChildProcess; printed: () => string } {
  const child = spawn(process.execPath, [join(clone, 'bin', 'rasid.js'), 'hello']);
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  return { child, printed: () => printed };
}

/** A compiler that begins, and ends when it is released. */
function holdCompiler(): () => void {
  rmSync(join(clone, 'node_modules'));
  const compiler = join(clone, 'node_modules', 'typescript');
  mkdirSync(join(compiler, 'bin'), { recursive: true });
  writeFileSync(join(compiler, 'package.json'), '{}');
  const held = join(clone, 'held');
  writeFileSync(held, '');
  writeFileSync(
    join(compiler, 'bin', 'tsc'),
    `const fs = require('node:fs'); const out = process.argv.at(-1); fs.mkdirSync(out);
    setInterval(() => fs.existsSync(${JSON.stringify(held)}) || process.exit(), 20);`,
  );
  return () => rmSync(held);
}

const builds = () => readdirSync(clone).filter((name) => name.startsWith('dist'));

/** Of a process that has ended. */
async function freedPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('the launcher on a fresh clone', () => {
  it('compiles and runs the program, and so do two at once', async () => {
    const both = [launch(), launch()];
    const ends = await Promise.all(both.map(({ child }) => once(child, 'close')));
    expect(ends).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(both.map(({ printed }) => printed())).toEqual(['hello\n', 'hello\n']);
    expect(builds()).toEqual(['dist']);
  });

  it('removes what a killed build left behind, and not what another is at work on', async () => {
    const gone = await freedPid();
    const names = [`dist.${gone}`, `dist.old.${gone}`, `dist.${process.pid}`];
    for (const name of names) mkdirSync(join(clone, name));
    await once(launch().child, 'close');
    expect(builds()).toEqual(['dist', `dist.${process.pid}`]);
  });

  it.skipIf(process.platform === 'win32')(
    'leaves nothing behind when it is asked to end in the middle of compiling',
    async () => {
      const release = holdCompiler();
      const { child, printed } = launch();
      await waitUntil('it compiles', () => builds().length > 0);
      child.kill('SIGTERM');
      release();
      expect(await once(child, 'close')).toEqual([null, 'SIGTERM']);
      expect(printed()).toBe('');
      expect(builds()).toEqual([]);
    },
  );

  it('says so when the sources cannot be compiled, and keeps nothing half-made', async () => {
    writeFileSync(join(clone, 'src', 'cli.ts'), 'export const = 1;');
    const { child } = launch();
    const [code] = await once(child, 'close');
    expect(code).not.toBe(0);
    expect(builds()).toEqual([]);
    expect(existsSync(join(clone, 'dist'))).toBe(false);
  });
});
