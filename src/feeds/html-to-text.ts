import { Parser } from 'htmlparser2';

/** Elements whose end (or place) parts words or paragraphs. */
const BLOCKS = new Set(
  'address article aside blockquote br center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul'.split(
    ' ',
  ),
);

const INLINE = new Set(
  'a abbr acronym amp-img applet area audio b base basefont bdi bdo big body button canvas caption cite code col colgroup data datalist del details dfn dir em embed fieldset font frame frameset head html i iframe img input ins kbd label legend link map mark menu meta meter noframes noscript object optgroup option output param path picture progress q rp rt ruby s samp script select small source span strike strong style sub summary sup svg tbody template textarea tfoot thead time title tt u var video wbr'.split(
    ' ',
  ),
);

/** Elements whose content is not for reading. */
const HIDDEN = new Set(['script', 'style', 'iframe', 'template', 'noframes', 'svg', 'select']);

/** Deeper markup is an attack; what was read until then is kept. */
const MAX_DEPTH = 256;

/**
 * What a line may hold: everything but controls, direction overrides and isolates, soft hyphens, zero-width spaces and byte order
 * marks. Written without Unicode classes, which cost four times as much on this path.
 */
const PRINTABLE =
  ' -~\\u00a1-\\u00ac\\u00ae-\\u200a\\u200c-\\u2029\\u202f-\\u2065\\u206a-\\ufefe\\uff00-\\uffff';
const UNPRINTABLE = new RegExp(`[^${PRINTABLE}]`);
const UNWANTED = new RegExp(`[^\\s${PRINTABLE}]|\\ufeff`, 'g');

/**
 * Plain text of HTML or of text that may be HTML: tags of HTML dropped, other `<words>` kept as written, entities resolved, scripts
 * and styles left out, invisible and direction-changing characters removed. Paragraphs are separated by one newline.
 */
export function htmlToText(html: string): string {
  const flat = html.includes('\n') ? html.replaceAll('\n', ' ') : html;
  if (!flat.includes('<') && !flat.includes('&')) return cleanLine(flat);
  const parts: string[] = [];
  let hiddenDepth = 0;
  let depth = 0;
  const parser = new Parser({
    onopentag(name) {
      depth += 1;
      if (depth > MAX_DEPTH) parser.pause();
      if (HIDDEN.has(name)) hiddenDepth += 1;
      else if (BLOCKS.has(name)) parts.push('\n');
      else if (isWord(name)) parts.push(flat.slice(parser.startIndex, parser.endIndex + 1));
    },
    onclosetag(name) {
      depth -= 1;
      if (HIDDEN.has(name)) hiddenDepth -= 1;
      else if (BLOCKS.has(name)) parts.push('\n');
    },
    ontext(text) {
      if (hiddenDepth === 0) parts.push(text);
    },
  });
  parser.end(flat);
  return cleanParagraphs(parts.join(''));
}

/** `<int>` in a headline is no HTML; `<o:p>` and `<my-widget>` are markup all the same. */
function isWord(name: string): boolean {
  return !INLINE.has(name) && !name.includes(':') && !name.includes('-');
}

/** One line of plain text. Where nothing but hidden markup was written, the markup's own words are kept. */
export function htmlToLine(html: string): string {
  const text = htmlToText(html);
  if (text === '' && html.trim() !== '') return cleanLine(html.replace(/[<>]/g, ' '));
  return text.includes('\n') ? text.replaceAll('\n', ' ') : text;
}

/** One line: white space collapsed, unwanted characters removed. For values that are never HTML: names, ids. */
export function cleanLine(text: string): string {
  if (isClean(text)) return text;
  return text.replace(UNWANTED, '').replace(/\s+/g, ' ').trim();
}

function isClean(text: string): boolean {
  if (text.startsWith(' ') || text.endsWith(' ') || text.includes('  ')) return false;
  return !UNPRINTABLE.test(text);
}

function cleanParagraphs(text: string): string {
  if (isClean(text)) return text;
  return text
    .split('\n')
    .map(cleanLine)
    .filter((line) => line !== '')
    .join('\n');
}
