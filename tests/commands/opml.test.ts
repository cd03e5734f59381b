import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportOpml, importOpml } from '../../src/commands/opml.ts';
import { loadCatalogue } from '../../src/feeds/catalogue.ts';

const SHIPPED = new URL('../../feeds.json', import.meta.url).pathname;
const folder = await mkdtemp(join(tmpdir(), 'rasid-opml-'));

test('a catalogue that is exported and imported elsewhere is the same', async () => {
  const said: string[] = [];
  const log = (line: string) => void said.push(line);
  const file = join(folder, 'feeds.opml');
  const catalogue = join(folder, 'feeds.json');
  expect(await exportOpml({ file, catalogue: SHIPPED, log })).toBe(0);
  expect(await importOpml({ file, catalogue, log })).toBe(0);
  const { sources } = await loadCatalogue(SHIPPED);
  expect(await loadCatalogue(catalogue)).toEqual({ sources, problems: [] });
  await importOpml({ file, catalogue, log });
  expect(said.at(-1)).toMatch(/^0 of \d+ sources added/);
});

test('entries that had to be left out are named and cost the exit code', async () => {
  const said: string[] = [];
  const catalogue = join(folder, 'bad.json');
  await writeFile(catalogue, '[{"url":"https://a.example/","name":"A"},\n{"name":"B"}]');
  const log = (line: string) => void said.push(line);
  expect(await exportOpml({ file: join(folder, 'bad.opml'), catalogue, log })).toBe(1);
  expect(said[0]).toContain('line 2: url');
});

test('a file that is missing or no OPML is refused', async () => {
  const catalogue = join(folder, 'other.json');
  const page = join(folder, 'page.html');
  await writeFile(page, '<html></html>');
  const log = () => undefined;
  await expect(importOpml({ file: join(folder, 'none'), catalogue, log })).rejects.toMatchObject({
    code: 'unreadable-file',
  });
  await expect(importOpml({ file: page, catalogue, log })).rejects.toMatchObject({
    code: 'not-opml',
  });
});
