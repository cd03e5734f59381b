// Compiles src/ into dist/ (types are checked by `npm run typecheck`, not here) when dist/ is missing or older than a source file. The image has no src/ and nothing to compile.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');

/** Compiles if needed. Two processes may do so at once: each writes a folder of its own and moves it into place whole. */
export function buildIfStale() {
  const source = join(root, 'src');
  if (!existsSync(source) || isFresh(source)) return;
  const target = join(root, `dist.${process.pid}`);
  execFileSync(
    process.execPath,
    [compilerPath(), '-p', join(root, 'tsconfig.build.json'), '--noCheck', '--outDir', target],
    {
      stdio: ['ignore', 2, 2],
    },
  );
  writeFileSync(join(target, '.built'), '');
  const old = join(root, `dist.old.${process.pid}`);
  if (existsSync(dist)) renameSync(dist, old);
  moveIntoPlace(target);
  rmSync(old, { recursive: true, force: true });
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
