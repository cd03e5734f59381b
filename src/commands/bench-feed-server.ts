import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The feed server of `rasid bench poll`, a process of its own so that its work is not counted as the bot's. It spreads
 * the feeds over loopback addresses, as a thousand feeds are spread over hosts, and honours `If-None-Match`.
 * Arguments: number of feeds, number of hosts. Sends `{ urls }` to its parent when it listens.
 */

/** Items of feed `index`: 28.8 on average, between 8 and 50, as in the figures this bench is compared with. */
function itemCount(index: number): number {
  return 8 + ((index * 7919) % 43);
}

const SENTENCES = [
  'The company said on Tuesday that it was looking into reports of unusual activity on its network.',
  'Analysts expect the figures to be revised before the end of the quarter, two people familiar with the matter said.',
  'قالت الوزارة في بيان إنها تتابع التقارير وستعلن النتائج فور انتهاء التحقيق.',
  'No one was hurt, and services were restored by the evening, according to a statement.',
];

function renderFeed(index: number, published: Date): string {
  const items = Array.from({ length: itemCount(index) }, (_, item) => {
    const text = Array.from(
      { length: 6 },
      (_, n) => SENTENCES[(index + item + n) % SENTENCES.length],
    );
    const date = new Date(published.getTime() - item * 1_800_000).toUTCString();
    return `<item><title>Report ${item} of outlet ${index}</title><link>https://outlet-${index}.example/news/${item}</link>
<guid isPermaLink="false">outlet-${index}-${item}</guid><pubDate>${date}</pubDate><description><![CDATA[<p>${text.join('</p><p>')}</p>]]></description></item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Outlet ${index}</title><link>https://outlet-${index}.example/</link>
<description>Bench</description>${items.join('')}</channel></rss>`;
}

function answer(
  feeds: string[],
  path: string,
  validator: string | undefined,
  response: ServerResponse,
): void {
  const body = feeds[Number(path.slice(1))];
  const etag = `"${path.slice(1)}"`;
  if (body === undefined) response.writeHead(404).end();
  else if (validator === etag) response.writeHead(304, { etag }).end();
  else
    response
      .writeHead(200, { etag, 'content-type': 'application/rss+xml; charset=utf-8' })
      .end(body);
}

const [feedCount, hostCount] = process.argv.slice(2).map(Number) as [number, number];
const now = new Date();
const feeds = Array.from({ length: feedCount }, (_, index) => renderFeed(index, now));
const server = createServer((request, response) =>
  answer(feeds, request.url ?? '/', request.headers['if-none-match'], response),
);
server.keepAliveTimeout = 60_000;
server.listen(0, '0.0.0.0', () => {
  const { port } = server.address() as AddressInfo;
  const urls = feeds.map(
    (_, index) => `http://127.0.0.${2 + (index % hostCount)}:${port}/${index}`,
  );
  process.send?.({ urls, items: feeds.reduce((sum, _, index) => sum + itemCount(index), 0) });
});
