import { parse as parseDiscordMarkdown } from 'discord-markdown-parser';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.ts';
import { describeSubscription } from '../../src/discord/describe-subscription.ts';
import { messagesIn } from '../../src/discord/messages/messages-in.ts';
import {
  readQuietHours,
  readSources,
  readThreshold,
  readTime,
  readTimezone,
  readTopics,
} from '../../src/discord/read-options.ts';
import { renderDigest } from '../../src/discord/render-digest.ts';
import { renderMore } from '../../src/discord/render-more.ts';
import { messageOf } from '../../src/domain/errors.ts';
import type { Language } from '../../src/domain/feed.ts';
import type { Story } from '../../src/domain/story.ts';
import { defaultGuildSettings, type Subscription } from '../../src/domain/subscription.ts';
import { parseOpml, writeOpml } from '../../src/feeds/opml.ts';
import { renderDigestForTerminal } from '../../src/terminal/render-digest.ts';
import { renderStoriesPage } from '../../src/web/stories-page.ts';
import { makeStory } from '../digest/make-story.ts';
import { checkMessage, flatten, type MessageBody } from '../helpers/fake-discord/check-message.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';

const NOW = new Date('2026-11-24T05:00:00Z');
const PLAIN = 'plain';
const URL_OF_STORY = 'https://news.example/hospital';
type Frame = 'ar' | 'en';

/** In every place where a feed's words are shown. */
function storyOf(text: string, language: Language): Story {
  const entity = { name: text, mentions: [text] };
  return makeStory({
    language,
    title: text,
    summary: text,
    reports: [{ outlet: text }],
    entities: {
      actors: [entity],
      organisations: [entity],
      products: [entity],
      malware: [entity],
      cves: [text],
    },
  });
}

const digestOf = (text: string, language: Language, frame: Frame) =>
  buildDigest([storyOf(text, language)], {
    language: frame,
    timezone: 'UTC',
    dueAt: NOW,
    limit: 9,
    notices: [text],
  });

const wordsIn = (language: Frame) => ({
  settings: { ...defaultGuildSettings('1'), language },
  messages: messagesIn(language),
  now: NOW,
});

function subscriptionOf(text: string): Subscription {
  return {
    id: '1',
    guildId: '1',
    channelId: '123456789012345678',
    createdBy: '1',
    schedule: 'daily',
    atMinutes: 480,
    weekday: 7,
    timezone: 'UTC',
    roleId: null,
    language: 'both',
    topics: [],
    minSeverity: 'low',
    sources: [text],
    keyword: text,
    paused: true,
    pauseReason: text,
    nextDueAt: NOW,
    coveredUntil: NOW,
    createdAt: NOW,
  } as unknown as Subscription;
}

/** Everything in Discord that shows others' words, as the contents of text displays. */
const DISCORD: Record<string, (text: string, language: Language, frame: Frame) => string[]> = {
  digest: (text, language, frame) => {
    const place = { outboxId: '31', position: 1, roleId: null };
    const body = renderDigest(digestOf(text, language, frame), place) as MessageBody;
    checkMessage(body);
    expect(body.allowed_mentions).toEqual({ parse: [], roles: [] });
    return contentsOf(body);
  },
  story: (text, language, frame) =>
    contentsOf(renderMore(storyOf(text, language), wordsIn(frame)) as MessageBody),
  subscription: (text, _language, frame) =>
    describeSubscription(subscriptionOf(text), wordsIn(frame)),
  'answers to what was typed wrong': (text, _language, frame) => {
    const { messages } = wordsIn(frame);
    return [
      () => readTime(text, messages),
      () => readTimezone(text, messages),
      () => readQuietHours(text, messages),
      () => readThreshold(text, messages),
      () => readTopics(text, messages),
      () => readSources(text, ['Example News'], messages),
    ].map(refusalOf);
  },
};

function refusalOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    return messageOf(error);
  }
  throw new Error('it was taken as right');
}

/** What members typed is shown back without links. */
const WITH_LINKS = ['digest', 'story'];

function contentsOf({ components }: Pick<MessageBody, 'components'>): string[] {
  return flatten(components ?? []).flatMap(({ content }) => (content ? [content] : []));
}

interface Node {
  type: string;
  content?: string | Node[];
  target?: string;
}

/** What Discord makes of a content by its own markdown rules: the markup without the words, and the words. */
function readMarkdown(content: string): { markup: string; words: string } {
  const nodes = parseDiscordMarkdown(content, 'extended') as Node[];
  return { markup: nodes.map(markupOf).join(''), words: nodes.map(wordsOf).join('') };
}

function markupOf(node: Node): string {
  if (node.type === 'text' || node.type === 'br' || node.type === 'newline') return '';
  const inner = Array.isArray(node.content) ? node.content.map(markupOf).join('') : '';
  return `<${node.type}${node.target ? ` ${node.target}` : ''}>${inner}</>`;
}

function wordsOf(node: Node): string {
  return Array.isArray(node.content) ? node.content.map(wordsOf).join('') : (node.content ?? '');
}

/** Without what only steers direction, and without the invisible space that keeps names from being mentions. */
const visible = (text: string) => text.replace(/[\u200b\u200e\u200f\u2066-\u2069]/g, '');

/** Discord shows at most so much of an outlet's or an entity's name: what stands before an ellipsis. */
const opening = (seen: string) => seen.slice(0, 12);

function expectDirectionKept(text: string): void {
  expect(text).not.toMatch(/[\u202a-\u202e\u061c]/u);
  for (const line of text.split('\n')) {
    let open = 0;
    for (const character of line) {
      if (/[\u2066-\u2068]/.test(character)) open += 1;
      if (character === '\u2069') open -= 1;
      expect(open).toBeGreaterThanOrEqual(0);
    }
    expect(open).toBe(0);
  }
}

const CASES = HOSTILE_TEXTS.map(({ what, text, seen = text }) => ({ what, text, seen }));
const FRAMES: [Frame, Language][] = [
  ['en', 'en'],
  ['en', 'other'],
  ['ar', 'ar'],
  ['ar', 'en'],
];

describe.each(CASES)('$what', ({ text, seen }) => {
  it('is shown as it is written by Discord, with the markup of plain words', () => {
    for (const [frame, language] of FRAMES) {
      for (const [name, render] of Object.entries(DISCORD)) {
        const hostile = render(text, language, frame);
        const plain = render(PLAIN, language, frame);
        const read = hostile.map(readMarkdown);
        const markup = (contents: string[]) => contents.map((one) => readMarkdown(one).markup);
        const place = [name, frame, language];
        // A text that names a host is followed by a link instead of being one; elsewhere nothing may differ.
        expect([place, withoutLinks(markup(hostile))]).toEqual([
          place,
          withoutLinks(markup(plain)),
        ]);
        const links = read.flatMap((one) => one.markup.match(/<link [^>]*>/g) ?? []);
        expect(new Set(links)).toEqual(
          new Set(WITH_LINKS.includes(name) ? [`<link ${URL_OF_STORY}>`] : []),
        );
        expect(visible(read.map((one) => one.words).join('\n'))).toContain(opening(seen));
        hostile.forEach(expectDirectionKept);
      }
    }
  });

  it('does nothing to a terminal, with colours or without', () => {
    for (const [frame, language] of FRAMES) {
      for (const colour of [true, false]) {
        const options = { width: 100, colour, now: NOW };
        const shown = renderDigestForTerminal(digestOf(text, language, frame), options);
        const { rest, links } = readTerminal(shown);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
        expect(rest).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
        expect(links).toEqual(colour ? [URL_OF_STORY] : []);
        expect(visible(rest)).toContain(opening(seen));
        expectDirectionKept(rest);
      }
    }
  });

  it('is text on the web page, which has the elements of plain words', () => {
    for (const language of ['ar', 'en'] as const) {
      const page = (words: string) => parseHTML(renderStoriesPage([storyOf(words, language)], NOW));
      const [hostile, plain] = [page(text).document, page(PLAIN).document];
      const elements = (document: typeof hostile) =>
        [...document.querySelectorAll('*')]
          .map((element) => [element.tagName, ...element.getAttributeNames()].join(' '))
          .filter((element) => !/^(?:A|BDI)\b/.test(element));
      expect(elements(hostile)).toEqual(elements(plain));
      const links = [...hostile.querySelectorAll('article a')].map((link) =>
        link.getAttribute('href'),
      );
      expect(links).toEqual([URL_OF_STORY]);
      expect(visible(hostile.querySelector('h3')?.textContent ?? '')).toContain(opening(seen));
      expectDirectionKept(hostile.body.textContent ?? '');
    }
  });

  it('names a source in an OPML file that is read back with one source', () => {
    const source = { url: URL_OF_STORY, name: text, outlet: text, language: 'en' as const };
    const written = writeOpml([
      { ...source, kind: 'rss', topics: [], trust: 3, fullText: false, enabled: true },
    ]);
    expect(parseOpml(written).map(({ url }) => url)).toEqual([URL_OF_STORY]);
  });
});

function withoutLinks(markup: string[]): string[] {
  return markup.map((one) => one.replace(/<link [^>]*>(?:<em><\/>|<strong><\/>)*<\/>/g, ''));
}

/** A terminal's output without the styles that Rasid writes, and the addresses that it would open. */
function readTerminal(output: string): { rest: string; links: string[] } {
  const links: string[] = [];
  const rest = output
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
    .replace(/\u001b\]8;;([!-~]*)\u001b\\/g, (_all, url: string) => {
      if (url !== '') links.push(url);
      return '';
    })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
    .replace(/\u001b\[(?:1|2|22|3[1345]|39)m/g, '');
  return { rest, links };
}
