import type { OutboxMessage } from '../domain/digest.ts';

/** Where the pipeline says what happened: pino's shape, so that a logger fits as it is. */
export interface StepLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Also of each article, with what was decided about it: too much to be read, but not to be searched for one. */
export interface TrailLog extends StepLog {
  debug(fields: object, message: string): void;
}

/** A line stays readable, and below what collectors of logs cut off. */
const IDS_PER_LINE = 100;

/**
 * The fields of what is said about several articles: `article` holds their ids, by which each is followed from its feed to its message.
 * One line for most, and another for each further hundred of them.
 */
export function articleLines(articleIds: string[], fields: object): object[] {
  const lines: object[] = [{ ...fields, article: articleIds.slice(0, IDS_PER_LINE) }];
  for (let from = IDS_PER_LINE; from < articleIds.length; from += IDS_PER_LINE) {
    const article = articleIds.slice(from, from + IDS_PER_LINE);
    lines.push({ ...fields, article, continued: true });
  }
  return lines;
}

/** The fields of what is said about a message, with the articles that it tells. */
export function messageLines(
  { id, digestId, channelId, digest }: OutboxMessage,
  fields: object,
): object[] {
  const articleIds = digest.stories.flatMap((story) => story.articleIds);
  return articleLines(articleIds, {
    ...{ message: id, digest: digestId, channel: channelId },
    ...fields,
  });
}
