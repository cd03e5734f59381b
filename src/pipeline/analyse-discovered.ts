import type { Analysis, Article } from '../domain/article.ts';
import { messageOf } from '../domain/errors.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import type { Encoder } from '../models/encoder.ts';
import { lockDiscoveredArticles, saveAnalyses, setAsideArticle } from '../store/article-store.ts';
import type { Database } from '../store/db.ts';
import type { Queue } from '../store/queue.ts';
import { analyseArticles } from './analyse-article.ts';
import type { StepLog } from './step-log.ts';

export interface AnalyseDeps {
  db: Database;
  encoder: Encoder;
  queue: Pick<Queue, 'wake'>;
  log: StepLog;
}

/** Articles in one transaction: enough to batch by length, few enough that a kill repeats a second of work at most. */
const ARTICLES_PER_STEP = 32;

/**
 * Moves one batch from `discovered` to `analysed`.
 * @returns how many articles were taken; 0 when none was waiting.
 */
export async function analyseDiscovered(deps: AnalyseDeps, clock: () => Date): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const articles = await lockDiscoveredArticles(tx, ARTICLES_PER_STEP);
    if (articles.length === 0) return 0;
    const read = await analyseEach(deps, articles);
    for (const { article, error } of read.failed) {
      deps.log.error({ url: article.url, error }, 'article set aside: the model cannot read it');
      await setAsideArticle(tx, article.id, error);
    }
    if (read.analysed.length > 0) {
      await saveAnalyses(tx, read.analysed.map(toRow), clock());
      await deps.queue.wake(tx, 'cluster');
    }
    return articles.length;
  });
}

interface Analysed {
  article: Article;
  analysis: Analysis;
}

/**
 * One failing text must not hold up the others: after a failed batch each article is tried alone. When every one fails,
 * the model is at fault, not the texts, and the error is thrown.
 */
async function analyseEach(deps: AnalyseDeps, articles: Article[]) {
  try {
    const analyses = await analyseArticles(deps.encoder, articles);
    return { analysed: pair(articles, analyses), failed: [] };
  } catch (batchError) {
    const analysed: Analysed[] = [];
    const failed: { article: Article; error: string }[] = [];
    for (const article of articles) {
      try {
        analysed.push(...pair([article], await analyseArticles(deps.encoder, [article])));
      } catch (error) {
        failed.push({ article, error: messageOf(error) });
      }
    }
    if (analysed.length === 0) throw batchError;
    return { analysed, failed };
  }
}

function pair(articles: Article[], analyses: Analysis[]): Analysed[] {
  return articles.flatMap((article, index) => {
    const analysis = analyses[index];
    return analysis ? [{ article, analysis }] : [];
  });
}

function toRow({ article, analysis }: Analysed) {
  const words = normaliseForMatching(`${article.title}\n${article.text}`);
  const isArabic = analysis.language === 'ar';
  return {
    articleId: article.id,
    analysis,
    searchWords: { arabic: isArabic ? words : '', english: isArabic ? '' : words },
  };
}
