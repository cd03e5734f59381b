// Compiles src/ into dist/ (types are checked by `npm run typecheck`, not here) when dist/ is missing or older than a source file. The image has no src/ and nothing to compile.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Compiles if needed. Two processes may do so at once: each writes a folder of its own and moves it into place whole. A process that is asked
 * to end meanwhile removes its folder first; what a killed one left behind is removed by the next.
 */
export async function buildIfStale() {
  const source = join(root, 'src');
  if (!existsSync(source) || isFresh(source)) return;
  removeAbandoned();
  const begun = new Date();
  const target = join(root, `dist.${process.pid}`);
  await compileInto(target);
  // Another process may have built the same meanwhile, and be running it: that one stays.
  if (isFresh(source)) return rmSync(target, { recursive: true, force: true });
  writeFileSync(join(target, '.built'), '');
  // What was edited while the compiler ran is not in it.
  utimesSync(join(target, '.built'), begun, begun);
  const old = join(root, `dist.old.${process.pid}`);
  if (existsSync(dist)) renameSync(dist, old);
  moveIntoPlace(target);
  rmSync(old, { recursive: true, force: true });
}

/**
 * Not `execFileSync`: while that waits, a signal ends this process at once. The compiler is waited for also then: it takes under a second, and
 * behind it is a process of its own that would go on writing.
 */
async function compileInto(target) {
  const compiler = spawn(
    process.execPath,
    [compilerPath(), '-p', join(root, 'tsconfig.build.json'), '--noCheck', '--outDir', target],
    { stdio: ['ignore', 2, 2] },
  );
  let received = null;
  const note = (signal) => {
    received ??= signal;
  };
  for (const signal of SIGNALS) process.on(signal, note);
  const [code] = await once(compiler, 'exit');
  for (const signal of SIGNALS) process.off(signal, note);
  if (code === 0 && received === null) return;
  rmSync(target, { recursive: true, force: true });
  // As if there had been nobody to hear it.
  if (received !== null) process.kill(process.pid, received);
  throw new Error('the sources could not be compiled');
}

/** The folders of builds whose process is gone. */
function removeAbandoned() {
  for (const name of readdirSync(root)) {
    const pid = /^dist\.(?:old\.)?(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(join(root, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's.
    return error.code === 'EPERM';
  }
}

function isFresh(source) {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  const files = readdirSync(source, { recursive: true }).filter((name) => name.endsWith('.ts'));
  return files.every((name) => statSync(join(source, name)).mtimeMs <= built);
}

function compilerPath() {
  const require = createRequire(import.meta.url);
  try {
    return join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  } catch {
    throw new Error('TypeScript is missing: run "npm install" first');
  }
}

function moveIntoPlace(target) {
  try {
    renameSync(target, dist);
  } catch (error) {
    // Another process put its own build there first: it is as good as this one.
    if (!existsSync(stamp)) throw error;
    rmSync(target, { recursive: true, force: true });
  }
}
