import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractArticle, fetchArticlePage } from '../../src/extract/extract-article.ts';
import type { HttpClient } from '../../src/net/http-client.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { createLocalClient } from '../helpers/local-client.ts';

const PARAGRAPHS = [
  'قالت هيئة الموانئ يوم الثلاثاء إن متسللين عطلوا نظام حجز الشاحنات في الميناء لمدة 14 ساعة وطلبوا فدية كبيرة.',
  'وأضافت الهيئة أن الهجوم أصاب مئات الخوادم، وأن الشركة التي تدير النظام رصدت الاختراق فجر الاثنين الماضي.',
  'وقال وزير النقل للصحفيين إن الوزارة لم تدفع شيئا ولن تدفع، وإن العمل عاد إلى طبيعته في جميع الأرصفة.',
];

const page = (
  charset: string,
  extra = '',
) => `<!doctype html><html lang="ar"><head><meta charset="${charset}">
<title>هجوم على ميناء - موقع الأخبار</title><link rel="canonical" href="/news/port?utm_source=x">${extra}</head>
<body><nav><a href="/">الرئيسية</a> <a href="/sport">رياضة</a></nav><article><h1>هجوم على ميناء</h1>
<figure><img src="a.jpg"><figcaption>صورة من الأرشيف لرافعة في الميناء قبل سنوات.</figcaption></figure>
${PARAGRAPHS.map((paragraph) => `<p>${paragraph}</p>`).join('\n')}
<p>اقرأ أيضا: أسعار الشحن ترتفع</p></article><aside>إعلان</aside><script>track()</script></body></html>`;

describe('the article of a page', () => {
  it('is its title, its paragraphs and its own address, without navigation, captions and links', () => {
    expect(extractArticle(page('utf-8'), 'https://news.example/amp/port')).toEqual({
      title: 'هجوم على ميناء - موقع الأخبار',
      text: PARAGRAPHS.join('\n'),
      canonicalUrl: 'https://news.example/news/port',
    });
  });

  it.each([
    ['empty', ''],
    ['no HTML', 'just words'],
    ['a fragment', '<p>short</p>'],
    ['a cookie notice', '<html><body><p>We use cookies.</p></body></html>'],
    ['a bomb of nested elements', `<html><body>${'<div>'.repeat(50_000)}x`],
    ['too large', `<html><body><p>${'a'.repeat(3_000_001)}`],
  ])('is null where the page is %s', (_what, html) => {
    expect(extractArticle(html, 'https://news.example/a')).toBeNull();
  });

  it('has no address of its own where the page names its front page or none', () => {
    const front = page('utf-8').replace('/news/port?utm_source=x', 'https://news.example/');
    expect(extractArticle(front, 'https://news.example/a')?.canonicalUrl).toBeNull();
  });
});

describe('a fetched page', () => {
  let server: FeedServer;
  let client: HttpClient;

  beforeAll(async () => {
    server = await createFeedServer();
    client = createLocalClient();
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  it.each([
    ['by its header', 'windows-1256', 'text/html; charset=windows-1256', 'none'],
    ['by its meta element', 'windows-1256', 'text/html', 'windows-1256'],
    ['by its byte order mark', 'utf-16le', 'text/html', 'none'],
    ['as UTF-8 where it is', 'utf-8', 'text/html', 'none'],
  ])('is decoded %s', async (_what, encoding, contentType, declared) => {
    server.setFeed('/page', {
      body: iconv.encode(page(declared), encoding, { addBOM: encoding === 'utf-16le' }),
      contentType,
    });
    const article = await fetchArticlePage(client, server.url('/page'));
    expect(article?.text).toBe(PARAGRAPHS.join('\n'));
  });

  it('that is no HTML is null', async () => {
    server.setFeed('/file.pdf', { body: '%PDF', contentType: 'application/pdf' });
    expect(await fetchArticlePage(client, server.url('/file.pdf'))).toBeNull();
  });

  it('that is refused says with which status', async () => {
    await expect(fetchArticlePage(client, server.url('/gone'))).rejects.toMatchObject({
      code: 'http-status',
      status: 404,
      retryable: false,
    });
  });
});
