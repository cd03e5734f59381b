import type { Analysis, Article } from '../domain/article.ts';
import { messageOf } from '../domain/errors.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import type { Encoder } from '../models/encoder.ts';
import { lockDiscoveredArticles, saveAnalyses, setAsideArticle } from '../store/article-store.ts';
import type { Database } from '../store/db.ts';
import type { Queue } from '../store/queue.ts';
import type { Meters } from '../web/metrics-meters.ts';
import { analyseArticles } from './analyse-article.ts';
import { articleLines, type TrailLog } from './step-log.ts';

export interface AnalyseDeps {
  db: Database;
  encoder: Encoder;
  queue: Pick<Queue, 'wake'>;
  log: TrailLog;
  meters?: Meters;
}

/** Articles in one transaction: enough to batch by length, few enough that a kill repeats a second of work at most. */
const ARTICLES_PER_STEP = 32;

/**
 * Moves one batch from `discovered` to `analysed`.
 * @returns how many articles were taken; 0 when none was waiting.
 */
export async function analyseDiscovered(deps: AnalyseDeps, clock: () => Date): Promise<number> {
  const read = await deps.db.transaction(async (tx) => {
    const articles = await lockDiscoveredArticles(tx, ARTICLES_PER_STEP);
    if (articles.length === 0) return null;
    const read = await analyseEach(deps, articles);
    for (const { article, error } of read.failed) await setAsideArticle(tx, article.id, error);
    if (read.analysed.length > 0) {
      await saveAnalyses(tx, read.analysed.map(toRow), clock());
      await deps.queue.wake(tx, 'cluster');
    }
    return read;
  });
  if (read === null) return 0;
  report(deps, read);
  return read.analysed.length + read.failed.length;
}

/** After the commit: what was rolled back was not done. */
function report({ log, meters }: AnalyseDeps, { analysed, failed, seconds }: Reading): void {
  for (const { article, error } of failed) {
    const fields = { article: article.id, url: article.url, error };
    log.error(fields, 'article set aside: the model cannot read it');
  }
  for (const { article, analysis } of analysed) {
    const { isCyber, score } = analysis.cyber;
    log.debug({ article: article.id, url: article.url, isCyber, score }, 'article analysed');
  }
  const scores = analysed.map(({ analysis }) => analysis.cyber);
  meters?.analysed(scores, { seconds, setAside: failed.length });
  const cyber = scores.filter(({ isCyber }) => isCyber).length;
  const ids = analysed.map(({ article }) => article.id);
  for (const line of articleLines(ids, { articles: ids.length, cyber, seconds })) {
    log.info(line, 'batch analysed');
  }
}

interface Analysed {
  article: Article;
  analysis: Analysis;
}

interface Reading {
  analysed: Analysed[];
  failed: { article: Article; error: string }[];
  /** In the model and the rules after it. */
  seconds: number;
}

/**
 * One failing text must not hold up the others: after a failed batch each article is tried alone, and set aside when the model
 * refuses it but reads another text. When it does not, the model is at fault: the error is thrown at once, because a model that
 * hangs costs two minutes for each text.
 */
async function analyseEach(deps: AnalyseDeps, articles: Article[]): Promise<Reading> {
  const began = performance.now();
  const secondsGone = () => Math.round(performance.now() - began) / 1000;
  try {
    const analyses = await analyseArticles(deps.encoder, articles);
    return { analysed: pair(articles, analyses), failed: [], seconds: secondsGone() };
  } catch {
    const analysed: Analysed[] = [];
    const failed: { article: Article; error: string }[] = [];
    for (const article of articles) {
      try {
        analysed.push(...pair([article], await analyseArticles(deps.encoder, [article])));
      } catch (error) {
        await analyseArticles(deps.encoder, [HARMLESS]);
        failed.push({ article, error: messageOf(error) });
      }
    }
    return { analysed, failed, seconds: secondsGone() };
  }
}

/** A model that works reads this. */
const HARMLESS = { title: '', text: 'The meeting will be held on Tuesday.' };

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
