import type { Language } from './feed.ts';
import type { SeverityLevel } from './severity.ts';
import type { Topic } from './topic.ts';

/** One story as a digest shows it: plain data, free of any platform's markup. */
export interface DigestStory {
  storyId: string;
  title: string;
  /** Language of `title`; marked when it is not the digest's own. */
  titleLanguage: Language;
  url: string;
  /** Empty when no article has text to draw on. */
  summary: string;
  summaryLanguage: Language;
  severity: SeverityLevel;
  topics: Topic[];
  /** Outlets in order of first report, each once. */
  outlets: { name: string; language: Language }[];
  articleCount: number;
  /** What the log calls it by, so that an article can be followed to its message; none where a Rasid without them composed it. */
  articleIds: string[];
  firstPublishedAt: Date;
  /** How often the message that shows it has been edited for new reports of it. */
  updates?: number;
}

/** A digest: most severe first, then the widest told, then the newest. */
export interface Digest {
  /** The language of the frame: labels, date, layout. */
  language: 'ar' | 'en';
  timezone: string;
  dueAt: Date;
  stories: DigestStory[];
  /** All stories that matched: of every message where a digest is split, shown or not. */
  storyCount: number;
  /** Stories that matched beyond `stories`. */
  moreCount: number;
  criticalCount: number;
  articleCount: number;
  sourceCount: number;
  /** One line each, in the digest's language: sources that have failed for a day. */
  notices: string[];
  /** This tells one posted story further; `roseTo` is its severity where that has risen. */
  development?: { roseTo: SeverityLevel | null };
}

/** A digest row moves through these states. */
export type DigestState = 'due' | 'composed' | 'sent';

/** One message waiting to be posted; `position` orders the messages of one digest, from 1. */
export interface OutboxMessage {
  id: string;
  digestId: string;
  subscriptionId: string;
  guildId: string;
  channelId: string;
  position: number;
  /** Unique per message, at most 25 characters: Discord's limit for `nonce`. */
  nonce: string;
  /** The plain digest part to be rendered. */
  digest: Digest;
  roleId: string | null;
  attempts: number;
  /** When sending was first tried, or null. */
  firstAttemptAt: Date | null;
  /** It makes no sound. */
  silent: boolean;
  /** Where the first message of its digest is, or the message whose story this one tells further; null for a first message. */
  head: { channelId: string; messageId: string } | null;
  createdAt: Date;
}
