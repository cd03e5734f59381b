import {
  type APIContainerComponent,
  type APISectionComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { frameLine, frameText } from '../digest/frame-text.ts';
import { digestLabels } from '../digest/labels.ts';
import { shortenText, toPlainLine } from '../digest/shorten-text.ts';
import type { DigestStory } from '../domain/digest.ts';
import type { Language } from '../domain/feed.ts';
import type { SeverityLevel } from '../domain/severity.ts';
import { escapeText, hostLink, linkTarget, mayBeLink } from './escape-text.ts';
import { messagesIn } from './messages/messages-in.ts';

/** Read on Discord's dark and light themes; severity is always a word as well. */
export const SEVERITY_COLOURS: Record<SeverityLevel, number> = {
  critical: 0xd92d20,
  high: 0xf79009,
  medium: 0xeac54f,
  low: 0x667085,
};

const MAX_TITLE = 160;
const MAX_SUMMARY = 260;
const MAX_OUTLET = 40;
const NAMED_OUTLETS = 2;

/** How a story's frame is written. */
export interface StoryFrame {
  language: 'ar' | 'en';
  /** When something was, as it is said in the message. */
  time(at: Date): string;
}

/** One story of a digest: a container in the colour of its severity, with a button that opens more. Four components. */
export function renderStory(
  story: DigestStory,
  { language: frame, time }: StoryFrame,
  customId: string,
): APIContainerComponent {
  const lines = [
    titleLine(story, frame),
    ...summaryLine(story, frame),
    detailLine(story, { language: frame, time }),
  ];
  const section: APISectionComponent = {
    type: ComponentType.Section,
    components: [{ type: ComponentType.TextDisplay, content: lines.join('\n') }],
    accessory: {
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: messagesIn(frame).buttons.more,
      custom_id: customId,
    },
  };
  return {
    type: ComponentType.Container,
    accent_color: SEVERITY_COLOURS[story.severity],
    components: [section],
  };
}

export function titleLine(story: DigestStory, frame: 'ar' | 'en'): string {
  const title = shownTitle(story, frame);
  const target = linkTarget(story.url);
  const isLink = target !== null && mayBeLink(story.title, title, target);
  const linked = isLink ? `[${title}](${target})` : title;
  const mark =
    story.titleLanguage === frame
      ? ''
      : ` · ${digestLabels(frame).inLanguage[story.titleLanguage]}`;
  return frameLine(`**${linked}**${mark}`, frame);
}

function shownTitle(story: DigestStory, frame: 'ar' | 'en'): string {
  return directedText(story.title, MAX_TITLE, story.titleLanguage, frame) || '—';
}

/** Beside a title that may be no link itself, the host that the story's address opens. */
function linkBeside(story: DigestStory, frame: 'ar' | 'en'): string[] {
  const target = linkTarget(story.url);
  return target === null || mayBeLink(story.title, shownTitle(story, frame), target)
    ? []
    : [hostLink(target, frame)];
}

function summaryLine(story: DigestStory, frame: 'ar' | 'en'): string[] {
  const summary = directedText(story.summary, MAX_SUMMARY, story.summaryLanguage, frame);
  return summary === '' ? [] : [frameLine(summary, frame)];
}

/** Severity, the surest topic, who says so, how old. */
function detailLine(story: DigestStory, { language: frame, time }: StoryFrame): string {
  const labels = digestLabels(frame);
  const [topic] = story.topics;
  const parts = [
    labels.severity[story.severity],
    ...(topic === undefined ? [] : [labels.topic[topic]]),
    ...sourcesAndAge(story, { language: frame, time }),
    ...updates(story, frame),
  ];
  return `-# ${frameLine(parts.join(' · '), frame)}`;
}

/** `updated 3 times, 7 sources` of an entry that has been edited. */
function updates({ updates = 0, outlets }: DigestStory, frame: 'ar' | 'en'): string[] {
  const labels = digestLabels(frame);
  if (updates === 0) return [];
  return [`${labels.updated(updates)}${labels.comma}${labels.sources(outlets.length)}`];
}

/** `Reuters, BBC عربي +3` and `first 6 h ago`. */
export function sourcesAndAge(story: DigestStory, { language: frame, time }: StoryFrame): string[] {
  const labels = digestLabels(frame);
  const named = story.outlets
    .slice(0, NAMED_OUTLETS)
    .map((outlet) => directedText(outlet.name, MAX_OUTLET, outlet.language, frame));
  const others = story.outlets.length - named.length;
  return [
    `${named.join(labels.comma)}${others > 0 ? labels.moreOutlets(others) : ''}`,
    labels.firstReported(time(story.firstPublishedAt)),
    ...linkBeside(story, frame),
  ];
}

/** A feed's text, shortened, made harmless, and kept from reordering the line around it. */
export function directedText(
  text: string,
  limit: number,
  language: Language,
  frame: 'ar' | 'en',
): string {
  const plain = shortenText(toPlainLine(text), limit);
  return plain === '' ? '' : escapeText(frameText(plain, language, frame));
}
