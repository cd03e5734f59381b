/** Redirectors that carry their target in a parameter: host (without www), path prefix, parameter. */
const TARGET_IN_QUERY: readonly (readonly [host: RegExp, path: string, parameters: string[]])[] = [
  [/^google\.[a-z.]{2,6}$/u, '/url', ['q', 'url']],
  [/^bing\.com$/u, '/news/apiclick', ['url']],
  [/^(?:l|lm)\.facebook\.com$/u, '/l.php', ['u']],
  [/^l\.instagram\.com$/u, '/', ['u']],
  [/^out\.reddit\.com$/u, '/', ['url']],
  [/^t\.umblr\.com$/u, '/redirect', ['z']],
  [/^duckduckgo\.com$/u, '/l/', ['uddg']],
  [/^(?:[a-z0-9]+\.)?safelinks\.protection\.outlook\.com$/u, '/', ['url']],
  [/^feed(?:s\.feedburner|proxy\.google|burner)\.com$/u, '/', ['url', 'u']],
  [/^linkedin\.com$/u, '/redir/', ['url']],
];

/** Redirectors that carry their target in the path; the first group is `s/` for https, the second the target. */
const TARGET_IN_PATH: readonly (readonly [host: RegExp, path: RegExp])[] = [
  [/^google\.[a-z.]{2,6}$/u, /^\/amp\/(s\/)?(.+)$/u],
  [/^(?:[a-z0-9-]+\.)?cdn\.ampproject\.org$/u, /^\/[a-z]+\/(s\/)?(.+)$/u],
  [/^go\.theregister\.com$/u, /^\/feed\/(s\/)?(.+)$/u],
];

/** One redirector may point at another; more than this is a trap. */
const MOST_HOPS = 5;

/** The address that a redirector's address names, as far as the address itself says; else the address as it is. */
export function unwrapRedirect(url: URL): URL {
  let current = url;
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const next = targetOf(current);
    if (next === null) break;
    current = next;
  }
  return current;
}

function targetOf(url: URL): URL | null {
  const host = url.hostname.replace(/^www\./u, '');
  return targetInQuery(host, url) ?? targetInPath(host, url);
}

function targetInQuery(host: string, url: URL): URL | null {
  const rule = TARGET_IN_QUERY.find(
    ([pattern, path]) => pattern.test(host) && url.pathname.startsWith(path),
  );
  const target = rule?.[2].map((name) => url.searchParams.get(name)).find(isWebAddress);
  return target ? new URL(target) : null;
}

function targetInPath(host: string, url: URL): URL | null {
  const rule = TARGET_IN_PATH.find(([pattern]) => pattern.test(host));
  const match = rule?.[1].exec(url.pathname);
  if (!match) return null;
  const target = `${match[1] ? 'https' : 'http'}://${match[2]}${url.search}`;
  return isWebAddress(target) && new URL(target).hostname.includes('.') ? new URL(target) : null;
}

function isWebAddress(value: string | null): value is string {
  return value !== null && /^https?:\/\//iu.test(value) && URL.canParse(value);
}
