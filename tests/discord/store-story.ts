import type { Analysis } from '../../src/domain/article.ts';
import { NO_ENTITIES } from '../../src/domain/entity.ts';
import { normaliseForMatching } from '../../src/language/normalise-arabic.ts';
import { findArticleByUrl, saveAnalyses, saveArticles } from '../../src/store/article-store.ts';
import type { Database } from '../../src/store/db.ts';
import { addFeed } from '../../src/store/feed-store.ts';
import { addToStory, createStory } from '../../src/store/story-store.ts';
import { NOW } from './start-bot.ts';

export interface Told {
  title: string;
  summary: string;
  language: 'ar' | 'en';
  outlet: string;
  hoursAgo: number;
  severity?: Analysis['severity']['level'];
  topic?: Analysis['topics'][number]['topic'];
  url?: string;
  /** The server whose own source tells it; the catalogue when left out. */
  guildId?: string;
  cves?: string[];
  reasons?: string[];
  /** A story without any cyber article, when false. */
  isCyber?: boolean;
}

let articles = 0;

function searchWords({ language, title, summary }: Told) {
  const words = normaliseForMatching(`${title} ${summary}`);
  return language === 'ar' ? { arabic: words, english: '' } : { arabic: '', english: words };
}

/** What the model would have said of it. */
function analysisOf(report: Told): Analysis {
  const { language, summary, topic = 'espionage', severity = 'high', isCyber = true } = report;
  const { cves = ['CVE-2026-1234'], reasons = [] } = report;
  return {
    language,
    cyber: { isCyber, score: isCyber ? 0.95 : 0.1, threshold: 0.5 },
    topics: [{ topic, score: 0.9 }],
    severity: { level: severity, reasons },
    entities: {
      ...NO_ENTITIES,
      cves,
      organisations: [{ name: 'Microsoft', mentions: ['مايكروسوفت'] }],
    },
    summary: { text: summary, sentences: [0] },
    embedding: new Float32Array([1, 0, 0]),
  };
}

/** Stores a story as the pipeline would have: its articles from a feed, analysed, and joined. */
export async function storeStory(db: Database, reports: Told[]): Promise<string> {
  let storyId: string | null = null;
  for (const report of reports) {
    articles += 1;
    const url = report.url ?? `https://news.example/${articles}`;
    const source = {
      url: `https://feed${articles}.example/rss`,
      name: report.outlet,
      outlet: report.outlet,
      language: report.language,
      kind: 'rss' as const,
      topics: [],
      trust: 3,
      fullText: false,
      enabled: true,
    };
    const feed = await addFeed(db, source, report.guildId ?? null, NOW);
    const publishedAt = new Date(NOW.getTime() - report.hoursAgo * 3_600_000);
    const article = {
      itemId: url,
      canonicalUrl: url,
      url,
      title: report.title,
      text: report.summary,
      publishedAt,
      authors: [],
      categories: [],
      outlet: report.outlet,
    };
    await saveArticles(db, feed.id, [article], NOW);
    const stored =
      (await findArticleByUrl(db, url, report.guildId)) ?? (await findArticleByUrl(db, url));
    const articleId = stored?.id ?? '';
    const analysis = analysisOf(report);
    await saveAnalyses(db, [{ articleId, analysis, searchWords: searchWords(report) }], NOW);
    if (storyId === null) storyId = await createStory(db, articleId, NOW);
    else await addToStory(db, storyId, articleId, NOW);
  }
  if (storyId === null) throw new Error('a story has reports');
  return storyId;
}
