import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { publishedBy, renderSoakFeed, type Traffic } from './bench-soak-traffic.ts';

/**
 * The publishers of `rasid bench soak`, a process of their own so that their memory is not counted as the bot's. Argument: the traffic,
 * as JSON. Says `{ port }` when it listens; is told `{ now }`, and says `{ now }` when it has set its clock.
 */
const read = JSON.parse(process.argv[2] ?? '{}') as Omit<Traffic, 'startsAt'> & {
  startsAt: string;
};
const traffic: Traffic = { ...read, startsAt: new Date(read.startsAt) };
let now = traffic.startsAt;

const server = createServer((request, response) => {
  const feed = Number(request.url?.slice(1));
  const etag = `"${feed}-${publishedBy(traffic, feed, now)}"`;
  if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else {
    const headers = { etag, 'content-type': 'application/rss+xml; charset=utf-8' };
    response.writeHead(200, headers).end(renderSoakFeed(traffic, feed, now));
  }
});
process.on('message', (message: { now: string }) => {
  now = new Date(message.now);
  process.send?.({ now: message.now });
});
server.listen(0, '0.0.0.0', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
