import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { createWebServer } from '../../src/web/server.ts';
import { requireTokenBeyondLoopback } from '../../src/web/web-access.ts';
import { startRasid } from '../e2e/bot-process.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { createLocalClient } from '../helpers/local-client.ts';

const TOKEN = 'a-token-of-the-operator';
const PAGES = ['/', '/ready', '/metrics'];
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('the web server', () => {
  const database = useTestDatabase();
  let close: () => Promise<void> = async () => undefined;
  afterEach(() => close());

  async function serve(token: string | null) {
    const server = createWebServer({
      db: database.db,
      metrics: createMetrics(database.db),
      checkReadiness: async () => [],
      clock: () => new Date('2026-11-24T05:00:00Z'),
      token,
    });
    const address = await server.listen('127.0.0.1', 0);
    close = server.close;
    return (path: string, headers: Record<string, string> = {}) =>
      fetch(`${address}${path}`, { headers });
  }

  it('answers this machine without a token', async () => {
    const ask = await serve(null);
    for (const path of ['/health', ...PAGES]) expect((await ask(path)).status).toBe(200);
  });

  it.each([
    ['nobody', {}],
    ['a wrong token', { authorization: 'Bearer a-token-of-the-operato' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['a wrong password', { authorization: basic('rasid', 'guess') }],
    ['the token as user name', { authorization: basic(TOKEN, '') }],
    ['the token in a cookie', { cookie: `token=${TOKEN}` }],
  ] as [string, Record<string, string>][])(
    'with a token set, shows %s only that it lives',
    async (_who, headers) => {
      const ask = await serve(TOKEN);
      expect((await ask('/health', headers)).status).toBe(200);
      for (const path of [
        ...PAGES,
        '/no-such-page',
        `/?token=${TOKEN}`,
        '//',
        '/health/../metrics',
      ]) {
        const answer = await ask(path, headers);
        expect([path, answer.status]).toEqual([path, 401]);
        expect(await answer.text()).not.toContain(TOKEN);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
      }
    },
  );

  it.each([
    ['Prometheus by bearer token', { authorization: `Bearer ${TOKEN}` }],
    ['a browser by password, whatever the user name', { authorization: basic('', TOKEN) }],
  ] as [string, Record<string, string>][])('lets in %s', async (_who, headers) => {
    const ask = await serve(TOKEN);
    for (const path of PAGES) expect((await ask(path, headers)).status).toBe(200);
  });

  it('without a token is not read by a web page whose name was made to resolve to this machine', async () => {
    const ask = await serve(null);
    const { url } = await ask('/health');
    const port = new URL(url).port;
    const client = createLocalClient({
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    const statuses = [];
    for (const name of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'localhost',
    ]) {
      statuses.push((await client.get(`http://${name}:${port}/metrics`)).status);
    }
    await client.close();
    expect(statuses).toEqual([421, 421, 421, 200]);
  });

  it.each(['/', '/health', '/ready', '/metrics', '/no-such-page'])(
    'sends its security headers and no cookie with %s',
    async (path) => {
      const { headers } = await (await serve(null))(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+';/);
      for (const rule of ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]) {
        expect(policy).toContain(rule);
      }
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.getSetCookie()).toEqual([]);
      expect(headers.get('server')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('serves a page whose own style its policy allows, and nothing else that would need leave', async () => {
    const answer = await (await serve(null))('/');
    const html = await answer.text();
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    const hash = Buffer.from(digest).toString('base64');
    expect(answer.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
    expect(html).not.toMatch(/<(script|img|iframe|form|link|object|embed|base)|\sstyle=|\son\w+=/i);
  });
});

describe('an operator', () => {
  it('gets a server that only this machine reaches, without setting anything', () => {
    expect(readConfig({}).http).toEqual({ host: '127.0.0.1', port: 8080, token: null });
  });

  it('who opens it to others without a token is told so in one line, before anything is started', async () => {
    const bot = startRasid(['start'], { RASID_HTTP_HOST: '0.0.0.0' });
    expect(await bot.exited).toBe(2);
    expect(bot.stderr()).toMatch(
      /^rasid: RASID_HTTP_HOST is "0\.0\.0\.0".* set RASID_HTTP_TOKEN.*\n$/,
    );
  });

  it.each(['::', '192.0.2.1', 'news.example', '127.0.0.1.example', 'localhost.example', ''])(
    'needs a token at %j too, and none at an address of this machine alone',
    (host) => {
      expect(() => requireTokenBeyondLoopback(host, null)).toThrow('RASID_HTTP_TOKEN');
      requireTokenBeyondLoopback(host, TOKEN);
      for (const own of ['127.0.0.1', '127.8.8.8', '::1', '[::1]', 'localhost'])
        requireTokenBeyondLoopback(own, null);
    },
  );

  it.each(['short', 'with spaces in between them', 'كلمة-سر-طويلة-جدا'])(
    'who chooses the token %j is told what it may be, without its being shown',
    (token) => {
      expect(() => readConfig({ RASID_HTTP_TOKEN: token })).toThrow(
        'RASID_HTTP_TOKEN is not usable: must be 16 or more printable ASCII characters without spaces',
      );
    },
  );
});
