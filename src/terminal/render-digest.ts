import { formatAge, formatDueTime } from '../digest/format-time.ts';
import { frameLine, frameText } from '../digest/frame-text.ts';
import { type DigestLabels, digestLabels } from '../digest/labels.ts';
import { shortenText, toPlainLine } from '../digest/shorten-text.ts';
import type { Digest, DigestStory } from '../domain/digest.ts';
import type { Language } from '../domain/feed.ts';
import { hyperlink, SEVERITY_STYLE, type Style, styleText } from './style-text.ts';
import { wrapText } from './wrap-text.ts';

export interface TerminalOptions {
  /** Columns. */
  width: number;
  /** Colours and links, for a terminal that a person looks at. */
  colour: boolean;
  now: Date;
  /** A later part of a digest that was told in several: without the head. */
  continued?: boolean;
}

const BAR = '┃ ';
const MIN_WIDTH = 20;
/** Longer lines are hard to read. */
const MAX_WIDTH = 100;
const NAMED_OUTLETS = 3;

/**
 * A digest as lines for a terminal, the same content as in Discord.
 *
 * Arabic is written in logical order, never reversed or shaped here, and not padded to the right edge: a terminal that knows
 * the bidirectional algorithm would turn it round a second time, and where such a terminal finds a right-to-left paragraph the padding
 * would stand on the wrong side. Each Arabic line is one right-to-left isolate with its foreign runs isolated inside: its order is right
 * whatever direction the terminal gives the paragraph, and the mark before it sends it to the right edge where the terminal looks for a
 * direction. A terminal without the algorithm shows the letters in reading order from the left.
 * Lines are wrapped here because an isolate ends with its line. Every line keeps to the width, except an address when there are no
 * links (`colour` false): cut, it would open nothing.
 */
export function renderDigestForTerminal(digest: Digest, options: TerminalOptions): string {
  const frame = createFrame(digest.language, options);
  const blocks = [
    options.continued ? [] : headerLines(digest, frame),
    ...digest.stories.map((story) => storyLines(story, frame)),
    footerLines(digest, frame),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

interface Frame extends TerminalOptions {
  language: 'ar' | 'en';
  labels: DigestLabels;
  /** Wraps one plain line, isolates, styles, and puts `lead` before each of the lines. */
  lines(
    text: string,
    o: { language: Language; lead: string; leadWidth: number; style?: Style },
  ): string[];
  /** One line in the frame's direction. */
  line(content: string): string;
}

function createFrame(language: 'ar' | 'en', options: TerminalOptions): Frame {
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, options.width));
  const line = (content: string) => (language === 'ar' ? frameLine(content, language) : content);
  return {
    ...options,
    width,
    language,
    labels: digestLabels(language),
    line,
    lines: (text, o) =>
      wrapText(toPlainLine(text), width - o.leadWidth).map((part) => {
        const framed = frameText(part, o.language, language);
        const styled = o.style === undefined ? framed : styleText(framed, o.style, options.colour);
        return line(`${o.lead}${styled}`);
      }),
  };
}

function headerLines(digest: Digest, frame: Frame): string[] {
  const { labels, language } = frame;
  const own = { language, lead: '', leadWidth: 0 };
  const due = formatDueTime(digest.dueAt, language, digest.timezone);
  const title = frame.lines(`🛡 ${labels.title} · ${due}`, { ...own, style: 'bold' });
  if (digest.stories.length === 0) return [...title, ...frame.lines(labels.nothing, own)];
  const counts = [
    labels.stories(digest.storyCount),
    ...(digest.criticalCount > 0 ? [labels.critical(digest.criticalCount)] : []),
    labels.articlesFromSources(digest.articleCount, digest.sourceCount),
  ];
  return [...title, ...frame.lines(counts.join(' · '), { ...own, style: 'dim' })];
}

function storyLines(story: DigestStory, frame: Frame): string[] {
  const lead = styleText(BAR, SEVERITY_STYLE[story.severity], frame.colour);
  const block = { lead, leadWidth: BAR.length };
  const mark =
    story.titleLanguage === frame.language
      ? ''
      : ` (${frame.labels.inLanguage[story.titleLanguage]})`;
  return [
    ...frame.lines(story.title, { ...block, language: story.titleLanguage, style: 'bold' }),
    ...frame.lines(story.summary, { ...block, language: story.summaryLanguage }),
    ...detailLines(story, mark, frame, lead),
    ...addressLine(story.url, frame, lead),
  ];
}

/** The severity's word in its colour, then topic, outlets, age and the title's language, dimmed. */
function detailLines(story: DigestStory, mark: string, frame: Frame, lead: string): string[] {
  const { labels, language } = frame;
  const severity = labels.severity[story.severity];
  const named = story.outlets.slice(0, NAMED_OUTLETS).map((outlet) => outlet.name);
  const others = story.outlets.length - named.length;
  const [topic] = story.topics;
  const text = [
    severity,
    ...(topic === undefined ? [] : [labels.topic[topic]]),
    `${named.join(labels.comma)}${others > 0 ? labels.moreOutlets(others) : ''}${mark}`,
    labels.firstReported(formatAge(story.firstPublishedAt, frame.now, language)),
  ].join(' · ');
  const coloured = styleText(severity, SEVERITY_STYLE[story.severity], frame.colour);
  return frame
    .lines(text, { lead, leadWidth: BAR.length, language, style: 'dim' })
    .map((line, index) => (index === 0 ? line.replace(severity, coloured) : line));
}

function addressLine(url: string, frame: Frame, lead: string): string[] {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return [];
  // As it is opened: foreign letters of a host in punycode, since one may look like another.
  const plain = new URL(url).href;
  const shown = frame.colour
    ? hyperlink(
        frameText(
          shortenText(plain.replace(/^https?:\/\//i, ''), frame.width - BAR.length),
          'en',
          frame.language,
        ),
        plain,
      )
    : frameText(plain, 'en', frame.language);
  return [frame.line(`${lead}${styleText(shown, 'dim', frame.colour)}`)];
}

function footerLines(digest: Digest, frame: Frame): string[] {
  const own = { language: frame.language, lead: '', leadWidth: 0 };
  const more =
    digest.moreCount > 0 ? frame.lines(frame.labels.moreStories(digest.moreCount), own) : [];
  const notices = digest.notices.flatMap((notice) =>
    frame.lines(`⚠ ${notice}`, { ...own, style: 'dim' }),
  );
  return [...more, ...notices];
}
