import {
  CLOSING_LINES,
  CREDIT_TAIL,
  DROPPED_LINES,
  FOLLOWED_BY_LINKS,
  LICENCE,
  REMOVED_ANYWHERE,
  TAIL,
} from './boilerplate-patterns.ts';

/** Captions and links are short; a longer line is news, whatever it begins with. */
const LONGEST_DROPPED_LINE = 300;

/** A photograph's caption and licence stand at the head of an agency story; credits at its end are no longer. */
const LONGEST_CAPTION = 600;

/** `Reporting by …`, `The post …` and `Continue reading` may stand one behind the other. */
const TAIL_ROUNDS = 2;

/** Lines of links under "Read also:". */
const MOST_LINKS = 5;

/**
 * Text without what the publisher puts around every story, in Arabic and English: photo credits and licence lines, agency
 * tags, reporting and editing credits, standards, "read also", share lines, pleas to subscribe, "appeared first on". A line
 * goes only where it says nothing else; news sentences stay. Paragraphs stay separated by one newline.
 * `outlets` are the names under which the publisher may sign a dateline, beside the known agencies.
 */
export function stripBoilerplate(text: string, outlets: readonly string[] = []): string {
  const lines = text
    .split('\n')
    .map((line) => cleanLine(line.trim()))
    .filter((line) => line !== '' && !isDropped(line));
  const kept = dropLinkLists(lines);
  while (kept.length > 1 && CLOSING_LINES.some((pattern) => pattern.test(kept.at(-1) ?? ''))) {
    kept.pop();
  }
  const [first, ...others] = kept;
  return first === undefined ? '' : [cutAgencyTag(first, outlets), ...others].join('\n');
}

function cleanLine(line: string): string {
  let clean = cutCaption(line);
  for (const [pattern, replacement] of REMOVED_ANYWHERE)
    clean = clean.replace(pattern, replacement);
  for (let round = 0; round < TAIL_ROUNDS; round += 1) {
    for (const pattern of TAIL) clean = cutTail(clean, pattern);
  }
  return clean.trim();
}

/** `…File photo Purchase Licensing Rights`: all of a caption line, or the caption before the story on the same line. */
function cutCaption(line: string): string {
  const licence = LICENCE.exec(line);
  if (licence === null) return line;
  const end = licence.index + licence[0].length;
  if (licence.index <= LONGEST_CAPTION) return line.slice(end).trim();
  return line.replace(LICENCE, '').trim();
}

const AGENCIES = new Set(
  (
    'Reuters|REUTERS|AP|AFP|UPI|dpa|DPA|CNN|Bloomberg|Xinhua|رويترز|أ ف ب|أ.ف.ب|ا ف ب|فرانس برس|د ب أ|أسوشيتد برس|الأناضول|وكالات|شينخوا|' +
    'واس|وام|سبوتنيك'
  ).split('|'),
);
const TAG = /^([^.!؟?()]{2,60}?)\s*\(([^()]{2,30})\)\s*([-–—]*\s*)(?=\S)/u;
const BYLINE = /^By \p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){1,3}\s+(?=\p{Lu}{3,})/u;

/** `WASHINGTON (Reuters) - …` keeps its place and loses the agency. */
function cutAgencyTag(line: string, outlets: readonly string[]): string {
  const unsigned = line.replace(BYLINE, '');
  return unsigned.replace(TAG, (tag, place: string, agency: string, dash: string) => {
    const isOutlet = dash !== '' && outlets.some((outlet) => outlet.includes(agency));
    return isOutlet || AGENCIES.has(agency) ? `${place} ${dash || '– '}` : tag;
  });
}

function cutTail(line: string, pattern: RegExp): string {
  const start = Math.max(0, line.length - LONGEST_CAPTION);
  const match = pattern.exec(line.slice(start));
  return match === null ? line : line.slice(0, start + match.index).trimEnd();
}

function isDropped(line: string): boolean {
  if (CREDIT_TAIL.test(line) && line.length <= LONGEST_CAPTION) return true;
  return line.length <= LONGEST_DROPPED_LINE && DROPPED_LINES.some((pattern) => pattern.test(line));
}

/** "Read also:" on a line of its own takes the titles under it along: short lines that end no sentence. */
function dropLinkLists(lines: string[]): string[] {
  const kept: string[] = [];
  let links = 0;
  for (const line of lines) {
    if (FOLLOWED_BY_LINKS.test(line)) {
      links = MOST_LINKS;
      continue;
    }
    const isLink = links > 0 && line.length <= 120 && !/[.!…:"”»]$/u.test(line);
    links = isLink ? links - 1 : 0;
    if (!isLink) kept.push(line);
  }
  return kept;
}
