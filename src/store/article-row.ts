import type { Analysis, Article, ArticleState } from '../domain/article.ts';
import { type Entities, NO_ENTITIES } from '../domain/entity.ts';
import type { Language } from '../domain/feed.ts';
import type { SeverityLevel } from '../domain/severity.ts';
import type { ScoredTopic } from '../domain/topic.ts';
import { addressOf } from './owned-address.ts';

/** The columns of ARTICLE_COLUMNS as pg returns them. */
export interface ArticleRow {
  id: string;
  feed_id: string;
  feed_name: string;
  item_id: string;
  canonical_url: string;
  url: string;
  title: string;
  text: string;
  published_at: Date;
  authors: string[];
  categories: string[];
  outlet: string;
  state: ArticleState;
  discovered_at: Date;
  expired_at: Date | null;
  story_id: string | null;
  language: Language | null;
  is_cyber: boolean | null;
  score: number | null;
  threshold: number | null;
  topics: ScoredTopic[] | null;
  severity: SeverityLevel | null;
  severity_reasons: string[] | null;
  entities: Entities | null;
  summary: string | null;
  summary_sentences: number[] | null;
}

/** Everything but the vector and the search words; `a` is articles, `f` its feed. */
export const ARTICLE_COLUMNS = `a.id, a.feed_id, f.name AS feed_name, a.item_id, a.canonical_url, a.url, a.title, a.text,
  a.published_at, a.authors, a.categories, a.outlet, a.state, a.discovered_at, a.expired_at, a.story_id, a.language, a.is_cyber,
  a.score, a.threshold, a.topics, a.severity, a.severity_reasons, a.entities, a.summary, a.summary_sentences`;

export function toArticle(row: ArticleRow): Article {
  return {
    id: row.id,
    feedId: row.feed_id,
    feedName: row.feed_name,
    itemId: row.item_id,
    canonicalUrl: addressOf(row.canonical_url),
    url: row.url,
    title: row.title,
    text: row.text,
    publishedAt: row.published_at,
    authors: row.authors,
    categories: row.categories,
    outlet: row.outlet,
    state: row.state,
    discoveredAt: row.discovered_at,
    expiredAt: row.expired_at,
    analysis: toAnalysis(row),
    storyId: row.story_id,
  };
}

/** All analysis columns are written at once, so the language stands for all of them. */
function toAnalysis(row: ArticleRow): Omit<Analysis, 'embedding'> | null {
  if (row.language === null) return null;
  return {
    language: row.language,
    cyber: {
      isCyber: row.is_cyber ?? false,
      score: row.score ?? 0,
      threshold: row.threshold ?? 0,
    },
    topics: row.topics ?? [],
    severity: { level: row.severity ?? 'low', reasons: row.severity_reasons ?? [] },
    entities: row.entities ?? NO_ENTITIES,
    summary: { text: row.summary ?? '', sentences: row.summary_sentences ?? [] },
  };
}
