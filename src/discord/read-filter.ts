import type { ChatInputCommandInteraction } from 'discord.js';
import { isSeverityLevel } from '../domain/severity.ts';
import type { StoryFilter, SubscriptionLanguage } from '../domain/subscription.ts';
import type { Choice, ReplyContext } from './command.ts';
import { completeSources, completeTopics, readableOutlets } from './complete-options.ts';
import { readKeyword, readSources, readTopics } from './read-options.ts';

interface FilterOptions {
  language: string | null;
  topic: string | null;
  severity: string | null;
  source: string | null;
  keyword: string | null;
}

/** The filter options of a command, as typed; those that it does not have are null. */
export function filterOptions(interaction: ChatInputCommandInteraction): FilterOptions {
  const { options } = interaction;
  return {
    language: options.getString('language'),
    topic: options.getString('topic'),
    severity: options.getString('severity'),
    source: options.getString('source'),
    keyword: options.getString('keyword'),
  };
}

/** @throws UsageError in the server's language */
export async function readFilter(
  options: FilterOptions,
  context: ReplyContext,
): Promise<StoryFilter> {
  const { db, guildId, messages } = context;
  const namesSources = options.source !== null || options.keyword !== null;
  const outlets = namesSources ? await readableOutlets(db, guildId) : [];
  return {
    language: isStoryLanguage(options.language) ? options.language : 'both',
    topics: readTopics(options.topic, messages),
    minSeverity:
      options.severity !== null && isSeverityLevel(options.severity) ? options.severity : 'low',
    sources: readSources(options.source, outlets, messages),
    keyword: readKeyword(options.keyword, outlets, messages),
  };
}

function isStoryLanguage(value: string | null): value is SubscriptionLanguage {
  return value === 'ar' || value === 'en' || value === 'both';
}

/** Choices for `topic` and `source`, in whichever command they stand. */
export async function completeFilter(
  option: { name: string; value: string },
  { db, guildId, settings }: ReplyContext,
): Promise<Choice[]> {
  if (option.name === 'topic') return completeTopics(option.value, settings.language);
  if (option.name === 'source') return completeSources(option.value, db, guildId);
  return [];
}
