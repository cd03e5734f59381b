import { buildDigest } from '../digest/build-digest.ts';
import type { Digest, DigestStory } from '../domain/digest.ts';
import type { Story } from '../domain/story.ts';
import type { SubscriptionLanguage } from '../domain/subscription.ts';

const PAGE_STORIES = 30;

const HEADINGS = {
  ar: { title: 'موجز الأمن السيبراني', empty: 'لا أخبار سيبرانية في آخر 24 ساعة.' },
  en: { title: 'Cyber digest', empty: 'No cyber stories in the last 24 hours.' },
} as const;

const STYLE = `
body { font: 16px/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; color: #1c2330; }
main { display: grid; gap: 2rem; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); }
article { border-inline-start: 4px solid #8a94a6; margin: 1rem 0; padding-inline-start: .8rem; }
article.critical { border-color: #c4314b; } article.high { border-color: #e07b26; } article.medium { border-color: #d6b11d; }
h3 { margin: 0; font-size: 1.05rem; } p { margin: .2rem 0; } small { color: #5a6475; }`;

/** The last day's stories in two columns, each in its own language and direction. */
export function renderStoriesPage(stories: Story[], now: Date): string {
  const column = (language: 'ar' | 'en') => renderColumn(digestOf(stories, language, now));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rasid · راصد</title><style>${STYLE}</style></head>
<body><h1>Rasid · راصد</h1><main>${column('en')}${column('ar')}</main></body></html>`;
}

function digestOf(stories: Story[], language: 'ar' | 'en', now: Date): Digest {
  const wanted: SubscriptionLanguage = language;
  const told = stories.filter((story) =>
    story.reports.some((report) => report.language === wanted),
  );
  return buildDigest(told, { language, timezone: 'UTC', dueAt: now, limit: PAGE_STORIES });
}

function renderColumn(digest: Digest): string {
  const { title, empty } = HEADINGS[digest.language];
  const body = digest.stories.map(renderStory).join('') || `<p>${empty}</p>`;
  const direction = digest.language === 'ar' ? 'rtl' : 'ltr';
  return `<section lang="${digest.language}" dir="${direction}"><h2>${title}</h2>${body}</section>`;
}

function renderStory(story: DigestStory): string {
  const outlets = story.outlets
    .map((outlet) => `<bdi>${escapeHtml(outlet.name)}</bdi>`)
    .join(' · ');
  const time = story.firstPublishedAt.toISOString();
  return `<article class="${story.severity}">
<h3 dir="auto">${linkTo(story)}</h3>
<p dir="auto">${escapeHtml(story.summary)}</p>
<small>${outlets} · <time datetime="${time}">${time.slice(0, 16).replace('T', ' ')} UTC</time></small></article>`;
}

/** Only web addresses become links: a feed may give any scheme. */
function linkTo(story: DigestStory): string {
  const title = escapeHtml(story.title);
  return /^https?:\/\//.test(story.url)
    ? `<a href="${escapeHtml(story.url)}" rel="noreferrer noopener">${title}</a>`
    : title;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
