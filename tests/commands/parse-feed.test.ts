import { mkdtemp, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { runParseFeed } from '../../src/commands/parse-feed.ts';
import { NetError } from '../../src/domain/errors.ts';

const FEED =
  '<rss version="2.0"><channel><title>قناة</title><language>ar</language><item><title>خبر</title><link>/1</link><guid>g</guid><pubDate>Mon, 02 Mar 2026 08:15:00 GMT</pubDate></item></channel></rss>';

async function run(sources: string[], contentType?: string) {
  const lines: string[] = [];
  const exitCode = await runParseFeed({
    sources,
    contentType,
    fetchUrl: async (url) => {
      if (url.includes('down')) throw new NetError('timeout', 'no answer', { url });
      return { body: Buffer.from(FEED), contentType: 'text/xml', url };
    },
    write: (line) => lines.push(line),
    now: new Date('2026-03-05T00:00:00Z'),
  });
  return { exitCode, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

const folder = await mkdtemp(join(tmpdir(), 'rasid-parse-feed-'));

test('each source gets one line, in order, and a bad one the exit code 1 at the end', async () => {
  const page = join(folder, 'page.html');
  await writeFile(page, '<html><body>404</body></html>');
  const { exitCode, lines } = await run([
    'https://down.example/',
    page,
    'https://a.example/feed',
    join(folder, 'none.xml'),
    folder,
  ]);
  expect(exitCode).toBe(1);
  expect(lines).toMatchObject([
    { source: 'https://down.example/', error: { code: 'timeout' } },
    { source: page, error: { code: 'not-a-feed' } },
    { source: 'https://a.example/feed', format: 'rss' },
    { error: { code: 'unreadable-file' } },
    { source: folder, error: { code: 'unreadable-file' } },
  ]);
});

test('the line has the promised fields and no others', async () => {
  const { exitCode, lines } = await run(['https://a.example/feed']);
  expect(exitCode).toBe(0);
  expect(lines).toEqual([
    {
      source: 'https://a.example/feed',
      format: 'rss',
      title: 'قناة',
      language: 'ar',
      items: [
        {
          id: 'g',
          title: 'خبر',
          url: 'https://a.example/1',
          published: '2026-03-02T08:15:00.000Z',
          summary: '',
          authors: [],
          categories: [],
        },
      ],
      warnings: ['1 item with a relative link: resolved (“/1”)'],
    },
  ]);
});

test('--content-type stands for the header that a file was served with', async () => {
  const file = join(folder, 'legacy.xml');
  await writeFile(
    file,
    iconv.encode(`<?xml version="1.0" encoding="iso-8859-1"?>${FEED}`, 'windows-1256'),
  );
  const { lines } = await run([file], 'text/xml; charset=windows-1256');
  expect(lines).toMatchObject([{ title: 'قناة', items: [{ title: 'خبر' }] }]);
});

test('a file beyond the limit is refused before it is read', async () => {
  const file = join(folder, 'large.xml');
  await writeFile(file, '');
  await truncate(file, 2 ** 36);
  const { exitCode, lines } = await run([file]);
  expect(exitCode).toBe(1);
  expect(lines).toMatchObject([{ error: { code: 'too-large' } }]);
});
