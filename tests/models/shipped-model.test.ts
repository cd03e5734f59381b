import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const manifest = z
  .object({ files: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('models/manifest.json', 'utf8')));

test.each(Object.entries(manifest.files))('models/%s has the recorded hash', (name, hash) => {
  const bytes = readFileSync(join('models', name));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
});

test('the graph is under 40 MB', () => {
  expect(statSync('models/encoder/onnx/model_quantized.onnx').size).toBeLessThan(40_000_000);
});
