import type { Entities } from './entity.ts';
import type { Language } from './feed.ts';
import type { Severity } from './severity.ts';
import type { ScoredTopic } from './topic.ts';

/** An article as the story clusterer sees it. */
export interface StoryArticle {
  id: string;
  language: Language;
  title: string;
  /** The beginning of the text, 400 characters or more: the words that speak for the story. */
  opening: string;
  publishedAt: Date;
  embedding: Float32Array;
  entities: Entities;
  topics: ScoredTopic[];
}

/** A stored story as the clusterer compares against: a bounded number of its newest articles. */
export interface CandidateStory {
  id: string;
  articles: StoryArticle[];
  /** Ids of stories of which a person said that they are not this one. */
  apartFrom?: ReadonlySet<string>;
}

/** The decision for one article: join a story, or begin one. `score` is the merge rule's probability (0 when none was near). */
export interface StoryDecision {
  storyId: string | null;
  score: number;
}

/** One article of a story as shown to a reader. */
export interface StoryReport {
  articleId: string;
  title: string;
  url: string;
  outlet: string;
  language: Language;
  publishedAt: Date;
  summary: string;
  severity: Severity;
  score: number;
}

/** A story with everything that a digest or `/story` shows. */
export interface Story {
  id: string;
  /** Reports in order of publication, oldest first; only cyber articles. */
  reports: StoryReport[];
  topics: ScoredTopic[];
  severity: Severity;
  entities: Entities;
  firstPublishedAt: Date;
  /** When its newest report was clustered: what a digest's window is compared with. */
  updatedAt: Date;
}
