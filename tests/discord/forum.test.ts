import { describe, expect, it } from 'vitest';
import { NONCE_MEMORY_MS } from '../../src/discord/deliver-digest.ts';
import { makeDigest, makeMessage } from './make-message.ts';
import { NOW, useBot } from './start-bot.ts';
import { buttonsOf, textOf } from './text-of.ts';

const t = useBot();
const FORUM = 15;
const SILENT = 1 << 12;

const posts = (forumId: string) =>
  t.discord.requests.filter(
    ({ method, path, status }) =>
      method === 'POST' && path === `/channels/${forumId}/threads` && status === 200,
  );

function forum(options: { tags?: string[]; tagRequired?: boolean } = {}) {
  const channelId = t.discord.addChannel(t.guildId, 'forum', { type: FORUM, ...options });
  return { channelId, guildId: t.guildId };
}

/** The gateway has told the bot of the channel. */
async function known(channelId: string) {
  const asker = { guildId: t.guildId, channelId: t.channelId };
  await expect
    .poll(async () => {
      const options = { schedule: 'daily', channel: channelId };
      return textOf((await t.discord.sendCommand('subscribe', options, asker)).message);
    })
    .toContain('Not saved yet');
}

describe('a digest in a forum', () => {
  it('is a post named after it, with those tags that are called like its topics in either language', async () => {
    const place = forum({ tags: ['Off topic', 'برامج فدية', 'Data breach'] });
    await known(place.channelId);
    const { messageId, channelId } = await t.bot.deliver(makeMessage(place));
    expect(messageId).toBe(channelId);
    const [request] = posts(place.channelId);
    expect(request?.body).toMatchObject({ name: 'Cyber digest · Tue 24 Nov, 08:00 (Riyadh)' });
    expect(Object(request?.body).applied_tags).toHaveLength(1);
    expect(textOf(t.discord.messages(channelId)[0] ?? null)).toContain('Hospital chain');
  });

  it('has the forum’s first tag where one is required and none fits', async () => {
    const place = forum({ tags: ['News', 'Other'], tagRequired: true });
    await known(place.channelId);
    await t.bot.deliver(makeMessage(place));
    expect(Object(posts(place.channelId)[0]?.body).applied_tags).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)(
    'is one post when the connection breaks %s Discord took it',
    async (drop) => {
      const place = forum();
      await known(place.channelId);
      const message = makeMessage(place);
      t.discord.failNext({ matches: ({ path }) => path.endsWith('/threads'), drop });
      await expect(t.bot.deliver(message)).rejects.toMatchObject({ code: 'discord-down' });
      const again = { ...message, attempts: 1, firstAttemptAt: NOW };
      const { channelId } = await t.bot.deliver(again);
      expect(await t.bot.deliver(again)).toMatchObject({ channelId });
      const tried = t.discord.requests.filter(
        ({ method, path }) => method === 'POST' && path === `/channels/${place.channelId}/threads`,
      );
      expect(tried).toHaveLength(drop === 'before' ? 2 : 1);
    },
  );

  it('goes on in its post when it has several messages', async () => {
    const place = forum();
    await known(place.channelId);
    const first = await t.bot.deliver(makeMessage(place));
    const second = makeMessage({ ...place, position: 2, head: first });
    expect((await t.bot.deliver(second)).channelId).toBe(first.channelId);
    expect(t.discord.messages(first.channelId)).toHaveLength(2);
  });
});

describe('a development of a posted story', () => {
  const development = makeDigest({ development: { roseTo: 'critical' } });

  it('is told in a thread under its message, begun once', async () => {
    const channelId = t.discord.addChannel(t.guildId, 'follow');
    const head = await t.bot.deliver(makeMessage({ channelId }));
    const told = makeMessage({ channelId, head, digest: development, silent: true });
    const { channelId: thread } = await t.bot.deliver(told);
    expect(thread).toBe(head.messageId);
    const next = makeMessage({ channelId, head, digest: development, silent: true });
    expect((await t.bot.deliver(next)).channelId).toBe(thread);
    expect(t.discord.messages(channelId)).toHaveLength(1);
    const [posted] = t.discord.messages(thread);
    expect(textOf(posted ?? null)).toMatch(/^-# ↻ New on this story · now critical\n/);
    expect((posted?.flags ?? 0) & SILENT).toBe(SILENT);
  });

  it('is found in the thread when its sending was cut off long ago', async () => {
    const channelId = t.discord.addChannel(t.guildId, 'follow');
    const head = await t.bot.deliver(makeMessage({ channelId }));
    const told = makeMessage({ channelId, head, digest: development });
    const first = await t.bot.deliver(told);
    t.discord.forgetNonces();
    t.now = new Date(NOW.getTime() + NONCE_MEMORY_MS + 1000);
    expect(await t.bot.deliver({ ...told, attempts: 1, firstAttemptAt: NOW })).toEqual(first);
    expect(t.discord.messages(first.channelId)).toHaveLength(1);
  });

  it('stays in the thread where the digest is', async () => {
    const channelId = t.discord.addChannel(t.guildId, 'talk', { type: 11 });
    const head = await t.bot.deliver(makeMessage({ channelId }));
    const { channelId: there } = await t.bot.deliver(
      makeMessage({ channelId, head, digest: development }),
    );
    expect(there).toBe(channelId);
  });
});

describe('a message', () => {
  it('posted at night makes no sound; by day it does', async () => {
    const channelId = t.discord.addChannel(t.guildId, 'night');
    await t.bot.deliver(makeMessage({ channelId, silent: true }));
    await t.bot.deliver(makeMessage({ channelId }));
    const flags = t.discord.messages(channelId).map((message) => (message.flags ?? 0) & SILENT);
    expect(flags).toEqual([SILENT, 0]);
  });

  it('has the stories that it only counts behind a button', async () => {
    const channelId = t.discord.addChannel(t.guildId, 'more');
    const message = makeMessage({ channelId, digest: makeDigest({ moreCount: 7 }) });
    await t.bot.deliver(message);
    const [posted] = t.discord.messages(channelId);
    expect(buttonsOf(posted ?? null).at(-1)).toBe(`rest:${message.id}`);
    expect(JSON.stringify(posted)).toContain('"label":"and 7 more"');
  });
});

it('a revoked token is said once, clearly, and stays the reason', async () => {
  const channelId = t.discord.addChannel(t.guildId, 'revoked');
  t.discord.failNext({ matches: ({ method }) => method === 'POST', status: 401 });
  for (let tries = 0; tries < 3; tries += 1) {
    await expect(t.bot.deliver(makeMessage({ channelId }))).rejects.toMatchObject({
      code: 'unauthorised',
      retryable: true,
    });
  }
  expect(t.errors).toEqual([
    'Discord no longer accepts DISCORD_TOKEN: digests wait; set a new DISCORD_TOKEN and start again',
  ]);
  t.errors.length = 0;
});
