import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createFakeDiscord, type FakeDiscord } from './create-fake-discord.ts';

let discord: FakeDiscord;
let channelId = '';
let guildId = '';

beforeAll(async () => {
  discord = await createFakeDiscord({ interactionDeadlineMs: 1_000 });
  guildId = discord.addGuild();
});
beforeEach(() => {
  channelId = discord.addChannel(guildId, 'news');
});
afterAll(() => discord.close());

async function request(method: string, path: string, body?: unknown) {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

describe('the gateway', () => {
  interface Event {
    op: number;
    t?: string;
    s?: number;
    d?: { id?: string; token?: string; session_id?: string };
  }
  async function connect(first: object) {
    const { body } = await request('GET', '/gateway/bot');
    const socket = new WebSocket(`${body.url}?v=10&encoding=json`);
    const events: Event[] = [];
    const seen: (() => void)[] = [];
    socket.on('message', (raw) => {
      events.push(JSON.parse(String(raw)) as Event);
      for (const check of seen) check();
    });
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    const until = (fits: (event: Event) => boolean) =>
      new Promise<Event>((resolve) => {
        const check = () => {
          const found = events.find(fits);
          if (found) resolve(found);
        };
        seen.push(check);
        check();
      });
    await until(({ op }) => op === 10);
    socket.send(JSON.stringify(first));
    return { socket, until, closed };
  }
  const identify = () => ({ op: 2, d: { token: discord.token, intents: 1, properties: {} } });
  const asker = () => ({ guildId, channelId });

  it('closes on a wrong token with 4004', async () => {
    const { closed } = await connect({ op: 2, d: { token: 'wrong', intents: 1 } });
    expect(await closed).toBe(4004);
  });

  it('holds an interaction to its rules: answered once, in time', async () => {
    const bot = await connect(identify());
    await bot.until(({ t }) => t === 'GUILD_CREATE');
    await request('PUT', `/applications/${discord.botId}/commands`, [
      { name: 'digest', description: 'A digest' },
    ]);
    const reply = discord.sendCommand('digest', {}, asker());
    const { d } = await bot.until(({ t }) => t === 'INTERACTION_CREATE');
    const path = `/interactions/${d?.id}/${d?.token}/callback`;
    expect((await request('POST', path, { type: 8, data: { choices: [] } })).status).toBe(400);
    expect(
      (await request('POST', path, { type: 4, data: { content: 'hello', flags: 64 } })).status,
    ).toBe(204);
    expect(await reply).toMatchObject({ ephemeral: true, message: { content: 'hello' } });
    expect(await request('POST', path, { type: 5 })).toMatchObject({
      status: 400,
      body: { code: 40060 },
    });

    await expect(discord.sendCommand('digest', {}, asker())).rejects.toThrow(
      'not acknowledged within 1000 ms',
    );
    expect(discord.violations.at(-1)).toContain('not acknowledged');
    await expect(discord.sendCommand('nothing', {}, asker())).rejects.toThrow(
      'has not registered /nothing',
    );
    bot.socket.close();
  });

  it('resumes a session with what was missed', async () => {
    const bot = await connect(identify());
    const ready = await bot.until(({ t }) => t === 'READY');
    await bot.until(({ t }) => t === 'GUILD_CREATE');
    discord.gateway.drop();
    await bot.closed;
    const missed = discord.addChannel(guildId, 'made-meanwhile');
    const again = await connect({
      op: 6,
      d: { token: discord.token, session_id: ready.d?.session_id, seq: 2 },
    });
    expect((await again.until(({ t }) => t === 'CHANNEL_CREATE')).d?.id).toBe(missed);
    await again.until(({ t }) => t === 'RESUMED');
    const lost = await connect({
      op: 6,
      d: { token: discord.token, session_id: 'unknown', seq: 2 },
    });
    expect(await lost.until(({ op }) => op === 9)).toMatchObject({ d: false });
    again.socket.close();
    lost.socket.close();
  });
});
