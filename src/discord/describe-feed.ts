import { shortenText, toPlainLine } from '../digest/shorten-text.ts';
import type { Feed } from '../domain/feed.ts';
import type { ReplyContext } from './command.ts';
import { escapeText } from './escape-text.ts';
import { inServerDirection } from './reply.ts';
import { timeInReply, timeSince } from './show-time.ts';

type Words = Pick<ReplyContext, 'messages' | 'settings' | 'now'>;

const MAX_NAME = 60;

/** `Reuters World · fresh · fetched 3 minutes ago`: one line without markup at its start. */
export function describeFeed(feed: Feed, words: Words): string {
  const { messages, settings, now } = words;
  const name = escapeText(inServerDirection(toPlainLine(shortenText(feed.name, MAX_NAME)), words));
  const fetched =
    feed.lastFetchedAt === null
      ? messages.sources.neverFetched
      : messages.sources.fetched(timeInReply(feed.lastFetchedAt, settings.language, now));
  return [name, healthOf(feed, words), fetched].join(' · ');
}

/** The state of a source in words: `fresh`, `failing since 2 days ago`, `switched off`. */
export function healthOf(feed: Feed, { messages, settings }: Words): string {
  const { health } = messages.sources;
  if (!feed.enabled) return health.off;
  if (feed.status === 'failing' && feed.failingSince !== null) {
    return health.failingSince(timeSince(feed.failingSince, settings.language));
  }
  return health[feed.status];
}
