import { describe, expect, it } from 'vitest';
import { canonicalUrl, readerUrl } from '../../src/extract/canonical-url.ts';

const ONE_ARTICLE = 'https://news.example/world/story-1';

const SAME_ARTICLE = [
  'https://news.example/world/story-1',
  'http://news.example/world/story-1',
  'HTTPS://NEWS.Example:443/world/story-1/',
  'http://www.news.example:80/world/story-1',
  'https://m.news.example/world/story-1',
  'https://mobile.news.example/world/story-1',
  'https://amp.news.example/world/story-1',
  'https://news.example/amp/world/story-1',
  'https://news.example/world/story-1/amp/',
  'https://news.example/world/story-1/amp/?amp=1&outputType=amp',
  'https://news.example/world/story-1?amp',
  'https://news.example/world//story-1#comments',
  'https://reader:secret@news.example/world/story-1',
  'https://news.example/world/story-1?utm_source=rss&utm_medium=feed&utm_campaign=x',
  'https://news.example/world/story-1?fbclid=abc&gclid=def&igshid=1',
  'https://news.example/world/story-1?ns_mchannel=social&ns_source=twitter&at_medium=RSS&at_campaign=KARANGA',
  'https://news.example/world/story-1?ito=1490&CMP=share_btn&ref=home',
  'https://news.example/world/story-1?source=rss&traffic_source=rss&maca=ar-rss-ar-all',
  'https://news.example/world/story-1/index.html',
  'https://www.google.com/url?sa=t&q=https%3A%2F%2Fnews.example%2Fworld%2Fstory-1&usg=1',
  'https://www.google.com/url?rct=j&url=https://news.example/world/story-1?utm_source=alerts',
  'https://www.google.com/amp/s/news.example/world/story-1/amp/',
  'https://www.google.co.uk/amp/s/amp.news.example/world/story-1',
  'https://news-example.cdn.ampproject.org/c/s/news.example/world/story-1',
  'https://cdn.ampproject.org/v/s/news.example/world/story-1?amp_js_v=0.1&usqp=mq',
  'https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fworld%2Fstory-1%3Ffbclid%3Dx&h=AT0',
  'https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fnews.example%2fworld%2fstory-1&c=1',
  'https://feeds.feedburner.com/~r/example/~3/abc/?url=http://news.example/world/story-1',
  '  https://news.example/world/story-1\n',
];

const OTHERS: [url: string, canonical: string][] = [
  ['https://news.example/?p=12&lang=ar', 'https://news.example/?lang=ar&p=12'],
  ['https://news.example/a?id=2&b=1&id=1', 'https://news.example/a?b=1&id=1&id=2'],
  ['https://news.example/a?source=42', 'https://news.example/a?source=42'],
  ['https://news.example/a.amp.html', 'https://news.example/a.html'],
  ['https://news.example/guitars/best-amp', 'https://news.example/guitars/best-amp'],
  ['https://amp.dev/about', 'https://amp.dev/about'],
  ['https://news.example/amp', 'https://news.example/amp'],
  ['https://news.example', 'https://news.example/'],
  [
    'https://news.google.com/rss/articles/CBMiAbC-_9?oc=5&hl=ar&gl=EG&ceid=EG:ar',
    'https://news.google.com/rss/articles/CBMiAbC-_9',
  ],
  [
    'https://news.google.com/articles/CBMiAbC-_9?hl=en',
    'https://news.google.com/rss/articles/CBMiAbC-_9',
  ],
  [
    'https://go.theregister.com/feed/www.theregister.com/2026/01/02/a_story/',
    'https://theregister.com/2026/01/02/a_story',
  ],
  [
    'https://ar.news.example/أخبار/هجوم',
    'https://ar.news.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D9%87%D8%AC%D9%88%D9%85',
  ],
  ['https://ar.news.example/%d9%87', 'https://ar.news.example/%D9%87'],
  ['http://127.0.0.1:8080/a/?utm_source=x', 'http://127.0.0.1:8080/a'],
  ['http://localhost/a', 'http://localhost/a'],
  ['http://[::1]:3000/a', 'http://[::1]:3000/a'],
  [
    'https://www.google.com/url?q=javascript:alert(1)',
    'https://google.com/url?q=javascript%3Aalert%281%29',
  ],
  ['urn:rasid:abc', 'urn:rasid:abc'],
  ['not an address', 'not an address'],
  ['', ''],
];

describe('the address of an article', () => {
  it.each(SAME_ARTICLE)('is one, however it was linked: %s', (url) => {
    expect(canonicalUrl(url)).toBe(ONE_ARTICLE);
  });

  it.each(OTHERS)('keeps what names the article: %s', (url, canonical) => {
    expect(canonicalUrl(url)).toBe(canonical);
  });

  it.each([...SAME_ARTICLE, ...OTHERS.map(([url]) => url)])(
    'does not change when made again: %s',
    (url) => {
      const once = canonicalUrl(url);
      expect(canonicalUrl(once)).toBe(once);
    },
  );

  it('is found even where redirectors point at each other', () => {
    let url = 'https://news.example/world/story-1';
    for (let depth = 0; depth < 4; depth += 1)
      url = `https://www.google.com/url?q=${encodeURIComponent(url)}`;
    expect(canonicalUrl(url)).toBe(ONE_ARTICLE);
  });
});

describe('the address that a reader opens', () => {
  it.each([
    ['https://www.times.example/a/?utm_source=rss', 'https://www.times.example/a/'],
    ['https://m.times.example/a?id=7&utm_medium=feed#top', 'https://m.times.example/a?id=7#top'],
    ['https://times.example/a?b=1%2C2', 'https://times.example/a?b=1%2C2'],
    ['urn:rasid:abc', 'urn:rasid:abc'],
  ])("is the feed's own without what tracks the reader: %s", (given, opened) => {
    expect(readerUrl(given)).toBe(opened);
  });
});
