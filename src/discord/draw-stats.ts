import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import type { TopicCount } from '../digest/count-stories.ts';
import { digestLabels } from '../digest/labels.ts';
import { SEVERITY_LEVELS, type SeverityLevel } from '../domain/severity.ts';
import { SEVERITY_COLOURS } from './render-story.ts';

const WIDTH = 900;
const MARGIN = 32;
const ROW_HEIGHT = 48;
const BAR_HEIGHT = 26;
const HEAD_HEIGHT = 116;
/** Room for the longest topic's name, in either language. */
const NAMES_WIDTH = 250;
/** Room for the number after a bar. */
const NUMBER_WIDTH = 56;
const MAX_TOPICS = 10;

const require = createRequire(import.meta.url);

/** Both scripts in one family (SIL Open Font License), so that no system font is needed. */
const FONT_FILES = [
  require.resolve(
    '@expo-google-fonts/ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf',
  ),
  require.resolve('@expo-google-fonts/ibm-plex-sans-arabic/700Bold/IBMPlexSansArabic_700Bold.ttf'),
];
const FONT = 'IBM Plex Sans Arabic';

/**
 * Stories by topic, each bar divided by severity: a PNG on a dark ground that fits both of Discord's themes. In Arabic it is mirrored:
 * names at the right, bars growing to the left.
 */
export function drawStats(title: string, topics: TopicCount[], language: 'ar' | 'en'): Buffer {
  const svg = statsSvg(title, topics.slice(0, MAX_TOPICS), language);
  const picture = new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles: FONT_FILES, defaultFontFamily: FONT },
  });
  return picture.render().asPng();
}

function statsSvg(title: string, topics: TopicCount[], language: 'ar' | 'en'): string {
  const page = pageOf(language);
  const labels = digestLabels(language);
  const height = HEAD_HEIGHT + topics.length * ROW_HEIGHT + MARGIN;
  const longest = Math.max(1, ...topics.map(({ total }) => total));
  const room = WIDTH - 2 * MARGIN - NAMES_WIDTH - NUMBER_WIDTH;
  const rows = topics.map((count, index) => {
    const top = HEAD_HEIGHT + index * ROW_HEIGHT;
    const name = page.text(NAMES_WIDTH - 14, top + 21, labels.topic[count.topic], {
      size: 20,
      end: true,
    });
    return name + bar(count, { page, top, scale: room / longest });
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}">
<rect width="${WIDTH}" height="${height}" rx="12" fill="#1e1f22"/>
${page.text(0, 34, title, { size: 26, bold: true })}
${legend(page, language)}
${rows.join('\n')}
</svg>`;
}

/** Its parts from the most severe on, and the number of stories behind them. */
function bar(count: TopicCount, o: { page: Page; top: number; scale: number }): string {
  let start = NAMES_WIDTH;
  const parts = SEVERITY_LEVELS.toReversed().map((level) => {
    const width = count.bySeverity[level] * o.scale;
    const part = o.page.box(start, o.top, width, colourOf(level));
    start += width;
    return width === 0 ? '' : part;
  });
  return (
    parts.join('') +
    o.page.text(start + 10, o.top + 21, String(count.total), { size: 20, bold: true })
  );
}

function legend(page: Page, language: 'ar' | 'en'): string {
  const labels = digestLabels(language).severity;
  return SEVERITY_LEVELS.toReversed()
    .map((level, index) => {
      const start = index * 150;
      const mark = page.box(start, 56, 22, colourOf(level), 22);
      return mark + page.text(start + 32, 74, labels[level], { size: 18 });
    })
    .join('');
}

type Page = ReturnType<typeof pageOf>;

/** Places things by their distance from the edge where a line of the language begins. */
function pageOf(language: 'ar' | 'en') {
  const isMirrored = language === 'ar';
  return {
    text(
      start: number,
      y: number,
      text: string,
      o: { size: number; bold?: boolean; end?: boolean },
    ) {
      const x = isMirrored ? WIDTH - MARGIN - start : MARGIN + start;
      // In SVG without a direction, "end" is the right edge of the text.
      const anchor = isMirrored === (o.end ?? false) ? 'start' : 'end';
      const weight = o.bold ? 700 : 400;
      return `<text x="${x}" y="${y}" font-family="${FONT}" font-size="${o.size}" font-weight="${weight}" fill="#f2f3f5" text-anchor="${anchor}">${escapeXml(text)}</text>`;
    },
    box(start: number, y: number, width: number, colour: string, height = BAR_HEIGHT) {
      const x = isMirrored ? WIDTH - MARGIN - start - width : MARGIN + start;
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colour}"/>`;
    },
  };
}

function colourOf(level: SeverityLevel): string {
  return `#${SEVERITY_COLOURS[level].toString(16).padStart(6, '0')}`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
