import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSources } from '../../src/commands/feeds.ts';
import { runParseFeed } from '../../src/commands/parse-feed.ts';
import { readConfig } from '../../src/config.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';

const NOW = new Date('2026-11-24T05:00:00Z');

/** What moves a cursor, colours, names a window, or turns the direction of what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const CDATA = (text: string) => `<![CDATA[${text.replaceAll(']]>', '')}]]>`;

/** A document with the text in each place whose words come back in messages. */
const DOCUMENTS: Record<string, (text: string) => string> = {
  'no feed': (text) => text,
  'another root': (text) => `<${text}/>`,
  'before the feed': (text) =>
    `${text}<rss version="2.0"><channel><title>a</title><item><title>b</title></item></channel></rss>`,
  'a title and an id': (text) =>
    `<rss version="2.0"><channel><title>${CDATA(text)}</title><language>${CDATA(text)}</language><item><title>${CDATA(`${text} <b>x</b>`)}</title><guid>${CDATA(text)}</guid><link>${CDATA(text)}</link><pubDate>${CDATA(text)}</pubDate><author>${CDATA(text)}</author></item><item><guid>${CDATA(text)}</guid></item></channel></rss>`,
};

describe.each(Object.entries(DOCUMENTS))('a feed with hostile text: %s', (_place, write) => {
  let server: FeedServer;
  beforeAll(async () => {
    server = await createFeedServer();
  });
  afterAll(() => server.close());

  it('steers no terminal by what is said of it', async () => {
    const urls = HOSTILE_TEXTS.map(({ text }, index) => {
      server.setFeed(`/${index}`, { body: write(text) });
      return server.url(`/${index}`);
    });
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const config = readConfig({ RASID_ALLOW_PRIVATE_NETWORKS: 'true' });
    await checkSources(config, urls, { write: say, log: say, now: NOW });
    expect(lines.length).toBeGreaterThanOrEqual(urls.length);
    for (const line of lines) expect(line).not.toMatch(STEERING);
  });

  it('nor by the JSON made of it', async () => {
    const lines: string[] = [];
    await runParseFeed({
      sources: HOSTILE_TEXTS.map((_text, index) => `https://site.example/${index}`),
      fetchUrl: async (url) => {
        const { text } = HOSTILE_TEXTS[Number(url.split('/').at(-1))] ?? { text: '' };
        return { body: Buffer.from(write(text)), contentType: null, url };
      },
      write: (line) => void lines.push(line),
      now: NOW,
    });
    expect(lines).toHaveLength(HOSTILE_TEXTS.length);
    for (const line of lines) expect(line).not.toMatch(STEERING);
  });
});
