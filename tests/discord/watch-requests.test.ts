import { REST, Routes } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toDeliveryError } from '../../src/discord/delivery-error.ts';
import { keepRefusals } from '../../src/discord/keep-refusals.ts';
import { createRequestWatch, type DiscordAnswer } from '../../src/discord/watch-requests.ts';
import { shareRefusals } from '../../src/store/refusal-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../helpers/fake-discord/create-fake-discord.ts';

const NOW = new Date('2026-11-24T05:00:00Z');
let discord: FakeDiscord;
let now = NOW;
let answers: DiscordAnswer[];
let watch: ReturnType<typeof createRequestWatch>;
let rest: REST;
let channel: `/${string}`;

beforeAll(async () => {
  discord = await createFakeDiscord();
  channel = Routes.channelMessages(discord.addChannel(discord.addGuild(), 'news'));
});
afterAll(() => discord.close());

beforeEach(() => {
  now = NOW;
  answers = [];
  discord.requests.length = 0;
  watch = createRequestWatch({ clock: () => now, onAnswer: (answer) => answers.push(answer) });
  rest = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.token);
  watch.watch(rest);
});

const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

/** As many answers as no test should have to wait for. */
function refuse(times: number, status = 403, headers: Record<string, string> = {}): void {
  const request = { method: 'POST', path: channel, route: '/channels/:id/messages', retries: 0 };
  const response = new Response(null, { status, headers });
  const sent = { ...request, options: {}, data: { body: null, files: undefined } };
  for (let i = 0; i < times; i += 1) rest.emit('response', sent as never, response);
}

describe('what Discord answers', () => {
  it('is told by route and status, also what it refuses', async () => {
    await rest.get(Routes.gatewayBot());
    discord.failNext({ status: 403 });
    await rest.get(channel).catch(() => undefined);
    expect(answers).toEqual([
      { method: 'GET', route: '/gateway/bot', status: 200 },
      { method: 'GET', route: '/channels/:id/messages', status: 403 },
    ]);
    expect(watch.invalidRequestsLeft()).toBe(9_999);
  });

  it('counts against the limit when it is a refusal, for ten minutes', () => {
    for (const status of [200, 204, 400, 404, 500]) refuse(1, status);
    expect(watch.invalidRequestsLeft()).toBe(10_000);
    for (const status of [401, 403, 429]) refuse(1, status);
    expect(watch.invalidRequestsLeft()).toBe(9_997);
    refuse(1, 429, { 'x-ratelimit-scope': 'shared' });
    expect(watch.invalidRequestsLeft()).toBe(9_997);
    now = later(599);
    expect(watch.invalidRequestsLeft()).toBe(9_997);
    now = later(600);
    expect(watch.invalidRequestsLeft()).toBe(10_000);
  });
});

describe('when Discord has refused 4,500 requests within ten minutes', () => {
  it('nothing more is sent to it until there is room, and the caller may try later', async () => {
    refuse(2_000);
    now = later(60);
    refuse(2_499);
    expect(watch.pausedUntil()).toBeNull();
    refuse(1);
    expect(watch.pausedUntil()).toEqual(later(600));
    const error = await rest.get(channel).catch(toDeliveryError);
    expect(error).toMatchObject({
      code: 'paused',
      retryable: true,
      message:
        'Discord has refused too many requests; nothing is sent before 2026-11-24T05:10:00.000Z',
    });
    expect(discord.requests).toEqual([]);
    now = later(600);
    expect(watch.pausedUntil()).toBeNull();
    await rest.get(Routes.gatewayBot());
    expect(discord.requests).toHaveLength(1);
  });

  it('also what another client of the same bot would send is held back', async () => {
    const other = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.token);
    watch.watch(other);
    refuse(4_500);
    await expect(other.get(Routes.gatewayBot())).rejects.toMatchObject({ code: 'paused' });
    expect(discord.requests).toEqual([]);
  });

  it('members are answered all the same', async () => {
    refuse(4_500);
    const callback = Routes.interactionCallback('100000000000000001', 'token');
    await rest.post(callback, { body: {}, auth: false }).catch(() => undefined);
    expect(discord.requests).toHaveLength(1);
    discord.violations.length = 0;
  });
});

describe('what was refused to one process', () => {
  const database = useTestDatabase();
  beforeEach(() => database.clear());
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const keep = ({ invalid }: ReturnType<typeof createRequestWatch>) =>
    keepRefusals({ db: database.db, invalid, log });
  const share = (one: ReturnType<typeof createRequestWatch>) =>
    one.invalid.share((own, since) => shareRefusals(database.db, own, since));

  it('is known to the next that takes over, and so on: all together stay below the limit', async () => {
    for (const seconds of [0, 100, 200]) {
      now = later(seconds);
      watch = createRequestWatch({ clock: () => now });
      watch.watch(rest);
      const kept = keep(watch);
      await kept.start();
      refuse(1_500);
      await kept.stop();
      await kept.stop();
    }
    const next = createRequestWatch({ clock: () => now });
    expect(next.invalidRequestsLeft()).toBe(10_000);
    await keep(next).start();
    expect(next.invalidRequestsLeft()).toBe(5_500);
    expect(next.pausedUntil()).toEqual(later(610));
    now = later(611);
    expect(next.pausedUntil()).toBeNull();
    await share(next);
    expect(next.invalidRequestsLeft()).toBe(7_000);
  });

  it('is told the next time, where the database was away, and counted here all along', async () => {
    refuse(3);
    await expect(watch.invalid.share(() => Promise.reject(new Error('away')))).rejects.toThrow();
    refuse(1);
    expect(watch.invalidRequestsLeft()).toBe(9_996);
    await share(watch);
    expect(watch.invalidRequestsLeft()).toBe(9_996);
  });
});
