import type { SeverityLevel } from './severity.ts';
import type { Topic } from './topic.ts';

export const SCHEDULES = ['instant', 'hourly', 'daily', 'weekly'] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** The language of the stories wanted; `both` shows either. */
export type SubscriptionLanguage = 'ar' | 'en' | 'both';

/** Which stories pass. An empty list or null lets everything pass; what is set must all hold. */
export interface StoryFilter {
  language: SubscriptionLanguage;
  topics: Topic[];
  minSeverity: SeverityLevel;
  /** Outlet names. */
  sources: string[];
  /** Plain words, or words joined by AND / OR / NOT; matched with Arabic normalisation. */
  keyword: string | null;
}

/** Every story passes. */
export const NO_FILTER: StoryFilter = {
  language: 'both',
  topics: [],
  minSeverity: 'low',
  sources: [],
  keyword: null,
};

/** When daily and weekly digests come where nobody chose. */
export const EIGHT_O_CLOCK = 8 * 60;
export const SUNDAY = 7;

export interface NewSubscription extends StoryFilter {
  guildId: string;
  channelId: string;
  createdBy: string;
  schedule: Schedule;
  /** Minutes after local midnight, 0 to 1439; used by daily and weekly. */
  atMinutes: number;
  /** ISO weekday, 1 (Monday) to 7; used by weekly. */
  weekday: number;
  /** IANA zone. */
  timezone: string;
  roleId: string | null;
  /** The role is mentioned only in digests with a story at least this severe. */
  roleMinSeverity: SeverityLevel;
  /** Developments of posted stories are also told in a thread under the message. */
  follow: boolean;
}

export interface Subscription extends NewSubscription {
  id: string;
  createdAt: Date;
  nextDueAt: Date;
  /** Stories up to here have been considered. */
  coveredUntil: Date;
  paused: boolean;
  pauseReason: string | null;
}

export interface GuildSettings {
  guildId: string;
  language: 'ar' | 'en';
  timezone: string;
  /** Overrides the model's threshold for this server, or null. */
  threshold: number | null;
  /** Minutes after local midnight; null when the server has no quiet hours. */
  quietHours: QuietHours | null;
  /** A critical story is posted in quiet hours too. */
  criticalPasses: boolean;
  /** What is posted in quiet hours makes no sound. */
  nightSilent: boolean;
  /** Who may change things beside those with Manage Server. */
  managerRoleId: string | null;
  /** Votes before this moment count no more. */
  votesSince: Date | null;
}

/** Minutes after local midnight, 0 to 1439, from start to before end; over midnight where the end is not later. */
export interface QuietHours {
  startMinutes: number;
  endMinutes: number;
}

export function defaultGuildSettings(guildId: string): GuildSettings {
  return {
    guildId,
    language: 'en',
    timezone: 'UTC',
    threshold: null,
    quietHours: null,
    criticalPasses: false,
    nightSilent: true,
    managerRoleId: null,
    votesSince: null,
  };
}
