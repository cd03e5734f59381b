import { createHash } from 'node:crypto';
import { buildDigest } from '../digest/build-digest.ts';
import { digestLabels } from '../digest/labels.ts';
import { toPlainLine } from '../digest/shorten-text.ts';
import { hostOf, namesAnotherHost } from '../digest/shown-host.ts';
import type { Digest, DigestStory } from '../domain/digest.ts';
import type { Language } from '../domain/feed.ts';
import type { Story } from '../domain/story.ts';
import type { SubscriptionLanguage } from '../domain/subscription.ts';
import { isolateForeignRuns } from '../language/bidi.ts';

const PAGE_STORIES = 30;

const EMPTY = {
  ar: 'لا أخبار سيبرانية في آخر 24 ساعة.',
  en: 'No cyber stories in the last 24 hours.',
} as const;

const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; color: #1c2330; background: #fff; overflow-wrap: anywhere; }
main { display: grid; gap: 2rem; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); }
article { border-inline-start: 4px solid #8a94a6; margin: 1rem 0; padding-inline-start: .8rem; }
article.critical { border-color: #c4314b; } article.high { border-color: #e07b26; } article.medium { border-color: #d6b11d; }
h3 { margin: 0; font-size: 1.05rem; } p { margin: .2rem 0; } small { color: #5a6475; } a { color: #0b57a4; }
@media (prefers-color-scheme: dark) { body { color: #dfe4ec; background: #14181f; } small { color: #a3adbd; } a { color: #8ab8f5; } }`;

/** For the page's content security policy: this style and no other. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

/** On a phone the columns stand one below the other: the second is one touch away. */
const COLUMN_LINKS =
  '<a href="#en" lang="en">English</a> · <a href="#ar" lang="ar" dir="rtl">العربية</a>';

/** The last day's stories in two columns, each in its own language and direction. */
export function renderStoriesPage(stories: Story[], now: Date): string {
  const column = (language: 'ar' | 'en') => renderColumn(digestOf(stories, language, now));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rasid · راصد</title><style>${STYLE}</style></head>
<body><h1>Rasid · راصد</h1><nav>${COLUMN_LINKS}</nav><main>${column('en')}${column('ar')}</main></body></html>`;
}

function digestOf(stories: Story[], language: 'ar' | 'en', now: Date): Digest {
  const wanted: SubscriptionLanguage = language;
  const told = stories.filter((story) =>
    story.reports.some((report) => report.language === wanted),
  );
  return buildDigest(told, { language, timezone: 'UTC', dueAt: now, limit: PAGE_STORIES });
}

function renderColumn(digest: Digest): string {
  const { language, stories } = digest;
  const body =
    stories.map((story) => renderStory(story, language)).join('') || `<p>${EMPTY[language]}</p>`;
  return `<section lang="${language}" dir="${directionOf(language)}"><h2 id="${language}">${digestLabels(language).title}</h2>${body}</section>`;
}

function renderStory(story: DigestStory, frame: 'ar' | 'en'): string {
  const labels = digestLabels(frame);
  const [topic] = story.topics;
  const outlets = story.outlets.map(
    ({ name, language }) => `<bdi${inLanguage(language)}>${plainHtml(name, language)}</bdi>`,
  );
  const at = story.firstPublishedAt.toISOString();
  const details = [
    `<b>${labels.severity[story.severity]}</b>`,
    ...(topic === undefined ? [] : [labels.topic[topic]]),
    outlets.join(labels.comma),
    `<time datetime="${at}" dir="ltr">${at.slice(0, 16).replace('T', ' ')} UTC</time>`,
    ...linkBeside(story),
  ];
  return `<article class="${story.severity}">
<h3${inLanguage(story.titleLanguage)}>${linkTo(story)}</h3>
<p${inLanguage(story.summaryLanguage)}>${plainHtml(story.summary, story.summaryLanguage)}</p>
<small>${details.join(' · ')}</small></article>`;
}

/** A text's language decides its direction, not the word that it happens to begin with. */
function inLanguage(language: Language): string {
  return language === 'other'
    ? ' dir="auto"'
    : ` lang="${language}" dir="${directionOf(language)}"`;
}

function directionOf(language: 'ar' | 'en'): 'rtl' | 'ltr' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

function plainHtml(text: string, language: Language): string {
  const plain = toPlainLine(text);
  return escapeHtml(
    language === 'other' ? plain : isolateForeignRuns(plain, directionOf(language)),
  );
}

/** Only web addresses become links: a feed may give any scheme. */
function addressOf(story: DigestStory): string | null {
  return /^https?:\/\//.test(story.url) && URL.canParse(story.url) ? new URL(story.url).href : null;
}

function linkTo(story: DigestStory): string {
  const title = plainHtml(story.title, story.titleLanguage);
  const address = addressOf(story);
  return address === null || namesAnotherHost(story.title, address) ? title : link(address, title);
}

/** A title that names another host is no link: it would show one place and open another. The host that is opened stands below. */
function linkBeside(story: DigestStory): string[] {
  const address = addressOf(story);
  return address !== null && namesAnotherHost(story.title, address)
    ? [link(address, `<bdi dir="ltr">${escapeHtml(hostOf(address))}</bdi>`)]
    : [];
}

function link(address: string, html: string): string {
  return `<a href="${escapeHtml(address)}" rel="noreferrer noopener">${html}</a>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
