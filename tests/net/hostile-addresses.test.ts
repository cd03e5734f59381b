import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/net/address-check.ts';
import { createFeedServer, type FeedServer } from '../helpers/feed-server.ts';
import { createLocalClient } from '../helpers/local-client.ts';

/** Stands for a publisher on the internet: the one local address that these tests count as public. */
const PUBLISHER = '127.0.0.9';
const isPublic = (ip: string) => ip === PUBLISHER || isPublicAddress(ip);

let canary: Server;
let port: number;
let heard: string[];
let publisher: FeedServer;

beforeAll(async () => {
  canary = createServer((socket) => {
    heard.push(socket.localAddress ?? 'unknown');
    socket.resume().end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ncage');
  });
  await listenEverywhere(canary);
  port = (canary.address() as { port: number }).port;
  publisher = await createFeedServer({ host: PUBLISHER });
});

afterAll(async () => {
  await publisher.close();
  await new Promise((resolve) => canary.close(resolve));
});

/** On every address of this machine, IPv6 included where there is any. */
async function listenEverywhere(server: Server): Promise<void> {
  const listen = (host: string) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, host, resolve);
    });
  await listen('::').catch(() => listen('0.0.0.0'));
}

/** What names stand for here: answers are given in order, the last one again and again. */
const NAMES: Record<string, string[][]> = {
  'loopback.example': [['127.0.0.1']],
  'metadata.example': [['169.254.169.254']],
  'metadata.google.internal': [['169.254.169.254']],
  'router.example': [['192.168.0.1']],
  'six.example': [['::1']],
  'mapped.example': [['::ffff:127.0.0.1']],
  'nat64.example': [['64:ff9b::7f00:1']],
  'zero.example': [['0.0.0.0']],
  'local.example': [['fe80::1']],
  'unique.example': [['fd00::1']],
  'mixed.example': [[PUBLISHER, '127.0.0.1']],
  'mixed-reversed.example': [['127.0.0.1', PUBLISHER]],
  'mixed-six.example': [[PUBLISHER, '::1']],
  'nothing.example': [[]],
  localhost: [['127.0.0.1', '::1']],
  'localhost.': [['127.0.0.1']],
  'loopback.example.': [['127.0.0.1']],
  'sub.localhost': [['127.0.0.1']],
  'xn--mgbh0fb.example': [['127.0.0.1']],
  'publisher.example': [[PUBLISHER]],
  'rebinding.example': [[PUBLISHER], ['127.0.0.1']],
};

function createResolver() {
  const asked = new Map<string, number>();
  return async (hostname: string) => {
    const answers = NAMES[hostname];
    if (!answers) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    const turn = asked.get(hostname) ?? 0;
    asked.set(hostname, turn + 1);
    const addresses = answers[Math.min(turn, answers.length - 1)] ?? [];
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
}

/** Asks as the bot does, private networks not allowed; the code of the refusal, or what was answered. */
async function tryToReach(url: string): Promise<string> {
  heard = [];
  const client = createLocalClient({
    allowPrivateNetworks: false,
    isPublic,
    resolve: createResolver(),
    deadlineMs: 5_000,
  });
  try {
    const response = await client.get(url);
    return `reached: ${response.status} ${response.body}`;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.close();
  }
}

const OWN_ADDRESSES = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ address }) => !isPublicAddress(address))
  .map(({ address, family }) => (family === 'IPv6' ? `[${address.split('%')[0]}]` : address));

/** `PORT` is where the canary listens. */
const PRIVATE_URLS = [
  'http://127.0.0.1:PORT/',
  'https://127.0.0.1:PORT/',
  'http://127.1:PORT/',
  'http://127.0.1:PORT/',
  'http://127.0.0.1.:PORT/',
  'http://2130706433:PORT/',
  'http://017700000001:PORT/',
  'http://0x7f000001:PORT/',
  'http://0x7f.0.0.1:PORT/',
  'http://0x7f.1:PORT/',
  'http://0177.0.0.01:PORT/',
  'http://0177.1:PORT/',
  'http://127.0.0.0x1:PORT/',
  'http://127.255.255.254:PORT/',
  'http://%31%32%37.0.0.1:PORT/',
  'http://127。0。0。1:PORT/',
  'http://１２７.0.0.1:PORT/',
  'http://①②⑦.0.0.1:PORT/',
  'http:127.0.0.1:PORT/',
  'http:\\\\127.0.0.1:PORT\\',
  'http:///127.0.0.1:PORT/',
  'http://127.0.0.1\t:PORT/',
  'http://0.0.0.0:PORT/',
  'http://0:PORT/',
  'http://0x0:PORT/',
  'http://[::]:PORT/',
  'http://[::1]:PORT/',
  'http://[0:0:0:0:0:0:0:1]:PORT/',
  'http://[::127.0.0.1]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://[::ffff:7f00:1]:PORT/',
  'http://[::FFFF:7F00:1]:PORT/',
  'http://[64:ff9b::127.0.0.1]:PORT/',
  'http://[2002:7f00:1::]:PORT/',
  'http://[fe80::1]:PORT/',
  'http://[fd00:ec2::254]:PORT/',
  'http://[ff02::1]:PORT/',
  'http://10.0.0.1:PORT/',
  'http://172.16.0.1:PORT/',
  'http://192.168.0.1:PORT/',
  'http://100.64.0.1:PORT/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/latest/meta-data/',
  'http://0xa9fea9fe/latest/meta-data/',
  'http://[::ffff:169.254.169.254]/latest/meta-data/',
  'http://192.0.0.192/opc/v2/instance/',
  'http://100.100.100.200/latest/meta-data/',
  'http://198.18.0.1:PORT/',
  'http://224.0.0.1:PORT/',
  'http://255.255.255.255:PORT/',
  'http://localhost:PORT/',
  'http://LOCALHOST:PORT/',
  'http://localhost.:PORT/',
  'http://sub.localhost:PORT/',
  'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/',
  'http://loopback.example:PORT/',
  'http://loopback.example.:PORT/',
  'https://loopback.example:PORT/',
  'http://مثال.example:PORT/',
  'http://metadata.example/',
  'http://metadata.google.internal/computeMetadata/v1/',
  'http://router.example:PORT/',
  'http://six.example:PORT/',
  'http://mapped.example:PORT/',
  'http://nat64.example:PORT/',
  'http://zero.example:PORT/',
  'http://local.example:PORT/',
  'http://unique.example:PORT/',
  'http://mixed.example:PORT/',
  'http://mixed-reversed.example:PORT/',
  'http://mixed-six.example:PORT/',
  ...OWN_ADDRESSES.map((address) => `http://${address}:PORT/`),
];

const REFUSED_URLS: [url: string, code: string][] = [
  ['http://publisher.example@127.0.0.1:PORT/', 'bad-url'],
  ['http://publisher.example:80@127.0.0.1:PORT/', 'bad-url'],
  ['http://user:secret@publisher.example:PORT/', 'bad-url'],
  ['http://publisher.example%00@127.0.0.1:PORT/', 'bad-url'],
  ['http://127.0.0.1:PORT#@publisher.example/', 'private-address'],
  ['http://127.0.0.1:PORT\\@publisher.example/', 'private-address'],
  ['http://127.0.0.1%00.publisher.example:PORT/', 'bad-url'],
  ['http://127.0.0.1.example.:PORT/', 'dns'],
  ['http://nothing.example:PORT/', 'dns'],
  ['http://256.256.256.256:PORT/', 'bad-url'],
  ['http://[::1:PORT/', 'bad-url'],
  ['http://[fe80::1%25eth0]:PORT/', 'bad-url'],
  ['http://:PORT/', 'bad-url'],
  ['http://publisher.example:99999/', 'bad-url'],
  ['//127.0.0.1:PORT/', 'bad-url'],
  ['127.0.0.1:PORT/', 'bad-url'],
  ['', 'bad-url'],
  ['ftp://127.0.0.1:PORT/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['file://127.0.0.1/etc/passwd', 'scheme'],
  ['gopher://127.0.0.1:PORT/_GET%20/', 'scheme'],
  ['dict://127.0.0.1:PORT/', 'scheme'],
  ['ws://127.0.0.1:PORT/', 'scheme'],
  ['data:text/xml,<rss/>', 'scheme'],
  ['javascript:alert(1)', 'scheme'],
  ['blob:http://127.0.0.1:PORT/1', 'scheme'],
  ['feed:http://127.0.0.1:PORT/', 'scheme'],
  ['http://publisher.example:0/', 'port'],
  ['http://publisher.example:22/', 'port'],
  ['http://publisher.example:25/', 'port'],
  ['https://publisher.example:465/', 'port'],
  ['http://publisher.example:6667/', 'port'],
];

describe('an address that is not public', () => {
  it('is refused before a connection is made, however it is written', async () => {
    expect(PRIVATE_URLS.length).toBeGreaterThanOrEqual(60);
    for (const url of PRIVATE_URLS.map((text) => text.replace('PORT', String(port)))) {
      expect([url, await tryToReach(url), heard]).toEqual([url, 'private-address', []]);
    }
  });

  it('is not reached by tricks of user names, schemes, ports and spelling', async () => {
    for (const [text, code] of REFUSED_URLS) {
      const url = text.replace('PORT', String(port));
      expect([url, await tryToReach(url), heard]).toEqual([url, code, []]);
    }
  });

  it('is not reached by a redirect from a public one', async () => {
    const targets = [
      ...PRIVATE_URLS.filter((url) => /^https?:\/\/[!-~]*$/.test(url)),
      '//127.0.0.1:PORT/',
    ];
    for (const target of targets.map((text) => text.replace('PORT', String(port)))) {
      publisher.setFeed('/moved', { status: 302, redirectTo: target });
      const outcome = await tryToReach(publisher.url('/moved', 'publisher.example'));
      expect([target, outcome, heard]).toEqual([target, 'private-address', []]);
    }
    expect(publisher.requests).toHaveLength(targets.length);
  });

  it('is not reached by a redirect to another scheme or with a user name', async () => {
    for (const target of [
      'file:///etc/passwd',
      `ftp://127.0.0.1:${port}/`,
      `http://a@127.0.0.1:${port}/`,
    ]) {
      publisher.setFeed('/moved', { redirectTo: target });
      expect(['scheme', 'bad-url']).toContain(
        await tryToReach(publisher.url('/moved', 'publisher.example')),
      );
      expect(heard).toEqual([]);
    }
  });

  it('is not reached when a name is public at first and private next', async () => {
    publisher.setFeed('/feed', { body: 'news', headers: { connection: 'close' } });
    const client = createLocalClient({
      allowPrivateNetworks: false,
      isPublic,
      resolve: createResolver(),
    });
    heard = [];
    const url = publisher.url('/feed', 'rebinding.example');
    expect((await client.get(url)).body.toString()).toBe('news');
    await expect(client.get(url)).rejects.toMatchObject({ code: 'private-address' });
    await expect(client.get(`http://rebinding.example:${port}/`)).rejects.toMatchObject({
      code: 'private-address',
      message: '127.0.0.1 is not an address on the public internet',
    });
    await client.close();
    expect(heard).toEqual([]);
  });

  it('is reached when private networks are allowed, which shows that the canary listens', async () => {
    heard = [];
    const client = createLocalClient();
    const response = await client.get(`http://0x7f.1:${port}/`);
    await client.close();
    expect(response.body.toString()).toBe('cage');
    expect(heard).toHaveLength(1);
  });
});

it('a public address is reached by name and by redirect', async () => {
  publisher.setFeed('/old', { redirectTo: '/new' });
  publisher.setFeed('/new', { body: 'news' });
  expect(await tryToReach(publisher.url('/old', 'publisher.example'))).toBe('reached: 200 news');
  expect(await tryToReach(publisher.url('/old'))).toBe('reached: 200 news');
});
