import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addFeed, listFeeds, recordFetch } from '../../src/store/feed-store.ts';
import { listOwnFeeds } from '../../src/store/source-store.ts';
import { makeSource } from '../store/rows.ts';
import { NOW, useBot } from './start-bot.ts';
import { buttonsOf, textOf } from './text-of.ts';

const t = useBot();

const FEED = `<?xml version="1.0"?><rss version="2.0"><channel><title>Our *CERT*</title>
${[1, 2, 3, 4].map((n) => `<item><title>Advisory ${n} for the bank</title><link>https://cert.example/${n}</link><pubDate>Tue, 24 Nov 2026 0${n}:00:00 GMT</pubDate></item>`).join('')}
</channel></rss>`;

const PAGES: Record<string, string> = {
  '/feed.rss': FEED,
  '/site':
    '<html><head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments"><link rel="alternate" type="application/rss+xml" href="/feed.rss"></head><body>Hello</body></html>',
  '/comments': FEED.replace('Our *CERT*', 'Comments'),
  '/bare': '<html><body>No feed here</body></html>',
};

let site = '';
const server = createServer((request, response) => {
  const body = PAGES[request.url ?? ''];
  response.writeHead(body === undefined ? 404 : 200, {
    'content-type': request.url?.endsWith('.rss') ? 'application/rss+xml' : 'text/html',
  });
  response.end(body ?? '');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

function newServer() {
  const guildId = t.discord.addGuild();
  const asker = { guildId, channelId: t.discord.addChannel(guildId, 'news'), userId: '7' };
  const send = async (name: string, options: Record<string, string> = {}, permissions?: bigint) =>
    (
      await t.discord.sendCommand(
        `sources ${name}`,
        options,
        permissions === undefined ? asker : { ...asker, permissions },
      )
    ).message;
  const press = async (
    id: string,
    fields: { permissions?: bigint; userId?: string; guildId?: string } = {},
  ) => (await t.discord.press(id, { ...asker, ...fields })).message;
  return { guildId, asker, send, press, own: () => listOwnFeeds(t.db, guildId) };
}

describe('/sources add', () => {
  it('finds the feed that a page announces, shows its newest items, and adds it when that is confirmed', async () => {
    const { send, press, own } = newServer();
    const reply = await send('add', { url: `${site}/site` });
    expect(textOf(reply).split('\n')).toEqual([
      'Add this source? Only this server will see what it tells.',
      '**Our \\*CERT\\*** · English · 4 items',
      `-# http:\u200b//127.0.0.1:${new URL(site).port}/feed.rss`,
      expect.stringMatching(/^• Advisory 1 for the bank · <t:\d+:R>$/),
      expect.stringMatching(/^• Advisory 2/),
      expect.stringMatching(/^• Advisory 3/),
    ]);
    expect(await own()).toEqual([]);
    const [confirm = ''] = buttonsOf(reply);
    expect(textOf(await press(confirm))).toContain('✅ Our \\*CERT\\* is added');
    expect(await own()).toMatchObject([
      { url: `${site}/feed.rss`, language: 'en', status: 'new', enabled: true },
    ]);
    expect(textOf(await send('add', { url: `${site}/feed.rss` }))).toContain(
      'This server reads it already: Our \\*CERT\\*',
    );
  });

  it('adds nothing when that is cancelled, when somebody else presses, or after an hour', async () => {
    const { send, press, own } = newServer();
    const cancel = buttonsOf(await send('add', { url: `${site}/feed.rss` })).at(-1) ?? '';
    expect(textOf(await press(cancel))).toBe('Nothing was added.');
    const first = buttonsOf(await send('add', { url: `${site}/feed.rss` }))[0] ?? '';
    expect(textOf(await press(first, { userId: '8' }))).toContain('Only the member who asked');
    const second = buttonsOf(await send('add', { url: `${site}/feed.rss` }))[0] ?? '';
    t.now = new Date(NOW.getTime() + 3_601_000);
    expect(textOf(await press(second))).toContain('kept for an hour');
    expect(await own()).toEqual([]);
  });

  it('says why an address gives no source, in the server’s language', async () => {
    const { send, asker } = newServer();
    expect(textOf(await send('add', { url: `${site}/bare` }))).toContain(
      'There is no feed at this address',
    );
    expect(textOf(await send('add', { url: `${site}/missing` }))).toContain(
      'The site has no such page',
    );
    expect(textOf(await send('add', { url: 'ftp://example.com/x' }))).toContain(
      'This is not a web address.',
    );
    await t.discord.sendCommand('settings', { language: 'ar' }, asker);
    expect(textOf(await send('add', { url: `${site}/bare` }))).toContain(
      'لا خلاصة (feed) في هذا العنوان',
    );
  });

  it('stops at 20 for a server', async () => {
    const { send, guildId, press, own } = newServer();
    const waiting = buttonsOf(await send('add', { url: `${site}/feed.rss` }))[0] ?? '';
    for (let count = 0; count < 20; count += 1) await addFeed(t.db, makeSource(), guildId, NOW);
    expect(textOf(await send('add', { url: `${site}/feed.rss` }))).toContain(
      'A server can have 20 sources of its own.',
    );
    expect(textOf(await press(waiting))).toContain('A server can have 20 sources of its own.');
    expect(await own()).toHaveLength(20);
  });

  it('is for those who may change things; looking is for all', async () => {
    const { send, press, own } = newServer();
    expect(textOf(await send('add', { url: `${site}/feed.rss` }, 0n))).toContain('Manage Server');
    expect(textOf(await send('remove', { source: '1' }, 0n))).toContain('Manage Server');
    const confirm = buttonsOf(await send('add', { url: `${site}/feed.rss` }))[0] ?? '';
    expect(textOf(await press(confirm, { permissions: 0n }))).toContain('Manage Server');
    expect(await own()).toEqual([]);
    expect(textOf(await send('list', {}, 0n))).not.toContain('Manage Server');
  });
});

describe('/sources list and health', () => {
  it('says in words how each source is, its own first, then those in trouble, page by page', async () => {
    const { send, press, guildId } = newServer();
    const failing = await addFeed(t.db, makeSource({ name: 'Broken Times' }), null, NOW);
    for (let count = 0; count < 16; count += 1)
      await addFeed(t.db, makeSource({ name: `Calm ${count}` }), null, NOW);
    await addFeed(t.db, makeSource({ name: 'Ours' }), guildId, NOW);
    await recordFetch(
      t.db,
      failing.id,
      {
        status: 'failing',
        httpStatus: 500,
        error: 'the server failed (500)',
        etag: null,
        lastModified: null,
        nextCheckAt: new Date(NOW.getTime() + 600_000),
        movedTo: null,
        succeeded: false,
      },
      NOW,
    );
    const at = `<t:${NOW.getTime() / 1000}:R>`;
    const page = await send('list');
    const lines = textOf(page).split('\n');
    expect(lines.slice(1, 4)).toEqual([
      '-# 1–15 of 18',
      '• Ours · new · not fetched yet · this server’s own',
      `• Broken Times · failing since ${at} · fetched ${at}`,
    ]);
    expect(textOf(await press(buttonsOf(page).at(-1) ?? ''))).toContain('-# 16–18 of 18');
    const [choice] = await t.discord.autocomplete(
      'sources health',
      { source: 'broken' },
      'source',
      newServer().asker,
    );
    expect(choice).toEqual({ name: 'Broken Times', value: failing.id });
    const detail = textOf(await send('health', { source: failing.id }));
    expect(detail).toContain(`**Broken Times** · failing since ${at}`);
    expect(detail).toContain(
      '1 failure in a row\nLast answer (HTTP): 500\nWhat was wrong: the server failed (500)',
    );
    expect(textOf(await send('health', { source: 'no such' }))).toContain(
      'There is no source "no such"',
    );
  });
});

describe('/sources remove', () => {
  it('removes only what this server has added', async () => {
    const { send, asker, guildId, own } = newServer();
    const stranger = newServer();
    const ours = await addFeed(t.db, makeSource({ name: 'Remove me' }), guildId, NOW);
    const theirs = await addFeed(t.db, makeSource({ name: 'Theirs' }), stranger.guildId, NOW);
    const catalogue = (await listFeeds(t.db, null))[0];
    const choices = await t.discord.autocomplete('sources remove', { source: '' }, 'source', asker);
    expect(choices).toEqual([{ name: 'Remove me', value: ours.id }]);
    for (const source of [theirs.id, catalogue?.id ?? '0']) {
      expect(textOf(await send('remove', { source }))).toContain('There is no source');
    }
    expect(textOf(await send('remove', { source: ours.id }))).toContain('🗑 Remove me is removed.');
    expect(await own()).toEqual([]);
    expect(await stranger.own()).toHaveLength(1);
    expect(textOf(await send('list'))).not.toContain('Theirs');
    expect(textOf(await send('health', { source: theirs.id }))).toContain('There is no source');
  });
});
