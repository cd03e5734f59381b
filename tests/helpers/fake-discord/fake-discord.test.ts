import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeDiscord, type FakeDiscord } from './create-fake-discord.ts';
import { SEND_MESSAGES } from './state.ts';

let discord: FakeDiscord;
let channelId = '';
let guildId = '';
let now = new Date('2026-11-24T05:00:00Z');

beforeAll(async () => {
  discord = await createFakeDiscord({ clock: () => now, interactionDeadlineMs: 1_000 });
  guildId = discord.addGuild();
});
beforeEach(() => {
  channelId = discord.addChannel(guildId, 'news');
});
afterAll(() => discord.close());

async function request(method: string, path: string, body?: unknown, token = discord.token) {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

const post = (body: unknown) => request('POST', `/channels/${channelId}/messages`, body);
const V2 = 1 << 15;
const text = (content: string) => ({ type: 10, content });
const button = (custom_id: string, label = 'More') => ({ type: 2, style: 2, custom_id, label });
const row = (...components: object[]) => ({ type: 1, components });

describe('a message that Discord would refuse is refused', () => {
  it.each<[string, unknown]>([
    ['empty', {}],
    ['empty but for spaces', { content: '  ' }],
    ['content over 2,000', { content: 'a'.repeat(2001) }],
    [
      'embeds over 6,000 in all',
      { embeds: [{ description: 'a'.repeat(4000) }, { description: 'a'.repeat(2001) }] },
    ],
    [
      'an embed’s field over 1,024',
      { embeds: [{ fields: [{ name: 'x', value: 'a'.repeat(1025) }] }] },
    ],
    ['components with content', { flags: V2, content: 'x', components: [text('y')] }],
    ['components with embeds', { flags: V2, embeds: [{ title: 'x' }], components: [text('y')] }],
    ['new components without the flag', { components: [text('y')] }],
    [
      'over 40 components',
      {
        flags: V2,
        components: Array.from({ length: 11 }, () => ({
          type: 17,
          components: [text('a'), text('b'), text('c')],
        })),
      },
    ],
    [
      'over 4,000 characters',
      {
        flags: V2,
        components: [text('a'.repeat(2001)), { type: 17, components: [text('a'.repeat(2000))] }],
      },
    ],
    ['an empty text', { flags: V2, components: [text(' ')] }],
    [
      'a section without accessory',
      { flags: V2, components: [{ type: 9, components: [text('a')] }] },
    ],
    [
      'a section of four texts',
      {
        flags: V2,
        components: [
          {
            type: 9,
            components: [text('a'), text('b'), text('c'), text('d')],
            accessory: button('x'),
          },
        ],
      },
    ],
    ['a custom id over 100', { components: [row(button('a'.repeat(101)))] }],
    ['a custom id twice', { components: [row(button('a'), button('a'))] }],
    ['a label over 80', { components: [row(button('a', 'a'.repeat(81)))] }],
    ['a button without label', { components: [row({ type: 2, style: 2, custom_id: 'a' })] }],
    [
      'six buttons in a row',
      { components: [row(...Array.from({ length: 6 }, (_, index) => button(`b${index}`)))] },
    ],
    ['a nonce over 25', { content: 'x', nonce: 'a'.repeat(26) }],
    [
      'roles both parsed and listed',
      { content: 'x', allowed_mentions: { parse: ['roles'], roles: ['1'] } },
    ],
  ])('%s', async (_name, body) => {
    const before = discord.violations.length;
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect([50035, 50006]).toContain(answer.body.code);
    expect(discord.messages(channelId)).toEqual([]);
    expect(discord.violations.length).toBe(before + 1);
  });

  it('at the limit it is taken', async () => {
    const components = [
      text('a'.repeat(3998)),
      ...Array.from({ length: 2 }, (_, index) => ({
        type: 17,
        components: [row(button(`x${index}`)), text('b')],
      })),
    ];
    expect((await post({ flags: V2, components })).status).toBe(200);
    expect(
      (
        await post({
          content: 'a'.repeat(2000),
          components: [row(button('a'.repeat(100), 'a'.repeat(80)))],
        })
      ).status,
    ).toBe(200);
  });
});

describe('commands that Discord would refuse are refused', () => {
  const put = (...commands: unknown[]) =>
    request('PUT', `/applications/${discord.botId}/commands`, commands);
  const command = { name: 'digest', description: 'A digest' };
  const option = { type: 3, name: 'topic', description: 'Topic' };
  it.each<[string, unknown]>([
    ['an upper-case name', { ...command, name: 'Digest' }],
    ['a name with a space', { ...command, name: 'my digest' }],
    ['a description over 100', { ...command, description: 'a'.repeat(101) }],
    ['no description', { ...command, description: '' }],
    [
      '26 options',
      {
        ...command,
        options: Array.from({ length: 26 }, (_, index) => ({ ...option, name: `o${index}` })),
      },
    ],
    [
      '26 choices',
      {
        ...command,
        options: [
          {
            ...option,
            choices: Array.from({ length: 26 }, (_, index) => ({ name: `c${index}`, value: 'x' })),
          },
        ],
      },
    ],
    [
      'choices beside autocomplete',
      {
        ...command,
        options: [{ ...option, autocomplete: true, choices: [{ name: 'a', value: 'a' }] }],
      },
    ],
    [
      'a required option after a free one',
      { ...command, options: [option, { ...option, name: 'b', required: true }] },
    ],
    ['an option twice', { ...command, options: [option, option] }],
  ])('%s', async (_name, body) => {
    expect((await put(body)).status).toBe(400);
  });
  it('a good one is taken and given back', async () => {
    expect((await put({ ...command, options: [option] })).status).toBe(200);
    const { body } = await request('GET', `/applications/${discord.botId}/commands`);
    expect(body).toMatchObject([{ name: 'digest', options: [{ name: 'topic' }] }]);
  });
});

describe('nonces', () => {
  const message = { content: 'once', nonce: 'n-1', enforce_nonce: true };
  it('a repeated nonce gives the first message back, for some minutes, in its channel', async () => {
    const first = await post(message);
    now = new Date(now.getTime() + 4 * 60_000);
    expect((await post(message)).body.id).toBe(first.body.id);
    now = new Date(now.getTime() + 2 * 60_000);
    expect((await post(message)).body.id).not.toBe(first.body.id);
    discord.forgetNonces();
    await post(message);
    expect(discord.messages(channelId)).toHaveLength(3);
  });
  it('without enforce_nonce it is only a label', async () => {
    await post({ content: 'twice', nonce: 'n-2' });
    await post({ content: 'twice', nonce: 'n-2' });
    expect(discord.messages(channelId)).toHaveLength(2);
  });
});

describe('channels', () => {
  it('list messages newest first, nearest to `after`', async () => {
    for (let count = 0; count < 5; count += 1) discord.addForeignMessage(channelId, `m${count}`);
    const all = discord.messages(channelId);
    const page = await request(
      'GET',
      `/channels/${channelId}/messages?limit=2&after=${all[0]?.id}`,
    );
    expect(page.body.map(({ content }: { content: string }) => content)).toEqual(['m2', 'm1']);
    expect((await request('GET', `/channels/${channelId}/messages?limit=101`)).status).toBe(400);
  });
  it('that are gone, closed, or asked for with a wrong token say so', async () => {
    const closed = discord.addChannel(guildId, 'closed', { denied: SEND_MESSAGES });
    const body = { content: 'x' };
    expect(await request('POST', `/channels/${closed}/messages`, body)).toMatchObject({
      status: 403,
      body: { code: 50013 },
    });
    expect((await request('POST', `/channels/${channelId}/messages`, body, 'wrong')).status).toBe(
      401,
    );
    discord.deleteChannel(channelId);
    expect(await post(body)).toMatchObject({ status: 404, body: { code: 10003 } });
  });
  it('fail as asked, once', async () => {
    discord.failNext({ status: 429, retryAfterSeconds: 2 });
    expect(await post({ content: 'x' })).toMatchObject({ status: 429, body: { retry_after: 2 } });
    discord.failNext({ drop: 'after' });
    await expect(post({ content: 'kept' })).rejects.toThrow();
    expect((await post({ content: 'x' })).status).toBe(200);
    expect(discord.messages(channelId).map(({ content }) => content)).toEqual(['kept', 'x']);
  });
});
