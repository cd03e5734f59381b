import PQueue from 'p-queue';
import type { DiscoveredArticle } from '../domain/article.ts';
import { messageOf } from '../domain/errors.ts';
import { fetchArticlePage } from '../extract/extract-article.ts';
import type { HttpClient } from '../net/http-client.ts';
import { knownArticleTexts } from '../store/article-store.ts';
import type { Queryable } from '../store/db.ts';

/** A first visit to a feed reads its newest articles' pages only: older ones keep the feed's own text. */
const MAX_PAGES_PER_CHECK = 20;

/** Older articles are not worth a request to their publisher. */
const MAX_PAGE_AGE_MS = 7 * 86_400_000;

/** The client allows two requests to one host at once; more here would only wait there. */
const PAGES_AT_ONCE = 2;

/** Articles, and why the pages of some could not be read, by their `url`. */
export interface CompletedArticles {
  articles: DiscoveredArticle[];
  unread: ReadonlyMap<string, string>;
}

/**
 * Replaces the text of articles from headline-only feeds by the text of their pages. A known article keeps its stored
 * text until its title changes, so that a poll neither asks for its page again nor undoes it. A page that cannot be read
 * leaves the feed's text.
 */
export async function completeFromPages(
  deps: { db: Queryable; http: HttpClient },
  articles: DiscoveredArticle[],
  now: Date,
): Promise<CompletedArticles> {
  const known = await knownArticleTexts(
    deps.db,
    articles.map((article) => article.canonicalUrl),
  );
  const isKnown = (article: DiscoveredArticle) =>
    known.get(article.canonicalUrl)?.title === article.title;
  const wanted = articles
    .filter((article) => !isKnown(article))
    .filter((article) => now.getTime() - article.publishedAt.getTime() < MAX_PAGE_AGE_MS)
    .filter((article) => article.url.startsWith('http'))
    .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime())
    .slice(0, MAX_PAGES_PER_CHECK);
  const { pages, unread } = await readPages(deps.http, wanted);
  const completed = articles.map((article) => {
    const text = isKnown(article)
      ? known.get(article.canonicalUrl)?.text
      : pages.get(article.canonicalUrl);
    return text && text.length > article.text.length ? { ...article, text } : article;
  });
  return { articles: completed, unread };
}

async function readPages(http: HttpClient, articles: DiscoveredArticle[]) {
  const pages = new Map<string, string>();
  const unread = new Map<string, string>();
  const queue = new PQueue({ concurrency: PAGES_AT_ONCE });
  await queue.addAll(
    articles.map((article) => async () => {
      try {
        const page = await fetchArticlePage(http, article.url);
        if (page) pages.set(article.canonicalUrl, page.text);
      } catch (error) {
        unread.set(article.url, messageOf(error));
      }
    }),
  );
  return { pages, unread };
}
