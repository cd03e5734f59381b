import { type APITextDisplayComponent, ComponentType } from 'discord.js';
import { digestStory } from '../digest/build-digest.ts';
import { frameLine } from '../digest/frame-text.ts';
import { digestLabels } from '../digest/labels.ts';
import type { Entity } from '../domain/entity.ts';
import type { Language } from '../domain/feed.ts';
import type { Story, StoryReport } from '../domain/story.ts';
import type { Reply, ReplyContext } from './command.ts';
import { linkTarget, linkText } from './escape-text.ts';
import { MAX_TEXT } from './limits.ts';
import { directedText, SEVERITY_COLOURS } from './render-story.ts';
import { inServerDirection } from './reply.ts';
import { timeInReply } from './show-time.ts';

type Words = Pick<ReplyContext, 'messages' | 'settings' | 'now'>;

/** CVEs that are known to be exploited, with the day on which CISA said so. */
export type Exploited = ReadonlyMap<string, string>;

const MAX_TITLE = 160;
/** Escaped it may be twice as long, and there may be one in each of three languages. */
const MAX_SUMMARY = 500;
const ROOM_FOR_SOURCES = 1_200;
const MAX_OUTLET = 40;
const MAX_ENTITIES = 8;
const MAX_ENTITY = 40;
const MAX_CVES = 12;
const LANGUAGES: Language[] = ['ar', 'en', 'other'];

/** The longer view of a story: what happened, in each language that tells it, who reported it when, and the names in it. */
export function renderMore(story: Story, context: Words, exploited: Exploited = new Map()): Reply {
  const told = [...titleLines(story, context), ...summaryLines(story, context)];
  const room = MAX_TEXT - lengthOf(told);
  const named = linesWithin(entityLines(story, exploited, context), room - ROOM_FOR_SOURCES);
  const sources = sourceLines(story, context, room - lengthOf(named));
  const blocks = [told, named, sources];
  return {
    components: [
      {
        type: ComponentType.Container,
        accent_color: SEVERITY_COLOURS[story.severity.level],
        components: blocks.filter((lines) => lines.length > 0).map(toTextDisplay),
      },
    ],
  };
}

export function titleLines(story: Story, { settings, now }: Words): string[] {
  const labels = digestLabels(settings.language);
  const shown = digestStory(story, settings.language);
  const title = directedText(shown.title, MAX_TITLE, shown.titleLanguage, settings.language);
  const details = [
    labels.severity[shown.severity],
    ...shown.topics.map((topic) => labels.topic[topic]),
    labels.firstReported(timeInReply(shown.firstPublishedAt, settings.language, now)),
  ];
  return [
    frameLine(`**${title}**`, settings.language),
    `-# ${frameLine(details.join(' · '), settings.language)}`,
  ];
}

/** One summary in each language that has one; the server's own first. */
export function summaryLines(story: Story, { settings, messages }: Words): string[] {
  const told = languagesInOrder(settings.language)
    .map((language) => longest(story.reports.filter((report) => report.language === language)))
    .filter((report) => report !== undefined);
  if (told.length === 0) return [frameLine(messages.story.noSummary, settings.language)];
  return told.map((report) =>
    frameLine(
      directedText(report.summary, MAX_SUMMARY, report.language, settings.language),
      settings.language,
    ),
  );
}

function longest(reports: StoryReport[]): StoryReport | undefined {
  return reports
    .filter((report) => report.summary !== '')
    .sort((a, b) => b.summary.length - a.summary.length)[0];
}

export function entityLines(story: Story, exploited: Exploited, context: Words): string[] {
  const { messages, settings } = context;
  const names = messages.story.entities;
  const { actors, organisations, products, malware, cves } = story.entities;
  const line = (label: string, values: string[]) =>
    values.length === 0
      ? []
      : [`-# ${frameLine(`${label}: ${values.join(' · ')}`, settings.language)}`];
  const shown = (entities: Entity[]) =>
    entities
      .slice(0, MAX_ENTITIES)
      .map((entity) => directedText(entity.name, MAX_ENTITY, 'other', settings.language));
  const cveLine = (cve: string) => {
    const since = exploited.get(cve);
    const mark =
      since === undefined
        ? ''
        : ` ${inServerDirection(messages.storyPage.exploited(since), context)}`;
    return `${cveLink(cve, settings.language)}${mark}`;
  };
  return [
    ...line(names.actors, shown(actors)),
    ...line(names.organisations, shown(organisations)),
    ...line(names.products, shown(products)),
    ...line(names.malware, shown(malware)),
    ...line(names.cves, exploitedFirst(cves, exploited).map(cveLine)),
  ];
}

/** What is exploited must not be what is left out. */
function exploitedFirst(cves: string[], exploited: Exploited): string[] {
  const rank = (cve: string) => (exploited.has(cve) ? 0 : 1);
  return [...cves].sort((a, b) => rank(a) - rank(b)).slice(0, MAX_CVES);
}

function cveLink(cve: string, frame: 'ar' | 'en'): string {
  const shown = directedText(cve, MAX_ENTITY, 'en', frame);
  const isRegular = /^CVE-\d{4}-\d{4,}$/.test(cve);
  return isRegular ? `[${shown}](https://nvd.nist.gov/vuln/detail/${cve})` : shown;
}

/** All reports by language, oldest first, as many as there is room for. */
function sourceLines(story: Story, context: Words, room: number): string[] {
  const { messages, settings } = context;
  const labels = digestLabels(settings.language);
  const all = languagesInOrder(settings.language).map((language) => ({
    heading: `**${messages.story.sources} · ${labels.inLanguage[language]}**`,
    reports: story.reports
      .filter((report) => report.language === language)
      .map((report) => reportLine(report, context)),
  }));
  return reportsWithin(all, room, context);
}

/** Headings with their reports, a line each, as many as there is room for; a last line counts the reports that are left out. */
export function reportsWithin(
  groups: { heading: string; reports: string[] }[],
  room: number,
  { messages, settings }: Words,
): string[] {
  const line = (content: string) => frameLine(content, settings.language);
  const all = groups.flatMap(({ heading, reports }) =>
    reports.length === 0 ? [] : [{ text: line(heading), counts: 0 }, ...reports.map(counted)],
  );
  const closing = (left: number) => `-# ${line(messages.story.others(left))}`;
  const kept: string[] = [];
  let waiting = groups.reduce((sum, { reports }) => sum + reports.length, 0);
  let left = room - closing(waiting).length - 1;
  for (const { text, counts } of all) {
    left -= text.length + 1;
    if (left < 0) return [...kept, closing(waiting)];
    kept.push(text);
    waiting -= counts;
  }
  return kept;
}

const counted = (text: string) => ({ text, counts: 1 });

function reportLine(report: StoryReport, { settings, now }: Words): string {
  const outlet = directedText(report.outlet, MAX_OUTLET, report.language, settings.language);
  const linked = linkText(report.outlet, outlet, linkTarget(report.url), settings.language);
  return frameLine(
    `${linked} · ${timeInReply(report.publishedAt, settings.language, now)}`,
    settings.language,
  );
}

export function lengthOf(lines: string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** Those lines, in order, that still fit. */
export function linesWithin(lines: string[], room: number): string[] {
  const kept: string[] = [];
  for (const line of lines) {
    if (lengthOf([...kept, line]) <= room) kept.push(line);
  }
  return kept;
}

export function languagesInOrder(own: Language): Language[] {
  return [own, ...LANGUAGES.filter((language) => language !== own)];
}

export function toTextDisplay(lines: string[]): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content: lines.join('\n') };
}
