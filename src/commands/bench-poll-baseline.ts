import { once } from 'node:events';
import PQueue from 'p-queue';
import RssParser from 'rss-parser';

/**
 * What `rasid bench poll` is compared with: the same feeds by Node's own `fetch` and rss-parser as it comes, 32 at once, in memory and
 * nowhere else. Is sent `{ urls }`, answers with its figures.
 */
const AT_ONCE = 32;

/** The tag of each feed's answer, for the second round. */
const tags = new Map<string, string>();

async function readFeed(parser: RssParser, url: string): Promise<void> {
  const tag = tags.get(url);
  const answer = await fetch(url, tag === undefined ? {} : { headers: { 'if-none-match': tag } });
  const body = await answer.text();
  if (answer.status !== 200) return;
  tags.set(url, answer.headers.get('etag') ?? '');
  await parser.parseString(body);
}

async function round(urls: string[]) {
  const parser = new RssParser();
  const queue = new PQueue({ concurrency: AT_ONCE });
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  await queue.addAll(urls.map((url) => () => readFeed(parser, url)));
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    feedsPerSecond: Math.round(urls.length / seconds),
    cpuSeconds: Math.round((user + system) / 1e4) / 100,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1_024),
  };
}

const [{ urls }] = (await once(process, 'message')) as [{ urls: string[] }];
const cold = await round(urls);
const notModified = await round(urls);
process.send?.({ cold, notModified });
