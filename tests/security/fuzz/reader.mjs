import { measureGrowth } from './peak-memory.mjs';

/**
 * A process that reads documents with the built program and says how that went; its end or its silence is what the fuzzer looks for.
 * In: {kind, body, measure}. Out: {outcome, detail, growthBytes, ms}.
 */
const { parseFeed } = await import('../../../dist/feeds/parse-feed.js');
const { FeedError, AppError } = await import('../../../dist/domain/errors.js');
const { extractArticle } = await import('../../../dist/extract/extract-article.js');
const { htmlToText } = await import('../../../dist/extract/html-to-text.js');
const { htmlToText: feedHtmlToText } = await import('../../../dist/feeds/html-to-text.js');
const { prepareArticle } = await import('../../../dist/extract/prepare-article.js');

const NOW = new Date('2026-03-05T00:00:00Z');
const URL_OF_ALL = 'https://site.example/feed.xml';
const SOURCE = { name: 'Site', outlet: 'Site', url: URL_OF_ALL };

/** Each in two steps: `read` is what memory is measured of, `use` takes what came of it further, as the poller does. */
const READERS = {
  feed: {
    read: (body) => parseFeed(body, { url: URL_OF_ALL, now: NOW }),
    use: (feed) => feed.items.map((item) => prepareArticle(item, SOURCE, NOW)),
  },
  page: {
    read: (body) => extractArticle(body.toString('utf8'), 'https://site.example/1'),
    use: (_article, body) =>
      [htmlToText, feedHtmlToText].map((read) => read(body.toString('utf8'))),
  },
};

/** What the fuzzer must notice; its own test asks for them. */
const FAULTS = {
  hang: () => {
    for (;;);
  },
  crash: () => process.kill(process.pid, 'SIGKILL'),
  throw: () => {
    throw new TypeError('a defect');
  },
  swell: (body) => Array.from({ length: 100 }, () => Buffer.alloc(2 ** 20, body)).length,
};
for (const [name, read] of Object.entries(FAULTS)) READERS[name] = { read, use: () => undefined };

/** What a document may be refused with. */
const REFUSALS = { feed: FeedError, page: AppError };

async function answer({ kind, body: bytes, measure }) {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const growth = measure ? measureGrowth() : () => 0;
  const began = performance.now();
  const report = (outcome, detail, growthBytes) => {
    process.send({ outcome, detail, growthBytes, ms: performance.now() - began });
  };
  try {
    const read = await READERS[kind].read(body);
    const growthBytes = growth();
    READERS[kind].use(read, body);
    report('read', '', growthBytes);
  } catch (error) {
    const outcome = error instanceof (REFUSALS[kind] ?? AppError) ? 'refused' : 'threw';
    report(outcome, String(error?.stack ?? error), growth());
  }
}

process.on('message', answer);
process.send('ready');
