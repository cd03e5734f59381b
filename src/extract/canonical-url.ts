import { unwrapRedirect } from './unwrap-redirect.ts';

/** Parameters that say where a reader came from, whatever their value. */
const TRACKERS = new Set(
  (
    'fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh mc_cid mc_eid mkt_tok vero_id ' +
    '_hsenc _hsmi __hstc __hssc __hsfp hsctatracking ito cmp cmpid campaign_id icmpid ncid icid ocid s_cid xtor smid smtyp partner emc taid maca ' +
    'traffic_source wt_mc wtmc wt_zmc guccounter ref ref_src ref_url referrer rss rssid feedname feedtype soc_src soc_trk sr_share share shareid ' +
    'sharetype sh __source __twitter_impression _ga _gl usqp amp amp_js_v amp_gsa outputtype spm fb_ref fb_source sref srnd cndid esrc ftag ' +
    'linkid tracking_id trk trkcampaign xnpe_tifc post_type_source'
  ).split(' '),
);

const TRACKER_PREFIX = /^(?:utm|ns|at|pk|piwik|mtm|matomo|hsa|oly|fb_action|guce|sc|stm|int|wt)_/u;

/** Parameters that track only with such values: `source=rss` does, `source=42` may name an article. */
const TRACKER_VALUE =
  /^(?:rss|feed|atom|twitter|x|facebook|fb|telegram|whatsapp|newsletter|email|social|share|amp|sitemap|google|googlenews|home|homepage)$/iu;
const VALUE_DEPENDENT = new Set('source src from via origin output medium channel'.split(' '));

/** Hosts that serve the same pages in another layout. */
const LAYOUT_HOST = /^(?:www\d?|m|mobile|amp|mobi)\.(?=[^.]+\.[^.]+)/u;

/**
 * One address for one article, however it was linked: redirectors unwrapped where the address itself names the target,
 * https, lower-case host without www/m/amp, no default port, fragment, trackers or AMP forms, the other parameters sorted,
 * no trailing slash. It identifies; the address to open is the one that the feed gave. What is no http(s) address comes
 * back trimmed. Applying it twice changes nothing.
 */
export function canonicalUrl(url: string): string {
  const trimmed = url.trim();
  if (!/^https?:/iu.test(trimmed) || !URL.canParse(trimmed)) return trimmed;
  const target = unwrapRedirect(new URL(trimmed));
  const host = canonicalHost(target.hostname);
  const path = canonicalPath(target.pathname);
  if (host === 'news.google.com') {
    const id = /^\/(?:rss\/)?(?:articles|read)\/([^/]+)/u.exec(path)?.[1];
    // The id cannot be decoded without asking Google, which refuses after some calls: it stays itself.
    if (id !== undefined) return `https://${host}/rss/articles/${id}`;
  }
  const port = target.port === '' ? '' : `:${target.port}`;
  const scheme = isPublicName(host) && port === '' ? 'https:' : target.protocol;
  return `${scheme}//${host}${port}${path}${canonicalQuery(target.searchParams)}`;
}

/**
 * The address that a reader opens: the feed's own, without the parameters that track the reader. Everything else stays as
 * the publisher wrote it, for unlike `canonicalUrl` this one must work.
 */
export function readerUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const target = new URL(url);
  const names = [...target.searchParams].filter(([name, value]) =>
    isTracker(name.toLowerCase(), value),
  );
  if (names.length === 0) return url;
  for (const [name, value] of names) target.searchParams.delete(name, value);
  return target.href;
}

function canonicalHost(hostname: string): string {
  let host = hostname.replace(/\.$/u, '');
  while (LAYOUT_HOST.test(host)) host = host.replace(LAYOUT_HOST, '');
  return host;
}

/** A name that http and https serve alike; an address or a local name may not. */
function isPublicName(host: string): boolean {
  return host.includes('.') && !/^[\d.]+$/u.test(host) && !host.startsWith('[');
}

function canonicalPath(pathname: string): string {
  let path = pathname
    .replace(/%[0-9a-f]{2}/giu, (escaped) => escaped.toUpperCase())
    .replace(/\/{2,}/gu, '/');
  for (let before = ''; before !== path; ) {
    before = path;
    path = path
      .replace(/\/$/u, '')
      .replace(/^\/amp(?=\/)/u, '')
      .replace(/(?<=\/[^/]+)\/amp$/u, '')
      .replace(/\.amp(?=\.html?$|$)/u, '')
      .replace(/\/index\.(?:html?|php)$/u, '');
  }
  return path === '' ? '/' : path;
}

function canonicalQuery(parameters: URLSearchParams): string {
  const kept = [...parameters].filter(([name, value]) => !isTracker(name.toLowerCase(), value));
  kept.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  const query = new URLSearchParams(kept).toString();
  return query === '' ? '' : `?${query}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isTracker(name: string, value: string): boolean {
  if (name === '' || TRACKERS.has(name) || TRACKER_PREFIX.test(name)) return true;
  return VALUE_DEPENDENT.has(name) && TRACKER_VALUE.test(value);
}
