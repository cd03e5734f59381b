import { parse as parseDiscordMarkdown } from 'discord-markdown-parser';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.ts';
import { namesAnotherHost } from '../../src/digest/shown-host.ts';
import { renderDigest } from '../../src/discord/render-digest.ts';
import { renderDigestForTerminal } from '../../src/terminal/render-digest.ts';
import { renderStoriesPage } from '../../src/web/stories-page.ts';
import { makeStory } from '../digest/make-story.ts';
import { flatten, type MessageBody } from '../helpers/fake-discord/check-message.ts';

const NOW = new Date('2026-11-24T05:00:00Z');
const EVIL = 'https://evil.example/a';

interface Link {
  text: string;
  opens: string;
}

const visible = (text: string) => text.replace(/[\u200b\u200e\u200f\u2066-\u2069]/g, '');
const storyOf = (title: string, url: string) => makeStory({ reports: [{ title, url }] });
const digestOf = (title: string, url: string) =>
  buildDigest([storyOf(title, url)], { language: 'en', timezone: 'UTC', dueAt: NOW, limit: 9 });

interface Node {
  type: string;
  content?: string | Node[];
  target?: string;
}

function linksInMarkdown(nodes: Node[]): Link[] {
  return nodes.flatMap((node) => {
    const inner = Array.isArray(node.content) ? node.content : [];
    return node.target === undefined
      ? linksInMarkdown(inner)
      : [{ text: visible(textOf(node)), opens: node.target }];
  });
}

function textOf({ content }: Node): string {
  return Array.isArray(content) ? content.map(textOf).join('') : (content ?? '');
}

/** Every link to be clicked, by where it is shown. */
const SHOWN: Record<string, (title: string, url: string) => Link[]> = {
  discord: (title, url) => {
    const place = { outboxId: '1', position: 1, roleId: null };
    const { components } = renderDigest(digestOf(title, url), place) as MessageBody;
    return flatten(components ?? []).flatMap(({ content }) =>
      linksInMarkdown(parseDiscordMarkdown(content ?? '', 'extended') as Node[]),
    );
  },
  web: (title, url) => {
    const { document } = parseHTML(renderStoriesPage([storyOf(title, url)], NOW));
    return [...document.querySelectorAll('article a')].map((link) => ({
      text: visible(link.textContent ?? ''),
      opens: link.getAttribute('href') ?? '',
    }));
  },
  terminal: (title, url) => {
    const shown = renderDigestForTerminal(digestOf(title, url), {
      width: 100,
      colour: true,
      now: NOW,
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a link
    const links = shown.matchAll(/\u001b\]8;;([!-~]+)\u001b\\(.*?)\u001b\]8;;\u001b\\/g);
    return [...links].map(([, opens = '', text = '']) => ({ text: visible(text), opens }));
  },
};

describe.each(Object.entries(SHOWN))('on %s', (_where, linksOf) => {
  it.each([
    'https://bank.example/login',
    'Sign in at https://bank.example now',
    'http://bank.example',
    'www.bank.example',
    'bank.com',
    'Your account at paypal.com is limited',
    'See bank.example/login, it is safe',
    'bank.example:443',
    'https://evil.example@bank.com/',
    'https://bank.com\\@evil.example',
    'Reset it: HTTPS://BANK.COM/',
    'раураl.com',
    'Visit https://еvil.example/a',
    'اقرأ المزيد على bank.com اليوم',
  ])('the title %j opens no other host than it names', (title) => {
    for (const { text, opens } of linksOf(title, EVIL)) {
      expect(new URL(opens).hostname).toBe('evil.example');
      expect(text).toMatch(/^evil\.example(?:\/a)?$/);
    }
    expect(linksOf(title, EVIL)).toHaveLength(1);
  });

  it.each([
    ['https://xn--80ak6aa92e.example/', 'https://xn--80ak6aa92e.example/'],
    ['https://аррӏе.com/a', 'https://xn--80ak6aa92e.com/a'],
    ['https://NEWS.Example/ا', 'https://news.example/%D8%A7'],
    ['https://ｅvil.example/', EVIL.slice(0, -1)],
    ['https://evil.example\\@bank.com', 'https://evil.example/@bank.com'],
    ['https://bank.com@evil.example/', 'https://bank.com@evil.example/'],
  ])('the address %s opens as %s, with no letter that looks like another', (url, opened) => {
    const links = linksOf('bank.com', url);
    expect(links.map(({ opens }) => opens)).toEqual([opened]);
    expect(links[0]?.text).toMatch(/^[!-~]+$/);
    expect(links[0]?.text).toContain(new URL(opened).hostname);
    expect(links[0]?.opens).toMatch(/^[!-~]+$/);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:a',
    'file:///etc/passwd',
    'tel:+1',
    'steam://run/1',
    'https://',
    'https://[::',
    '//evil.example',
    ' ',
  ])('the address %j is no link', (url) => {
    expect(linksOf('A title', url)).toEqual([]);
  });
});

describe('a title is the link itself', () => {
  it.each([
    ['Hospital chain hit by ransomware', EVIL],
    ['Outage at evil.example explained', EVIL],
    ['https://evil.example/a', EVIL],
    ['How www.evil.example fell', 'https://news.evil.example/x'],
    ['The U.S. and the E.U. agree on v2.0.1', EVIL],
    ['Node.js 24.1.0 fixes 3.5 bugs, e.g. in fs.readFile', EVIL],
    ['قراصنة يسربون البيانات.وزارة الصحة تنفي', EVIL],
    ['Mail to a@b.example? No', EVIL],
    ['and/or 24/7 10.5/10', EVIL],
  ])('where it names no other host: %s', (title, url) => {
    expect(namesAnotherHost(title, url)).toBe(false);
    expect(SHOWN.discord?.(title, url).map(({ text }) => text)).toEqual([title]);
  });
});
