import { describe, expect, it } from 'vitest';
import { saveDigest } from '../../src/store/outbox-store.ts';
import { listSubscriptions } from '../../src/store/subscription-store.ts';
import { EVERYONE, SEND_MESSAGES } from '../helpers/fake-discord/state.ts';
import { makeDigest, makeSubscription } from '../store/rows.ts';
import { NOW, useBot } from './start-bot.ts';
import { textOf } from './text-of.ts';

const t = useBot();

/** A server with a subscription, made by member 7. */
async function newServer(parts: { roleId?: string; language?: 'ar' | 'en' } = {}) {
  await t.db.query('DELETE FROM subscriptions');
  const guildId = t.discord.addGuild();
  const channelId = t.discord.addChannel(guildId, 'news');
  const roleId = t.discord.addRole(guildId, 'analysts');
  const asker = { guildId, channelId, userId: '7' };
  const told = t.discord.directMessages('7').length;
  await t.discord.sendCommand('settings', { language: parts.language ?? 'en' }, asker);
  const subscription = await makeSubscription(t.db, { guildId, channelId, createdBy: '7', roleId });
  return {
    asker,
    roleId,
    subscription,
    state: async () => {
      const [row] = await listSubscriptions(t.db, guildId);
      return row?.pauseReason ?? (row?.paused ? 'paused' : 'runs');
    },
    calls: async () => (await listSubscriptions(t.db, guildId)).map((row) => row.roleId),
    told: () => t.discord.directMessages('7').slice(told).map(textOf),
    show: async (command: string) =>
      textOf((await t.discord.sendCommand(command, {}, asker)).message),
  };
}

describe('a role that carried the bot’s right to post', () => {
  it('pauses its subscriptions with the reason when it is deleted, and they go on when another carries it', async () => {
    const server = await newServer();
    const { guildId } = server.asker;
    const right = { permissions: SEND_MESSAGES, ofBot: true };
    const carrier = t.discord.addRole(guildId, 'rasid', right);
    t.discord.setEveryone(guildId, EVERYONE & ~SEND_MESSAGES);
    await t.bot.checkAccess();
    expect(await server.state()).toBe('runs');
    t.discord.deleteRole(guildId, carrier);
    await expect.poll(server.state).toBe('forbidden');
    await expect.poll(server.told).toEqual([expect.stringContaining('Rasid may not post there')]);
    t.discord.addRole(guildId, 'rasid again', right);
    await expect.poll(server.state).toBe('runs');
  });

  it('pauses them as well when it only loses the permission', async () => {
    const server = await newServer();
    t.discord.setEveryone(server.asker.guildId, EVERYONE & ~SEND_MESSAGES);
    await expect.poll(server.state).toBe('forbidden');
    t.discord.setEveryone(server.asker.guildId, EVERYONE);
    await expect.poll(server.state).toBe('runs');
  });
});

describe('a role that a subscription mentions', () => {
  it.each([
    ['en', 'mention was deleted. They go on and mention nobody'],
    ['ar', 'حُذفت الرتبة التي تنبّهها مواجيزك في'],
  ] as const)(
    'is mentioned no more when it is deleted; who created the subscription is told once (%s)',
    async (language, words) => {
      const server = await newServer({ language });
      const { subscription } = server;
      const options = { subscription, dueAt: NOW, storyIds: [], messages: [makeDigest()] };
      await saveDigest(t.db, { ...options, now: NOW });
      t.discord.deleteRole(server.asker.guildId, server.roleId);
      await expect.poll(server.calls).toEqual([null]);
      await expect.poll(server.told).toEqual([expect.stringContaining(words)]);
      await t.bot.checkAccess();
      expect(server.told()).toHaveLength(1);
      expect(await server.state()).toBe('runs');
      const waiting = await t.db.query('SELECT role_id FROM outbox');
      expect(waiting).toEqual([{ role_id: null }]);
    },
  );

  it('is forgotten too when it was deleted while the bot was away', async () => {
    const server = await newServer();
    await t.bot.stop();
    t.discord.deleteRole(server.asker.guildId, server.roleId);
    await t.restart();
    expect(await server.calls()).toEqual([null]);
  });

  it('stays where the server is only out of the bot’s view', async () => {
    const server = await newServer();
    t.discord.removeBot(server.asker.guildId);
    await expect.poll(server.state).toBe('bot-removed');
    t.discord.readmitBot(server.asker.guildId);
    await expect.poll(server.state).toBe('runs');
    expect(await server.calls()).toEqual([server.roleId]);
  });
});

it('a role that could change things is asked for no more when it is deleted: Manage Server is', async () => {
  const server = await newServer();
  const { asker, roleId } = server;
  await t.discord.sendCommand('settings', { 'manager-role': roleId }, asker);
  expect(await server.show('settings')).toContain(`<@&${roleId}> and Manage Server`);
  t.discord.deleteRole(asker.guildId, roleId);
  await expect.poll(() => server.show('settings')).not.toContain(roleId);
  const member = { ...asker, userId: '8', permissions: 0n, roles: [] };
  const { message } = await t.discord.sendCommand('subscriptions', {}, member);
  expect(textOf(message)).toBe('⚠ You need the permission "Manage Server" for this.');
});
