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
  quietHours: { startMinutes: number; endMinutes: number } | null;
}

export function defaultGuildSettings(guildId: string): GuildSettings {
  return { guildId, language: 'en', timezone: 'UTC', threshold: null, quietHours: null };
}
