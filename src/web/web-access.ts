import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { UsageError } from '../domain/errors.ts';

/** Whether only this machine can connect to a server that listens there. */
function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

/** @throws UsageError where others could connect and no token would be asked of them. */
export function requireTokenBeyondLoopback(host: string, token: string | null): void {
  if (token !== null || isLoopback(host)) return;
  throw new UsageError(
    'bad-setting',
    `RASID_HTTP_HOST is "${host}", which others can reach: set RASID_HTTP_TOKEN to 16 or more random characters, or leave RASID_HTTP_HOST out`,
  );
}

/** What the headers of a request allow: `stranger` brings no token or a wrong one, `foreign-name` asks for a name that is not this machine's. */
export type Access = 'allowed' | 'stranger' | 'foreign-name';

/**
 * With a token, it must come as `Authorization: Bearer TOKEN` or as the password of Basic authentication, which a browser asks for.
 * Without one only this machine can connect, but so can any page in its browser whose name was made to resolve here (DNS rebinding):
 * the name asked for must be this machine's own.
 */
export function checkAccess(
  headers: { authorization?: string | undefined; host?: string | undefined },
  token: string | null,
): Access {
  if (token === null) return isLoopback(nameOf(headers.host)) ? 'allowed' : 'foreign-name';
  return isSame(tokenOf(headers.authorization ?? ''), token) ? 'allowed' : 'stranger';
}

function nameOf(host = ''): string {
  return host.replace(/:\d+$/, '');
}

function tokenOf(authorization: string): string {
  const [, scheme = '', value = ''] = /^(bearer|basic) +(\S+)$/i.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== 'basic') return value;
  const credentials = Buffer.from(value, 'base64').toString('utf8');
  return credentials.slice(credentials.indexOf(':') + 1);
}

/** In a time that tells nothing of how much was right. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
