import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Longer HTML is cut: no article is, and what follows would only cost time. */
const MAX_HTML_CHARACTERS = 1_048_576;

const words = (list: string) => new Set(list.split(' '));

/** Elements that end a paragraph on both sides. */
const BLOCKS = words(
  'address article aside blockquote body br center dd details div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody tr ul',
);

/** Elements that part words but not paragraphs. */
const CELLS = words('td th option');

/** Elements whose content is not the article's: code, captions, controls. */
const DROPPED = words(
  'script style noscript template iframe svg math figure figcaption picture video audio object canvas button select textarea form nav title',
);

/** Elements of `DROPPED` that the tokenizer itself reads to their end as raw text. */
const RAW = words('script style title textarea');

/**
 * Text of HTML as a reader would take it: paragraphs separated by one newline, entities resolved, scripts, styles, figures
 * and their captions left out. For hostile input it is linear in time and keeps no tree; input over 1 MiB is cut.
 * Text without tags and entities passes through with its white space tidied.
 */
export function htmlToText(html: string): string {
  const input = html.length > MAX_HTML_CHARACTERS ? html.slice(0, MAX_HTML_CHARACTERS) : html;
  return tidy(/[<&]/u.test(input) ? readText(input) : input);
}

function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n[\n ]*/gu, '\n')
    .trim();
}

function readText(html: string): string {
  const parts: string[] = [];
  /** The dropped element being left out, and how many of its kind are open. */
  let dropped: { name: string; depth: number } | null = null;
  const add = (text: string) => {
    if (dropped === null) parts.push(text);
  };
  const open = (name: string) => {
    if (dropped !== null) {
      if (dropped.name === name && !RAW.has(name)) dropped.depth += 1;
    } else if (DROPPED.has(name)) {
      parts.push('\n');
      dropped = { name, depth: 1 };
    } else add(separatorOf(name));
  };
  const close = (name: string) => {
    if (dropped === null) add(separatorOf(name));
    else if (dropped.name === name) {
      dropped.depth -= 1;
      if (dropped.depth === 0) dropped = null;
    }
  };
  tokenize(html, { open, close, text: add });
  return parts.join('');
}

function separatorOf(name: string): string {
  if (BLOCKS.has(name)) return '\n';
  return CELLS.has(name) ? ' ' : '';
}

interface Reader {
  open: (name: string) => void;
  close: (name: string) => void;
  text: (text: string) => void;
}

function tokenize(html: string, reader: Reader): void {
  const nothing = () => undefined;
  let name = '';
  const callbacks: TokenizerCallbacks = {
    onattribdata: nothing,
    onattribentity: nothing,
    onattribend: nothing,
    onattribname: nothing,
    oncomment: nothing,
    ondeclaration: nothing,
    onend: nothing,
    onprocessinginstruction: nothing,
    oncdata: (start, end, offset) => reader.text(spaced(html.slice(start, end - offset))),
    ontext: (start, end) => reader.text(spaced(html.slice(start, end))),
    ontextentity: (codepoint) => reader.text(spaced(String.fromCodePoint(codepoint))),
    onopentagname: (start, end) => {
      name = html.slice(start, end).toLowerCase();
      reader.open(name);
    },
    onopentagend: nothing,
    onselfclosingtag: () => {
      // `<script/>` opens nothing that would be closed later in XHTML feeds.
      if (DROPPED.has(name)) reader.close(name);
    },
    onclosetag: (start, end) => reader.close(html.slice(start, end).toLowerCase()),
  };
  const tokenizer = new Tokenizer({ decodeEntities: true }, callbacks);
  tokenizer.write(html);
  tokenizer.end();
}

/** Line breaks in the source are only spaces. */
function spaced(text: string): string {
  return /[\n\r\t]/u.test(text) ? text.replace(/[\n\r\t]+/gu, ' ') : text;
}

const VOID = words(
  'area base br col embed hr img input link meta source track wbr p li dt dd option tr td th',
);

/** How deep elements are nested at most, without building a tree; void elements and those that close themselves count as none. */
export function deepestNesting(html: string): number {
  let depth = 0;
  let deepest = 0;
  tokenize(html, {
    open: (name) => {
      if (VOID.has(name)) return;
      depth += 1;
      deepest = Math.max(deepest, depth);
    },
    close: (name) => {
      if (!VOID.has(name) && depth > 0) depth -= 1;
    },
    text: () => undefined,
  });
  return deepest;
}
