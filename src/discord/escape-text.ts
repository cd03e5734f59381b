import { frameText } from '../digest/frame-text.ts';
import { shortenText, toPlainLine } from '../digest/shorten-text.ts';
import { hostOf, namesAnotherHost } from '../digest/shown-host.ts';

const ZERO_WIDTH_SPACE = '\u200b';

/**
 * Makes one line of plain text into one that Discord shows as it is: markdown is escaped, mentions, channel links, custom emoji
 * and timestamps (all of which begin with `<`) are plain text, and no address in it becomes a link or an invitation.
 * Ids stay as written: a joiner that kept `CVE-2026-1` on one line would hide it from Discord's own search and from what it is pasted into.
 * Comes after isolating: an isolate between a backslash and its character would undo the escape.
 */
export function escapeText(line: string): string {
  return line
    .replace(/[\\*_~`|[\]<>]/g, '\\$&')
    .replace(/^(#{1,3}|[-+])(?= )/, '\\$&')
    .replace(/^-#/, '\\-#')
    .replace(/^(\d+)\.(?= )/, '$1\\.')
    .replace(/@(?=everyone|here)/g, `@${ZERO_WIDTH_SPACE}`)
    .replace(/:\/\//g, `:${ZERO_WIDTH_SPACE}//`)
    .replace(/\b(discord(?:app)?)\.(gg|com|app)\b/gi, `$1${ZERO_WIDTH_SPACE}.$2`);
}

/**
 * `<#…>`, `<@…>` or `<t:…>`: each reader's client puts a name or its own words there, maybe of the other direction, so it is
 * isolated from the line around it.
 */
export function isolateMarkup(markup: string): string {
  return `\u2068${markup}\u2069`;
}

/** Enough to see which of the things typed is meant. */
const MAX_QUOTED = 80;

/** What someone typed, named back to them in a line of ours: shortened, harmless, and in its own direction. */
export function quoteText(text: string): string {
  return isolateMarkup(escapeText(shortenText(toPlainLine(text), MAX_QUOTED)));
}

/** Discord refuses no address in a masked link, but one this long leaves no room for the message. */
const MAX_LINK_LENGTH = 1_000;

/** An address for the inside of `[title](…)`; null when it is not http(s) or too long to be worth its room. */
export function linkTarget(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return null;
  const target = parsed.href.replace(
    /[()<>]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return target.length <= MAX_LINK_LENGTH ? target : null;
}

/**
 * Whether a text, shown as `shown` (shortened and escaped), may be the link to `target`. Not if it names another host: it would show one
 * place and open another. Nor with a bracket that has no partner, which Discord takes for the link's own even if escaped.
 */
export function mayBeLink(text: string, shown: string, target: string): boolean {
  const hasLoneBracket = /[[\]]/.test(shown.replace(/\[[^[\]]*\]/g, ''));
  return !hasLoneBracket && !namesAnotherHost(text, target);
}

/** The host that is opened as the link to it, where the text itself may be none. */
export function hostLink(target: string, frame: 'ar' | 'en'): string {
  return `[${escapeText(frameText(hostOf(target), 'en', frame))}](${target})`;
}

/** `shown` as the link to `target` where it may be one, else with the opened host beside it; alone without a target. */
export function linkText(
  text: string,
  shown: string,
  target: string | null,
  frame: 'ar' | 'en',
): string {
  if (target === null) return shown;
  if (mayBeLink(text, shown, target)) return `[${shown}](${target})`;
  return `${shown} · ${hostLink(target, frame)}`;
}
