import { isIPv4, isIPv6 } from 'node:net';
import type { Indicator } from '../domain/entity.ts';
import { FILE_ENDINGS, WELL_KNOWN_HOSTS } from './well-known-hosts.ts';

const DEFANGED = /\[(?:\.|dot|:|:\/\/|@|at)\]|\((?:\.|dot)\)|\{\.\}|\\\.|\bhxxps?\b|\bh\*\*ps?\b/iu;

const URL_PATTERN = /\bhttps?:\/\/[^\s<>"'“”«»،؛]+/giu;
const EMAIL = /\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}\b/giu;
const HASH = /\b(?:[a-f\d]{128}|[a-f\d]{64}|[a-f\d]{40}|[a-f\d]{32})\b/giu;
const IPV4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/gu;
const IPV6 = /(?<![\w:.])[a-f\d]{0,4}(?::[a-f\d]{0,4}){2,7}(?![\w:])/giu;
const DOMAIN =
  /(?<![\w@.-])(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,24}(?![\w-]|\.[a-z])/giu;

/** A number of four parts after one of these is a version. */
const VERSION_BEFORE =
  /(?:\bv|\bversions?|\bver\.?|\bbuilds?|\breleases?|\bfirmware|\bupdate|\bchrome|\bfirefox|\bedge|\bprior to|\bbefore|\bthrough|الإصدار|إصدار|الاصدار|اصدار|النسخة|نسخة)[\s:(]*$/iu;
const VERSION_AFTER = /^\s*(?:and|or)\s+(?:earlier|prior|later|below|above)/iu;

/** A bare domain in running text is mostly a brand or a source; beside one of these it is an indicator. */
const INDICATOR_CONTEXT =
  /malicious|phish|command[- ]and[- ]control|\bC2\b|\bC&C\b|indicator|\bIOCs?\b|domains?\b|payload|malware|fake (?:site|web)|spoof|typosquat|نطاق|خبيث|تصيد|تصيّد|مزيف|خادم|مؤشرات/iu;
const CONTEXT_CHARACTERS = 90;

/**
 * Addresses, hashes and hosts that an analyst would block, refanged (`evil[.]example` → `evil.example`), each once, in order.
 * Left out: the publisher's own host, sites that everybody links to, version numbers, file names, and addresses that mean no machine
 * on the internet.
 * @param articleUrl address of the article, for the publisher's host
 */
export function extractIndicators(text: string, articleUrl?: string): Indicator[] {
  const publisher = articleUrl && URL.canParse(articleUrl) ? new URL(articleUrl).hostname : null;
  const found: (Indicator & { at: number })[] = [];
  let rest = refang(text);
  const take = (
    pattern: RegExp,
    read: (match: string, at: number) => Indicator | null,
    consume = true,
  ) => {
    for (const match of rest.matchAll(pattern)) {
      const indicator = read(match[0], match.index);
      if (indicator) found.push({ ...indicator, at: match.index });
    }
    // What is part of an address is not looked at again: the host of a link, the hash in its path.
    if (consume) rest = rest.replace(pattern, (match) => ' '.repeat(match.length));
  };
  take(URL_PATTERN, (match) => readUrl(match, publisher));
  take(EMAIL, (match) => ofHost('email', match.toLowerCase(), hostOfEmail(match), publisher));
  take(HASH, readHash);
  take(IPV4, (match, at) => readIpv4(match, rest, at));
  take(IPV6, readIpv6);
  take(DOMAIN, (match, at) => readDomain(match, { text, rest, at, publisher }));
  return unique(found.sort((a, b) => a.at - b.at));
}

/** Undoes the spellings that keep readers from clicking. */
function refang(text: string): string {
  if (!DEFANGED.test(text)) return text;
  return text
    .replace(/\s?(?:\[(?:\.|dot)\]|\((?:\.|dot)\)|\{\.\}|\\\.)\s?/giu, '.')
    .replace(/\[(:|:\/\/)\]/gu, '$1')
    .replace(/\s?\[(?:@|at)\]\s?/giu, '@')
    .replace(/\bh(?:xx|\*\*)p(s?)(?=:\/\/)/giu, 'http$1');
}

function readUrl(match: string, publisher: string | null): Indicator | null {
  const value = match.replace(/[).,;:!?\]}]+$/u, '');
  if (!URL.canParse(value)) return null;
  return ofHost('url', value, new URL(value).hostname, publisher);
}

function hostOfEmail(address: string): string {
  return address.slice(address.indexOf('@') + 1).toLowerCase();
}

function ofHost(
  type: Indicator['type'],
  value: string,
  host: string,
  publisher: string | null,
): Indicator | null {
  return isOwnOrKnown(host, publisher) ? null : { type, value };
}

/** The publisher's host or one that everybody links to, with all hosts below it. */
function isOwnOrKnown(host: string, publisher: string | null): boolean {
  const own = publisher?.replace(/^www\./u, '');
  const isBelow = (name: string) => host === name || host.endsWith(`.${name}`);
  return (own !== undefined && isBelow(own)) || WELL_KNOWN_HOSTS.some(isBelow);
}

function readHash(match: string): Indicator | null {
  const isHash = /\d/u.test(match) && /[a-f]/iu.test(match);
  return isHash ? { type: 'hash', value: match.toLowerCase() } : null;
}

function readIpv4(match: string, text: string, at: number): Indicator | null {
  if (
    !isIPv4(match) ||
    /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|2[2-5]\d)\./u.test(match)
  ) {
    return null;
  }
  const before = text.slice(Math.max(0, at - 24), at);
  const isVersion =
    VERSION_BEFORE.test(before) ||
    VERSION_AFTER.test(text.slice(at + match.length, at + match.length + 20));
  return isVersion ? null : { type: 'ip', value: match };
}

function readIpv6(match: string): Indicator | null {
  const isPublic = isIPv6(match) && match.length > 6 && !/^(?:::1?$|fe80|f[cd])/iu.test(match);
  return isPublic ? { type: 'ip', value: match.toLowerCase() } : null;
}

function readDomain(
  match: string,
  o: { text: string; rest: string; at: number; publisher: string | null },
): Indicator | null {
  const host = match.toLowerCase();
  const ending = host.slice(host.lastIndexOf('.') + 1);
  if (FILE_ENDINGS.has(ending) || isOwnOrKnown(host, o.publisher)) return null;
  const near = o.rest.slice(
    Math.max(0, o.at - CONTEXT_CHARACTERS),
    o.at + match.length + CONTEXT_CHARACTERS,
  );
  const wasDefanged = !o.text.includes(match);
  const isNamed = match === host && INDICATOR_CONTEXT.test(near.replace(match, ' '));
  return wasDefanged || isNamed ? { type: 'domain', value: host } : null;
}

function unique(found: (Indicator & { at: number })[]): Indicator[] {
  const seen = new Map<string, Indicator>();
  for (const { type, value } of found) seen.set(`${type} ${value}`, { type, value });
  return [...seen.values()];
}
