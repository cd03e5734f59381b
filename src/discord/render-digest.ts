import {
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import { formatDueTime } from '../digest/format-time.ts';
import { frameLine } from '../digest/frame-text.ts';
import { digestLabels } from '../digest/labels.ts';
import { toPlainLine } from '../digest/shorten-text.ts';
import type { Digest, OutboxMessage } from '../domain/digest.ts';
import { isolateForeignRuns } from '../language/bidi.ts';
import { type ButtonAction, encodeAction } from './custom-id.ts';
import { escapeText, isolateMarkup } from './escape-text.ts';
import { fitsLimits } from './limits.ts';
import { messagesIn } from './messages/messages-in.ts';
import { renderStory, type StoryFrame } from './render-story.ts';
import { timeInMessage, timeInReply } from './show-time.ts';

/** Four components each, beside header and footer: Discord takes 40. */
const MAX_STORIES = 9;

export interface DigestPlace {
  /** The outbox message that is posted; null for an answer to one person, which no one can come back to later. */
  outboxId: string | null;
  /** Place of this part among the messages of its digest, from 1. */
  position: number;
  /** The role to mention, or null. */
  roleId: string | null;
  /** It makes no sound. */
  silent?: boolean;
}

/** Where a message of the outbox stands in its digest. */
export function placeOf({ id, position, roleId, silent }: OutboxMessage): DigestPlace {
  return { outboxId: id, position, roleId, silent };
}

type DigestMessage = Required<
  Pick<RESTPostAPIChannelMessageJSONBody, 'allowed_mentions' | 'flags'>
> & { components: APIMessageTopLevelComponent[] };

/** A digest part as one Discord message of components, which mentions no one but the chosen role. */
export function renderDigest(digest: Digest, place: DigestPlace): DigestMessage {
  const mention = place.position === 1 ? place.roleId : null;
  return {
    flags: MessageFlags.IsComponentsV2 | (place.silent ? MessageFlags.SuppressNotifications : 0),
    components: [
      textDisplay(headerText(digest, place.position, mention)),
      ...digest.stories.map((story) =>
        renderStory(story, frameOf(digest, place), storyButtonId(story.storyId, place.outboxId)),
      ),
      ...footer(digest, place.outboxId),
      ...latestButton(digest, place.outboxId),
    ],
    allowed_mentions: { parse: [], roles: mention === null ? [] : [mention] },
  };
}

/** An answer is read when it is made, which is its `dueAt`; a posted message whenever somebody comes by. */
function frameOf({ language, dueAt }: Digest, { outboxId }: DigestPlace): StoryFrame {
  const show = outboxId === null ? timeInReply : timeInMessage;
  return { language, time: (at) => show(at, language, dueAt) };
}

/** For `splitDigest`: whether the part is within Discord's limits, whichever ids it gets and with a role mentioned. */
export function fitsMessage(part: Digest, position: number): boolean {
  const longestId = '9'.repeat(19);
  const message = renderDigest(part, { outboxId: longestId, position, roleId: longestId });
  return part.stories.length <= MAX_STORIES && fitsLimits(message.components);
}

function headerText(digest: Digest, position: number, roleId: string | null): string {
  const labels = digestLabels(digest.language);
  const line = (content: string) => frameLine(content, digest.language);
  if (digest.development !== undefined) return `-# ${line(developmentHead(digest))}`;
  const due = inFrame(formatDueTime(digest.dueAt, digest.language, digest.timezone), digest);
  if (position > 1) return `-# ${line(`🛡 ${labels.title} · ${due} · ${position}`)}`;
  const lines = [line(`**🛡 ${labels.title}** · ${due}`)];
  if (roleId !== null) lines.unshift(line(isolateMarkup(`<@&${roleId}>`)));
  if (digest.stories.length === 0) lines.push(line(labels.nothing));
  else lines.push(`-# ${line(countLine(digest))}`);
  return lines.join('\n');
}

/** `New on this story · now critical` */
function developmentHead({ development, language }: Digest): string {
  const labels = digestLabels(language);
  const level = development?.roseTo ?? null;
  const rose = level === null ? [] : [labels.roseTo(labels.severity[level])];
  return [`↻ ${labels.development}`, ...rose].join(' · ');
}

function countLine(digest: Digest): string {
  const labels = digestLabels(digest.language);
  const critical = digest.criticalCount > 0 ? [labels.critical(digest.criticalCount)] : [];
  return [
    labels.stories(digest.storyCount),
    ...critical,
    labels.articlesFromSources(digest.articleCount, digest.sourceCount),
  ].join(' · ');
}

/** Notices, and the stories that are only counted: behind a button where the message is kept, else where to find them. */
function footer(digest: Digest, outboxId: string | null): APIMessageTopLevelComponent[] {
  const line = (content: string) => frameLine(content, digest.language);
  const more = digestLabels(digest.language).moreStories(digest.moreCount);
  const hasMore = digest.moreCount > 0;
  const lines = [
    ...(hasMore && outboxId === null ? [line(`${more} · ${inFrame('/latest', digest)}`)] : []),
    ...digest.notices.map(
      (notice) => `-# ${line(`⚠ ${escapeText(inFrame(toPlainLine(notice), digest))}`)}`,
    ),
  ];
  return [
    ...(lines.length === 0 ? [] : [textDisplay(lines.join('\n'))]),
    ...(hasMore && outboxId !== null ? [oneButton(more, { kind: 'rest', outboxId })] : []),
  ];
}

/** Under a digest without stories; also what a later look into the channel recognises the message by. */
function latestButton(digest: Digest, outboxId: string | null): APIMessageTopLevelComponent[] {
  if (digest.stories.length > 0 || outboxId === null) return [];
  return [oneButton(messagesIn(digest.language).buttons.latest, { kind: 'latest', outboxId })];
}

function oneButton(label: string, action: ButtonAction): APIMessageTopLevelComponent {
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: encodeAction(action),
  } as const;
  return { type: ComponentType.ActionRow, components: [button] };
}

function storyButtonId(storyId: string, outboxId: string | null): string {
  return encodeAction(
    outboxId === null ? { kind: 'story', storyId } : { kind: 'more', outboxId, storyId },
  );
}

function inFrame(text: string, digest: Digest): string {
  return isolateForeignRuns(text, digest.language === 'ar' ? 'rtl' : 'ltr');
}

function textDisplay(content: string): APIMessageTopLevelComponent {
  return { type: ComponentType.TextDisplay, content };
}
