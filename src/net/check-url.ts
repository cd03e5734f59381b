import { NetError } from '../domain/errors.ts';

/**
 * Ports above 1023 on which other protocols listen that a crafted GET could speak to: the rest of the list of bad ports of the Fetch
 * standard (https://fetch.spec.whatwg.org/#port-blocking). Below 1024 only the web's own two are for us.
 */
const FOREIGN_PORTS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
  6679, 6697, 10080,
]);

/**
 * The address as it will be asked for: http or https, no user name, no fragment. Whether its host may be reached is decided when
 * connecting. The URL standard has by then turned every spelling of an IPv4 address (octal, hexadecimal, one number) into the usual one.
 * @throws NetError `bad-url`, `scheme` or `port`.
 */
export function checkUrl(address: string, base?: URL): URL {
  const url = URL.canParse(address, base?.href) ? new URL(address, base) : null;
  if (!url) throw refuse('bad-url', 'the address is not a valid one', address);
  if (url.username !== '' || url.password !== '') {
    url.username = '';
    url.password = '';
    throw refuse('bad-url', 'an address with a user name or password is not fetched', url.href);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse('scheme', `only http and https are fetched, not ${url.protocol}`, address);
  }
  if (url.port !== '' && !isWebPort(Number(url.port))) {
    throw refuse('port', `port ${url.port} is not one of the web`, address);
  }
  url.hash = '';
  return url;
}

function isWebPort(port: number): boolean {
  return port === 80 || port === 443 || (port > 1023 && !FOREIGN_PORTS.has(port));
}

function refuse(code: string, words: string, url: string): NetError {
  return new NetError(code, words, { url });
}
