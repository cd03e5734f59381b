/** `https://…`, `www.…`, or a name with a path: an address, whatever its last part is. */
const ADDRESS =
  /(?:\b[a-z][a-z0-9+.-]*:\/\/|\bwww\.|(?<![\p{L}\p{N}@.-])(?=[\p{L}\p{N}.-]+\.[\p{L}-]{2,}[/:?#]))[^\s"'<>«»]+/giu;

/** A bare name, such as `bank.com` in a sentence. Of two-letter ends (no `Node.js`) and common ones only: `كلمة.كلمة` lacks no more than a space. */
const NAME =
  /(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+(?:(?!js\b)[a-z]{2}|com|net|org|info|biz|gov|edu|mil|int|app|dev|xyz|online|site|website|top|shop|store|bank|club|live|news|cloud|tech|link|click|page|zip|mov)(?![\p{L}\p{N}-])/giu;

/** The host of an http(s) address as browsers resolve it: foreign letters in punycode, so that no letter stands for another. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

/**
 * Whether a text names a host other than the one that `url` opens: as the text of a link it would show one place and lead to another. A
 * part of the opened host, or a part of it being opened, is the same place; a name with letters beyond ASCII never is, since those may look
 * like others.
 */
export function namesAnotherHost(text: string, url: string): boolean {
  const opened = bare(hostOf(url));
  return namedHosts(text).some(
    (named) => named !== opened && !named.endsWith(`.${opened}`) && !opened.endsWith(`.${named}`),
  );
}

/** More of a text is never shown as a link. */
const MAX_READ = 1_000;

function namedHosts(text: string): string[] {
  const read = text.slice(0, MAX_READ);
  const addresses = read.match(ADDRESS) ?? [];
  return [...addresses.map(writtenHost), ...(read.match(NAME) ?? [])].map(bare);
}

/** As it is written, not as it would be resolved. */
function writtenHost(address: string): string {
  const [authority = ''] = address.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').split(/[/?#\\]/);
  return authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
}

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/[.,;:!)\]]+$/, '');
}
