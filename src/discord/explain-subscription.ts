import { type DeliveryState, explainDelivery, type Verdict } from '../digest/explain-delivery.ts';
import { digestLabels } from '../digest/labels.ts';
import type { MatchGate } from '../digest/match-subscription.ts';
import { quietUntil } from '../digest/quiet-hours.ts';
import { shortenText, toPlainLine } from '../digest/shorten-text.ts';
import type { Story } from '../domain/story.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { Delivery } from '../store/explain-store.ts';
import type { ReplyContext } from './command.ts';
import { describeSchedule, pauseReason } from './describe-subscription.ts';
import { escapeText } from './escape-text.ts';
import { inServerDirection } from './reply.ts';
import { moment, timeToCome } from './show-time.ts';

interface Asked {
  story: Story;
  subscription: Subscription;
  /** Of this story in this server. */
  threshold: number;
  delivery: Delivery | null;
  /** Whether a message to its channel could not be sent yet. */
  isHeldUp: boolean;
}

const MAX_VALUE = 100;

/** What one subscription did with a story: its schedule, the verdict, and each question of its filter with both sides. */
export function explainSubscription(asked: Asked, context: ReplyContext): string[] {
  const { story, subscription, threshold, delivery, isHeldUp } = asked;
  const { verdict, gates } = explainDelivery(story, subscription, {
    threshold,
    isHeldUp,
    delivered: delivery === null ? null : deliveredState(delivery),
  });
  const schedule = inServerDirection(describeSchedule(subscription, context), context);
  return [
    `**${schedule}** · ${describeVerdict(verdict, asked, context)}`,
    ...gates.map((gate) => `-# ${gate.passed ? '✅' : '❌'} ${describeGate(gate, asked, context)}`),
  ];
}

function deliveredState(delivery: Delivery): DeliveryState {
  return delivery.message?.state ?? 'counted';
}

function describeVerdict(verdict: Verdict, asked: Asked, context: ReplyContext): string {
  const words = context.messages.why.verdict;
  const { language } = context.settings;
  const { delivery, subscription } = asked;
  const message = delivery?.message ?? null;
  switch (verdict) {
    case 'sent':
      return words.sent(messageLink(asked, context));
    case 'failed':
      return words.failed(shown(message?.error ?? '', context));
    case 'pending':
      return words.pending(message?.attempts ?? 0);
    case 'paused':
      return words.paused(pauseReason(subscription.pauseReason ?? '', context.messages));
    case 'next':
      return words.next(timeToCome(nextPost(asked, context), language, context.now));
    case 'old':
    case 'earlier':
      return words[verdict](moment(subscription.coveredUntil, language));
    default:
      return words[verdict];
  }
}

/** Quiet hours hold a digest until they end, but for a critical story where the server chose so. */
function nextPost({ story, subscription }: Asked, { settings }: ReplyContext): Date {
  const due = subscription.nextDueAt;
  if (settings.criticalPasses && story.severity.level === 'critical') return due;
  return quietUntil(settings.quietHours, settings.timezone, due) ?? due;
}

function messageLink({ delivery }: Asked, { guildId }: ReplyContext): string {
  const message = delivery?.message;
  if (!message?.discordMessageId) return '';
  return `https://discord.com/channels/${guildId}/${message.channelId}/${message.discordMessageId}`;
}

/** The question, what the story has, and what is asked for. */
function describeGate({ gate }: MatchGate, asked: Asked, context: ReplyContext): string {
  const { story, subscription, threshold } = asked;
  const { messages, settings } = context;
  const words = messages.why.gate;
  const labels = digestLabels(settings.language);
  const list = (values: string[]) => shown(values.join(labels.comma), context) || '—';
  const wanted = (values: string[]) => (values.length === 0 ? words.anything : list(values));
  switch (gate) {
    case 'score': {
      const score = Math.max(0, ...story.reports.map((report) => report.score));
      return words.score(score.toFixed(2), threshold.toFixed(2));
    }
    case 'language': {
      const languages = [...new Set(story.reports.map((report) => report.language))];
      const told = list(languages.map((language) => messages.search.language[language]));
      return words.language(told, messages.storyLanguage[subscription.language]);
    }
    case 'topic':
      return words.topic(
        list(story.topics.map(({ topic }) => labels.topic[topic])),
        wanted(subscription.topics.map((topic) => labels.topic[topic])),
      );
    case 'severity':
      return words.severity(
        labels.severity[story.severity.level],
        labels.severity[subscription.minSeverity],
      );
    case 'source':
      return words.source(
        list([...new Set(story.reports.map((report) => report.outlet))]),
        wanted(subscription.sources),
      );
    case 'keyword':
      return words.keyword(
        subscription.keyword === null ? words.anything : shown(subscription.keyword, context),
      );
  }
}

function shown(text: string, context: ReplyContext): string {
  return escapeText(inServerDirection(toPlainLine(shortenText(text, MAX_VALUE)), context));
}
