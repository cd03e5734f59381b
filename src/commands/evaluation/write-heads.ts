import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.looseObject({ files: z.record(z.string(), z.string()) });

/** Replaces parts of `heads.json` in a model's folder, and its hash in the manifest. */
export function writeHeads(folder: string, parts: Record<string, unknown>): void {
  const path = join(folder, 'heads.json');
  const heads = z.looseObject({}).parse(JSON.parse(readFileSync(path, 'utf8')));
  const text = `${JSON.stringify({ ...heads, ...parts }, null, 1)}\n`;
  const manifestPath = join(folder, 'manifest.json');
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(manifestPath, 'utf8')));
  manifest.files['heads.json'] = createHash('sha256').update(text).digest('hex');
  writeFileSync(path, text);
  writeFileSync(manifestPath, `${JSON.stringify(manifest, null, 1)}\n`);
}
