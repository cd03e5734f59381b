import { digestLabels } from '../digest/labels.ts';
import { shortenText, toPlainLine } from '../digest/shorten-text.ts';
import { zoneCity } from '../digest/zone-city.ts';
import type { NewSubscription, Subscription } from '../domain/subscription.ts';
import type { ReplyContext } from './command.ts';
import { escapeText, isolateMarkup } from './escape-text.ts';
import { formatMinutes } from './read-options.ts';
import { inServerDirection } from './reply.ts';
import { timeToCome } from './show-time.ts';

type Words = Pick<ReplyContext, 'messages' | 'settings'>;

const MAX_KEYWORD = 120;
const MAX_LIST = 150;

/** `Daily at 08:00 (Riyadh)` */
export function describeSchedule(
  subscription: NewSubscription,
  { messages, settings }: Words,
): string {
  const { schedule, atMinutes, timezone, weekday } = subscription;
  const name = messages.schedule[schedule];
  const city = zoneCity(timezone, settings.language);
  const time = formatMinutes(atMinutes);
  const words = messages.subscription;
  switch (schedule) {
    case 'instant':
      return `${name} · ${words.asTheyCome}`;
    case 'hourly':
      return `${name} · ${words.everyHour}`;
    case 'daily':
      return `${name} · ${words.dailyAt(time, city)}`;
    case 'weekly':
      return `${name} · ${words.weeklyAt(weekdayName(weekday, messages), time, city)}`;
  }
}

/** What the subscription does and when next, as lines in the server's language. */
export function describeSubscription(
  subscription: Subscription,
  words: Words & Pick<ReplyContext, 'now'>,
): string[] {
  return [
    ...describeNewSubscription(subscription, words),
    `-# ${describeNext(subscription, words)}`,
  ];
}

/** The same of one that is not saved yet. */
export function describeNewSubscription(subscription: NewSubscription, words: Words): string[] {
  const channel = isolateMarkup(`<#${subscription.channelId}>`);
  // Each part is isolated by itself: an isolate inside a mention would break it.
  const show = (text: string) => escapeText(inServerDirection(toPlainLine(text), words));
  const filter = [
    ...describeFilter(subscription, words, show),
    ...describeMention(subscription, words),
    ...(subscription.follow ? [words.messages.subscription.follows] : []),
  ];
  return [
    `**${channel}** · ${inServerDirection(describeSchedule(subscription, words), words)}`,
    filter.join(' · '),
  ];
}

function describeMention(
  { roleId, roleMinSeverity }: NewSubscription,
  { messages, settings }: Words,
): string[] {
  if (roleId === null) return [];
  const role = isolateMarkup(`<@&${roleId}>`);
  if (roleMinSeverity === 'low') return [messages.subscription.mentions(role)];
  const level = digestLabels(settings.language).severity[roleMinSeverity];
  return [messages.subscription.mentionsFrom(role, level)];
}

/** One line without markup, for a list of choices. */
export function subscriptionTitle(
  subscription: Subscription,
  channelName: string,
  words: Words,
): string {
  const filter = describeFilter(subscription, words, (text) => toPlainLine(text));
  return [`#${channelName}`, describeSchedule(subscription, words), ...filter].join(' · ');
}

/** `show` makes what people typed fit for the place where it is shown. */
function describeFilter(
  subscription: NewSubscription,
  { messages, settings }: Words,
  show: (text: string) => string,
): string[] {
  const labels = digestLabels(settings.language);
  const words = messages.subscription;
  const { topics, sources, minSeverity, keyword, language } = subscription;
  const list = (values: string[]) => show(shortenText(values.join(labels.comma), MAX_LIST));
  return [
    messages.storyLanguage[language],
    ...(topics.length > 0 ? [words.topics(list(topics.map((topic) => labels.topic[topic])))] : []),
    ...(minSeverity === 'low' ? [] : [words.severityFrom(labels.severity[minSeverity])]),
    ...(sources.length > 0 ? [words.sources(list(sources))] : []),
    ...(keyword === null ? [] : [words.keyword(show(shortenText(keyword, MAX_KEYWORD)))]),
  ];
}

function describeNext(
  subscription: Subscription,
  { messages, settings, now }: Words & Pick<ReplyContext, 'now'>,
): string {
  const words = messages.subscription;
  if (subscription.paused)
    return words.paused(pauseReason(subscription.pauseReason ?? '', messages));
  if (subscription.schedule === 'instant') return words.asTheyCome;
  return words.next(timeToCome(subscription.nextDueAt, settings.language, now));
}

/** A reason is a code of the delivery (`channel-gone`), or `user:<id>` for whoever pressed the button. */
export function pauseReason(reason: string, messages: ReplyContext['messages']): string {
  const user = /^user:(\d+)$/.exec(reason)?.[1];
  if (user !== undefined) return messages.subscription.pausedBy(isolateMarkup(`<@${user}>`));
  const known: Record<string, string> = messages.subscription.pausedReason;
  return known[reason] ?? escapeText(toPlainLine(reason));
}

function weekdayName(weekday: number, messages: ReplyContext['messages']): string {
  const names: Record<number, string> = messages.weekday;
  return names[weekday] ?? '';
}
