import { shortenText, toPlainLine } from '../digest/shorten-text.ts';
import { UsageError } from '../domain/errors.ts';
import type { Story } from '../domain/story.ts';
import { findVisibleArticle } from '../store/explain-store.ts';
import { findStory } from '../store/story-store.ts';
import type { Choice, ReplyContext } from './command.ts';
import { MAX_CHOICE_LENGTH, MAX_CHOICES } from './limits.ts';
import { inServerDirection } from './reply.ts';

const MAX_SHOWN = 100;

/**
 * The story that a member means: a choice from the list (its id), a link to one of its articles, or words of a title.
 * @throws UsageError `unknown-story`
 */
export async function resolveStory(text: string, context: ReplyContext): Promise<Story> {
  const { db, guildId, messages } = context;
  const storyId = await storyIdOf(text.trim(), context);
  const story = storyId === null ? null : await findStory(db, guildId, storyId);
  if (story !== null) return story;
  const shown = inServerDirection(toPlainLine(shortenText(text, MAX_SHOWN)), context);
  throw new UsageError('unknown-story', messages.storyPage.unknown(shown));
}

async function storyIdOf(text: string, context: ReplyContext): Promise<string | null> {
  const { db, guildId, outside, search } = context;
  if (/^\d+$/.test(text)) return text;
  if (isLink(text)) {
    const article = await findVisibleArticle(db, guildId, outside.canonicalUrl(text));
    return article?.storyId ?? null;
  }
  await search.refresh();
  const [first] = await search.findTitles(text, guildId, 1);
  return first?.storyId ?? null;
}

/** Whether text is a web address, rather than words. */
export function isLink(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}

/** Stories by words of a title, in either script, the newest first. */
export async function completeStory(
  typed: string,
  { search, guildId }: ReplyContext,
): Promise<Choice[]> {
  const stories = await search.findTitles(typed, guildId, MAX_CHOICES);
  return stories.map(({ storyId, title }) => ({
    name: shortenText(toPlainLine(title), MAX_CHOICE_LENGTH) || storyId,
    value: storyId,
  }));
}
