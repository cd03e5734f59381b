import { digestStory } from '../digest/build-digest.ts';
import { digestLabels } from '../digest/labels.ts';
import { toPlainLine } from '../digest/shorten-text.ts';
import type { Article } from '../domain/article.ts';
import { UsageError } from '../domain/errors.ts';
import type { Story } from '../domain/story.ts';
import { countCorrections } from '../store/correction-store.ts';
import {
  deliveriesOfStory,
  findArticleOfReport,
  sourcesOfArticle,
} from '../store/explain-store.ts';
import { listFeeds } from '../store/feed-store.ts';
import { isHeldUp } from '../store/outbox-store.ts';
import { listSubscriptions } from '../store/subscription-store.ts';
import { readWaitingWork } from '../store/waiting-work.ts';
import type { Reply, ReplyContext } from './command.ts';
import { describeFeed } from './describe-feed.ts';
import { describeRules } from './describe-settings.ts';
import { escapeText } from './escape-text.ts';
import { explainSubscription } from './explain-subscription.ts';
import { MAX_TEXT } from './limits.ts';
import { lengthOf } from './render-more.ts';
import { directedText } from './render-story.ts';
import { inServerDirection, textBlock } from './reply.ts';
import { serverThreshold } from './server-threshold.ts';
import { moment, timeInReply } from './show-time.ts';

const MAX_TITLE = 120;
const MAX_SOURCES = 5;
const MAX_HOST = 80;

/** Each gate that a story has passed, with its numbers, and what each subscription of the channel did with it. */
export async function explainStory(
  story: Story,
  asked: Article | null,
  channelId: string,
  context: ReplyContext,
): Promise<Reply> {
  const { db, guildId, messages, settings } = context;
  const words = messages.why;
  const firstReport = story.reports[0]?.articleId ?? '';
  const article = asked ?? (await findArticleOfReport(db, guildId, firstReport));
  if (article === null) throw new UsageError('gone', messages.errors.gone);
  const threshold = (await serverThreshold(context))(story);
  const shown = digestStory(story, settings.language);
  const title = directedText(shown.title, MAX_TITLE, shown.titleLanguage, settings.language);
  const outlets = new Set(story.reports.map((report) => report.outlet)).size;
  const labels = digestLabels(settings.language);
  const lines = [
    `**${words.title(title)}**`,
    ...(await sourceLines(article, context)),
    ...articleLines(article, context),
    words.story(
      labels.articlesFromSources(story.reports.length, outlets),
      timeInReply(story.updatedAt, settings.language, context.now),
    ),
    ...(await correctionLines(story.id, context)),
    ...(await describeRules(context)),
  ];
  const deliveries = await deliveriesOfStory(db, guildId, story.id);
  const here = (await listSubscriptions(db, guildId)).filter(
    (subscription) => subscription.channelId === channelId,
  );
  const heading = here.length === 0 ? words.noSubscription : `**${words.subscriptions}**`;
  const heldUp = await isHeldUp(db, channelId);
  const blocks = here.map((subscription) => {
    const delivery = deliveries.get(subscription.id) ?? null;
    return explainSubscription(
      { story, subscription, threshold, delivery, isHeldUp: heldUp },
      context,
    );
  });
  return { components: [textBlock(fitBlocks([...lines, heading], blocks, context), context)] };
}

async function correctionLines(storyId: string, { db, messages }: ReplyContext): Promise<string[]> {
  const { together, apart } = await countCorrections(db, storyId);
  return [
    ...(together > 0 ? [messages.why.joinedByPerson] : []),
    ...(apart > 0 ? [messages.why.keptApartByPerson] : []),
  ];
}

/** An article that is in no story: not read yet, not a cyber story, or waiting. */
export async function explainArticle(article: Article, context: ReplyContext): Promise<Reply> {
  const { messages, settings } = context;
  const title = directedText(
    article.title,
    MAX_TITLE,
    article.analysis?.language ?? 'other',
    settings.language,
  );
  const lines = [
    `**${messages.why.title(title)}**`,
    ...(await sourceLines(article, context)),
    ...articleLines(article, context),
    ...(await outcomeLines(article, context)),
  ];
  return { components: [textBlock(lines, context)] };
}

/** What became of it; of one that waits also how much waits with it, because that says when its turn may come. */
async function outcomeLines(article: Article, context: ReplyContext): Promise<string[]> {
  const { db, messages, now, settings } = context;
  const words = messages.why;
  if (article.state === 'discovered') {
    const { analyse } = await readWaitingWork(db, now);
    const oldest = timeInReply(analyse.oldest ?? article.discoveredAt, settings.language, now);
    return [words.notRead, words.backlog(analyse.count, oldest)];
  }
  if (article.expiredAt !== null) {
    return [words.givenUp(timeInReply(article.expiredAt, settings.language, now))];
  }
  if (article.analysis === null) return [words.unreadable];
  return [article.analysis.cyber.isCyber ? words.noStoryYet : words.notCyber];
}

/** A link that was never seen: which sources would have brought it. */
export async function explainUnknown(link: string, context: ReplyContext): Promise<Reply> {
  const { db, guildId, messages } = context;
  const host = bareHost(link);
  const feeds = (await listFeeds(db, guildId)).filter((feed) => isOfHost(feed.url, host));
  const shown = escapeText(inServerDirection(toPlainLine(host).slice(0, MAX_HOST), context));
  const lines =
    feeds.length === 0
      ? [messages.why.unknown, messages.why.noSourceOf(shown)]
      : [
          messages.why.unknown,
          messages.why.sourcesOf(shown),
          ...feeds.slice(0, MAX_SOURCES).map((feed) => `• ${describeFeed(feed, context)}`),
          ...(feeds.length > MAX_SOURCES
            ? [messages.story.others(feeds.length - MAX_SOURCES)]
            : []),
        ];
  return { components: [textBlock(lines, context)] };
}

async function sourceLines(article: Article, context: ReplyContext): Promise<string[]> {
  const feeds = await sourcesOfArticle(context.db, context.guildId, article.id);
  return feeds
    .slice(0, MAX_SOURCES)
    .map((feed) => `${context.messages.why.source}: ${describeFeed(feed, context)}`);
}

function articleLines(article: Article, { messages, settings }: ReplyContext): string[] {
  const words = messages.why;
  const labels = digestLabels(settings.language);
  const at = (time: Date) => moment(time, settings.language);
  const found = `${words.article}: ${words.times(at(article.publishedAt), at(article.discoveredAt))}`;
  const { analysis } = article;
  if (analysis === null) return [found];
  const { score, threshold, isCyber } = analysis.cyber;
  const topics = analysis.topics.map(
    ({ topic, score: sure }) => `${labels.topic[topic]} ${sure.toFixed(2)}`,
  );
  const reasons = analysis.severity.reasons.map(
    (reason) => words.reason[reason] ?? escapeText(reason),
  );
  return [
    found,
    `${words.language}: ${messages.search.language[analysis.language]}`,
    `${isCyber ? '✅' : '❌'} ${words.score(score.toFixed(2), threshold.toFixed(2))}`,
    ...(topics.length === 0 ? [] : [`${words.topics}: ${topics.join(' · ')}`]),
    `${words.severity(labels.severity[analysis.severity.level])}${reasons.length === 0 ? '' : `: ${reasons.join(labels.comma)}`}`,
  ];
}

/** As many subscriptions as fit, each whole. */
function fitBlocks(lines: string[], blocks: string[][], { messages }: ReplyContext): string[] {
  // Each line gets marks of direction around it.
  const size = (added: string[]) => lengthOf(added) + 4 * added.length;
  const kept = [...lines];
  for (const [index, block] of blocks.entries()) {
    const closing = messages.story.others(blocks.length - index);
    if (size([...kept, ...block, closing]) > MAX_TEXT) return [...kept, closing];
    kept.push(...block);
  }
  return kept;
}

function bareHost(url: string): string {
  return new URL(url).hostname.replace(/^www\./, '');
}

/** Also `feeds.example.com` for `example.com`, and the other way round. */
function isOfHost(feedUrl: string, host: string): boolean {
  if (!URL.canParse(feedUrl)) return false;
  const feedHost = bareHost(feedUrl);
  return feedHost === host || feedHost.endsWith(`.${host}`) || host.endsWith(`.${feedHost}`);
}
