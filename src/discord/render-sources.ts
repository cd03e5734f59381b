import { digestLabels } from '../digest/labels.ts';
import { shortenText, toPlainLine } from '../digest/shorten-text.ts';
import type { Feed, FeedStatus, FoundSource } from '../domain/feed.ts';
import type { Reply, ReplyContext } from './command.ts';
import { describeFeed, healthOf } from './describe-feed.ts';
import { escapeText } from './escape-text.ts';
import { directedText } from './render-story.ts';
import { buttonRow, inServerDirection, textBlock } from './reply.ts';
import { timeInReply } from './show-time.ts';

const PAGE_SIZE = 15;
const MAX_TITLE = 120;
const MAX_VALUE = 300;

/** What needs somebody first. */
const RANK: Record<FeedStatus, number> = {
  gone: 0,
  refused: 1,
  failing: 2,
  slow: 3,
  new: 4,
  fresh: 5,
};

/** A page of all sources that this server reads: its own first, then those in trouble. */
export function renderSources(feeds: Feed[], offset: number, context: ReplyContext): Reply {
  const { messages } = context;
  if (feeds.length === 0) return { components: [textBlock([messages.sources.none], context)] };
  const ordered = [...feeds].sort((a, b) => rankOf(a) - rankOf(b) || a.name.localeCompare(b.name));
  const start = offset < ordered.length ? offset : 0;
  const shown = ordered.slice(start, start + PAGE_SIZE);
  const lines = shown.map((feed) => {
    const own = feed.guildId === null ? '' : ` · ${messages.sources.own}`;
    return `• ${describeFeed(feed, context)}${own}`;
  });
  const range = messages.latest.page(start + 1, start + shown.length, ordered.length);
  const turn = (to: number, label: string, disabled: boolean) => ({
    action: { kind: 'sources', offset: to } as const,
    label,
    disabled,
  });
  return {
    components: [
      textBlock([`**${messages.sources.title}**`, `-# ${range}`, ...lines], context),
      buttonRow([
        turn(Math.max(0, start - PAGE_SIZE), messages.buttons.previous, start === 0),
        turn(start + shown.length, messages.buttons.next, start + shown.length >= ordered.length),
      ]),
    ],
  };
}

function rankOf(feed: Feed): number {
  if (feed.guildId !== null) return -1;
  return feed.enabled ? RANK[feed.status] : 9;
}

/** One source in detail. */
export function renderHealth(feed: Feed, context: ReplyContext): Reply {
  const { messages, settings } = context;
  const words = messages.sources.detail;
  const show = (text: string) =>
    escapeText(inServerDirection(toPlainLine(shortenText(text, MAX_VALUE)), context));
  const time = (at: Date | null) =>
    at === null ? '—' : timeInReply(at, settings.language, context.now);
  const lines = [
    `**${show(feed.name)}** · ${healthOf(feed, context)}`,
    `${words.address}: ${show(feed.url)}`,
    `${words.language}: ${messages.search.language[feed.language]}`,
    `${words.lastFetched}: ${time(feed.lastFetchedAt)}`,
    `${words.lastSuccess}: ${time(feed.lastSuccessAt)}`,
    ...(feed.enabled && feed.status !== 'gone'
      ? [`${words.nextCheck}: ${time(feed.nextCheckAt)}`]
      : []),
    ...(feed.failureCount === 0 ? [] : [words.failures(feed.failureCount)]),
    ...(feed.lastStatus === null ? [] : [`${words.answer}: ${feed.lastStatus}`]),
    ...(feed.lastError === null ? [] : [`${words.error}: ${show(feed.lastError)}`]),
    ...(feed.note === undefined ? [] : [`${words.note}: ${show(feed.note)}`]),
    ...(feed.topics.length === 0
      ? []
      : [feed.topics.map((topic) => digestLabels(settings.language).topic[topic]).join(' · ')]),
  ];
  return { components: [textBlock(lines, context)] };
}

/** What would be added, with its newest items, and two buttons. */
export function renderProposal(
  proposalId: string,
  found: FoundSource,
  context: ReplyContext,
): Reply {
  const { messages, settings } = context;
  const { source, items, itemCount } = found;
  const show = (text: string) =>
    escapeText(inServerDirection(toPlainLine(shortenText(text, MAX_VALUE)), context));
  const lines = [
    messages.sources.ask,
    `**${show(source.name)}** · ${messages.search.language[source.language]} · ${messages.sources.items(itemCount)}`,
    `-# ${show(source.url)}`,
    ...items.map(({ title, published }) => {
      const shown = directedText(title, MAX_TITLE, source.language, settings.language) || '—';
      return `• ${shown}${published === null ? '' : ` · ${timeInReply(published, settings.language, context.now)}`}`;
    }),
  ];
  return {
    components: [
      textBlock(lines, context),
      buttonRow([
        { action: { kind: 'add-source', proposalId }, label: messages.draft.confirm },
        { action: { kind: 'drop-source', proposalId }, label: messages.draft.cancel },
      ]),
    ],
  };
}
