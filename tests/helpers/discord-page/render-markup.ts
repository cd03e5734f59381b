/** What a client knows beside the text: the clock, the reader's locale, and the names behind mentions. */
export interface MarkupContext {
  now: Date;
  /** Of the reader's client. Discord has no Arabic one, so an Arabic reader's is usually English. */
  locale: string;
  channels: Record<string, string>;
  roles: Record<string, string>;
}

/** One kind of inline markup: where it stands in a line, and its HTML. */
interface Rule {
  pattern: RegExp;
  render(groups: string[], context: MarkupContext): string;
}

/** Tried in this order at each place; what fits none is plain text. */
const RULES: Rule[] = [
  { pattern: /^\\([^\p{L}\p{N}\s])/u, render: ([character]) => escapeHtml(character ?? '') },
  {
    pattern: /^\*\*((?:\\.|(?!\*\*)[^\\])+)\*\*/su,
    render: ([inner], context) => `<strong>${renderInline(inner ?? '', context)}</strong>`,
  },
  {
    pattern: /^\[((?:\\.|[^\\[\]])+)\]\((https?:\/\/[^\s()]+)\)/su,
    render: ([inner, url], context) =>
      `<a href="${escapeHtml(url ?? '')}">${renderInline(inner ?? '', context)}</a>`,
  },
  {
    pattern: /^<t:(\d+):R>/,
    render: ([seconds], context) => `<time>${relativeTime(Number(seconds), context)}</time>`,
  },
  {
    pattern: /^<t:(\d+):([tdf])>/,
    render: ([seconds, format], context) =>
      `<time>${absoluteTime(Number(seconds), format ?? '', context)}</time>`,
  },
  {
    pattern: /^<@&(\d+)>/,
    render: ([id], { roles }) => mention(`@${roles[id ?? ''] ?? 'unknown-role'}`),
  },
  {
    pattern: /^<#(\d+)>/,
    render: ([id], { channels }) => mention(`# ${channels[id ?? ''] ?? 'unknown'}`),
  },
  { pattern: /^`([^`]+)`/, render: ([code]) => `<code>${escapeHtml(code ?? '')}</code>` },
  {
    pattern: /^(https?:\/\/[^\s<]*[^\s<.,:;"')\]])/,
    render: ([url]) => `<a href="${escapeHtml(url ?? '')}">${escapeHtml(url ?? '')}</a>`,
  },
];

/** A text display's content as HTML, for the markdown that Rasid writes: headings, subtext, bold, links, times, mentions, escapes. */
export function renderMarkup(content: string, context: MarkupContext): string {
  const parts = content.split('\n').map((line) => renderLine(line, context));
  // A block ends its own line; between two lines of running text the line feed stays.
  return parts
    .map(({ html, block }, index) => {
      const next = parts[index + 1];
      return !block && next !== undefined && !next.block ? `${html}\n` : html;
    })
    .join('');
}

function renderLine(line: string, context: MarkupContext): { html: string; block: boolean } {
  const [, subtext] = /^-# (.*)$/.exec(line) ?? [];
  if (subtext !== undefined) {
    return { html: `<small>${renderInline(subtext, context)}</small>`, block: true };
  }
  const [, marks, heading] = /^(#{1,3}) (.*)$/.exec(line) ?? [];
  if (marks !== undefined && heading !== undefined) {
    const tag = `h${marks.length}`;
    return { html: `<${tag}>${renderInline(heading, context)}</${tag}>`, block: true };
  }
  return { html: renderInline(line, context), block: false };
}

function renderInline(text: string, context: MarkupContext): string {
  let html = '';
  let rest = text;
  while (rest !== '') {
    const found = firstMatch(rest);
    if (found) html += found.rule.render(found.match.slice(1), context);
    const [character = ''] = rest;
    if (!found) html += escapeHtml(character);
    rest = rest.slice(found ? found.match[0].length : character.length);
  }
  return html;
}

function firstMatch(text: string): { rule: Rule; match: RegExpExecArray } | null {
  for (const rule of RULES) {
    const match = rule.pattern.exec(text);
    if (match) return { rule, match };
  }
  return null;
}

function relativeTime(seconds: number, { now, locale }: MarkupContext): string {
  const minutes = Math.round((seconds * 1000 - now.getTime()) / 60_000);
  const format = new Intl.RelativeTimeFormat(locale, {
    numeric: minutes === 0 ? 'auto' : 'always',
  });
  if (minutes === 0) return format.format(0, 'second');
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return Math.abs(hours) < 24
    ? format.format(hours, 'hour')
    : format.format(Math.round(hours / 24), 'day');
}

/** A reader in Riyadh. */
const ZONE = 'Asia/Riyadh';

function absoluteTime(seconds: number, format: string, { locale }: MarkupContext): string {
  const styles: Record<string, Intl.DateTimeFormatOptions> = {
    t: { timeStyle: 'short' },
    d: { day: '2-digit', month: '2-digit', year: 'numeric' },
    f: { dateStyle: 'long', timeStyle: 'short' },
  };
  const options = { ...styles[format], timeZone: ZONE };
  return new Intl.DateTimeFormat(locale, options).format(seconds * 1000);
}

function mention(name: string): string {
  return `<span class="mention">${escapeHtml(name)}</span>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
