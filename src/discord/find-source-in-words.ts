import { FeedError, NetError, UsageError } from '../domain/errors.ts';
import type { FoundSource } from '../domain/feed.ts';
import type { ReplyContext } from './command.ts';

/** The feed at an address that a member gave. @throws UsageError which says in the server's language why there is none */
export async function findSourceInWords(
  address: string,
  { outside, messages }: ReplyContext,
): Promise<FoundSource> {
  try {
    return await outside.findSource(address);
  } catch (error) {
    if (!(error instanceof NetError) && !(error instanceof FeedError)) throw error;
    const known: Record<string, string> = messages.sources.problem;
    const words = known[error.code] ?? messages.sources.unreadable(error.code);
    throw new UsageError('unreadable-source', words, { cause: error });
  }
}
