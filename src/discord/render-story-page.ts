import { ComponentType } from 'discord.js';
import { frameLine } from '../digest/frame-text.ts';
import { digestLabels } from '../digest/labels.ts';
import type { Language } from '../domain/feed.ts';
import type { Story, StoryReport } from '../domain/story.ts';
import type { Reply, ReplyContext } from './command.ts';
import { hostLink, linkTarget, mayBeLink } from './escape-text.ts';
import { MAX_TEXT } from './limits.ts';
import {
  entityLines,
  languagesInOrder,
  lengthOf,
  linesWithin,
  reportsWithin,
  summaryLines,
  titleLines,
  toTextDisplay,
} from './render-more.ts';
import { directedText, SEVERITY_COLOURS } from './render-story.ts';
import { moment } from './show-time.ts';

const MAX_TITLE = 90;
const MAX_OUTLET = 40;
/** Names, timeline and articles share what title and summaries leave; the articles get at least this. */
const ROOM_FOR_ARTICLES = 1_400;

/** `/story`: what happened, in the server's language first, when who told it first, the names in it, and every article by language. */
export function renderStoryPage(
  story: Story,
  exploited: ReadonlyMap<string, string>,
  context: ReplyContext,
): Reply {
  const told = [...titleLines(story, context), ...summaryLines(story, context)];
  const timeline = timelineLines(story, context);
  const room = MAX_TEXT - lengthOf([...told, ...timeline]);
  const named = linesWithin(entityLines(story, exploited, context), room - ROOM_FOR_ARTICLES);
  const articles = articleLines(story, context, room - lengthOf(named));
  const blocks = [told, timeline, named, articles];
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

/** The first report of all, the first in each further language, and the latest. */
function timelineLines(story: Story, { messages, settings }: ReplyContext): string[] {
  const words = messages.storyPage;
  const labels = digestLabels(settings.language);
  const [first] = story.reports;
  const last = story.reports.at(-1);
  if (first === undefined || last === undefined) return [];
  const firsts = (['ar', 'en', 'other'] satisfies Language[])
    .filter((language) => language !== first.language)
    .flatMap((language) => story.reports.find((report) => report.language === language) ?? []);
  const line = (label: string, report: StoryReport) => {
    const outlet = directedText(report.outlet, MAX_OUTLET, report.language, settings.language);
    return frameLine(
      `${label}: ${moment(report.publishedAt, settings.language)} · ${outlet}`,
      settings.language,
    );
  };
  const outlets = new Set(story.reports.map((report) => report.outlet)).size;
  return [
    frameLine(
      `**${words.timeline}** · ${labels.articlesFromSources(story.reports.length, outlets)}`,
      settings.language,
    ),
    line(words.firstReport, first),
    ...firsts
      .sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime())
      .map((report) => line(words.firstIn(labels.inLanguage[report.language]), report)),
    ...(story.reports.length > 1 ? [line(words.latestReport, last)] : []),
  ];
}

/** All articles by language, oldest first, as many as there is room for. */
function articleLines(story: Story, context: ReplyContext, room: number): string[] {
  const { messages, settings } = context;
  const labels = digestLabels(settings.language);
  const all = languagesInOrder(settings.language).map((language) => {
    const reports = story.reports.filter((report) => report.language === language);
    return {
      heading: `**${messages.story.sources} · ${labels.inLanguage[language]}** (${reports.length})`,
      reports: reports.map((report) => articleLine(report, settings.language)),
    };
  });
  return reportsWithin(all, room, context);
}

function articleLine(report: StoryReport, frame: 'ar' | 'en'): string {
  const title = directedText(report.title, MAX_TITLE, report.language, frame) || '—';
  const target = linkTarget(report.url);
  const isLink = target !== null && mayBeLink(report.title, title, target);
  const outlet = directedText(report.outlet, MAX_OUTLET, report.language, frame);
  const parts = [
    isLink ? `[${title}](${target})` : title,
    ...(target === null || isLink ? [] : [hostLink(target, frame)]),
    outlet,
    moment(report.publishedAt, frame),
  ];
  return frameLine(parts.join(' · '), frame);
}
