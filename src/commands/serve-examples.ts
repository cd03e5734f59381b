import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { z } from 'zod';
import type { FeedSource } from '../domain/feed.ts';

/** One line of `examples/index.json`; `encoding` is what the template is written out in when it is served. */
const exampleFeeds = z.array(
  z.object({
    file: z.string().min(1),
    contentType: z.string().min(1),
    encoding: z.string().refine((name) => iconv.encodingExists(name)),
    name: z.string().min(1),
    outlet: z.string().min(1),
    language: z.enum(['ar', 'en']),
    trust: z.number().int().min(1).max(5),
  }),
);

export type ExampleFeed = z.infer<typeof exampleFeeds>[number];

const PLACEHOLDER = /\{\{(rfc822|iso):(\d+)([hm])\}\}/gu;
const UNIT_MS = { h: 3_600_000, m: 60_000 } as const;

/**
 * Serves the example feeds of a folder on 127.0.0.1, dated relative to `now`, each in its declared encoding. `sources` is
 * their catalogue.
 */
export async function serveExamples(
  folder: string,
  now: Date,
): Promise<{ sources: FeedSource[]; close(): Promise<void> }> {
  const feeds = await readExampleFeeds(folder);
  const served = new Map<string, { contentType: string; body: Buffer }>();
  for (const feed of feeds) {
    const body = renderExample(await readFile(join(folder, feed.file), 'utf8'), feed, now);
    served.set(`/${feed.file}`, { contentType: feed.contentType, body });
  }
  const server = createServer((request, response) => {
    const feed = served.get(request.url ?? '');
    if (feed === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': feed.contentType }).end(feed.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    sources: feeds.map((feed) => toSource(feed, port)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function readExampleFeeds(folder: string): Promise<ExampleFeed[]> {
  return exampleFeeds.parse(JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')));
}

/** A template with its dates filled in, as the bytes that its publisher would send. */
export function renderExample(template: string, feed: ExampleFeed, now: Date): Buffer {
  const text = template.replace(
    PLACEHOLDER,
    (_all, format: string, amount: string, unit: string) => {
      const date = new Date(now.getTime() - Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS]);
      return format === 'iso' ? date.toISOString() : date.toUTCString();
    },
  );
  return iconv.encode(text, feed.encoding, { addBOM: feed.encoding.startsWith('utf-16') });
}

function toSource(feed: ExampleFeed, port: number): FeedSource {
  return {
    url: `http://127.0.0.1:${port}/${feed.file}`,
    name: feed.name,
    outlet: feed.outlet,
    language: feed.language,
    kind: feed.file.endsWith('.json') ? 'json' : 'rss',
    topics: [],
    trust: feed.trust,
    fullText: false,
    enabled: true,
  };
}
