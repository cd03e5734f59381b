import type { Entities } from './entity.ts';
import type { Language } from './feed.ts';
import type { Severity } from './severity.ts';
import type { ScoredTopic } from './topic.ts';

/** A row moves through these states, never back, except that an edited text is discovered again. */
export type ArticleState = 'discovered' | 'analysed' | 'clustered';

/** What a feed item becomes before it is stored: cleaned, with one canonical address. */
export interface DiscoveredArticle {
  /** The feed item's own id. */
  itemId: string;
  canonicalUrl: string;
  /** The address to open: the feed's own, without what tracks the reader. */
  url: string;
  title: string;
  /** Clean text without publisher's boilerplate; may be empty (headline only). Paragraphs are separated by a newline. */
  text: string;
  /** When the publisher says, bounded to [1995, now + 1 day]; when nothing usable was said, the time of discovery. */
  publishedAt: Date;
  authors: string[];
  categories: string[];
  /** The outlet to name to a reader. */
  outlet: string;
}

/** What one encoder run and the rules on top of it say about an article. */
export interface Analysis {
  language: Language;
  cyber: { isCyber: boolean; score: number; threshold: number };
  topics: ScoredTopic[];
  severity: Severity;
  entities: Entities;
  summary: { text: string; sentences: number[] };
  /** L2-normalised story and search vector. */
  embedding: Float32Array;
}

/** The input of the analysis: everything that is known about an article's text. */
export interface ArticleText {
  title: string;
  text: string;
  url?: string | undefined;
  publishedAt?: Date | undefined;
  source?: string | undefined;
}

/** A stored article, analysed or not yet. */
export interface Article extends DiscoveredArticle {
  id: string;
  feedId: string;
  feedName: string;
  state: ArticleState;
  discoveredAt: Date;
  /** When it was given up, because it had waited for the model too long. */
  expiredAt: Date | null;
  analysis: Omit<Analysis, 'embedding'> | null;
  storyId: string | null;
}
