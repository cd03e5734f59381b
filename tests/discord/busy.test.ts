import { expect, it } from 'vitest';
import { makeSubscription } from '../store/rows.ts';
import { NOW, useBot } from './start-bot.ts';
import { textOf } from './text-of.ts';

const t = useBot({
  typingLimits: { member: { burst: 3, perSecond: 1 }, guild: { burst: 100, perSecond: 1 } },
});

const DEFERRED = 5;

function newAsker(userId = '7') {
  const guildId = t.discord.addGuild();
  return { guildId, channelId: t.discord.addChannel(guildId, 'news'), userId };
}

const acknowledged = () =>
  t.discord.requests.filter(({ path, body }) => {
    return path.endsWith('/callback') && (body as { type: number }).type === DEFERRED;
  }).length;

it('a command is acknowledged before the database has answered anything', async () => {
  const asker = newAsker();
  await t.discord.sendCommand('help', {}, asker);
  const before = acknowledged();
  const release = t.holdDatabase();
  const answer = t.discord.sendCommand('settings', {}, asker);
  await expect.poll(acknowledged).toBe(before + 1);
  release();
  expect(textOf((await answer).message)).toContain('Settings of this server');
});

it('a form that the database keeps waiting is given up with a word, in the server’s language', async () => {
  const asker = newAsker();
  await t.discord.sendCommand('settings', { language: 'ar' }, asker);
  const { id } = await makeSubscription(t.db, asker);
  await t.discord.sendCommand('subscriptions', {}, asker);
  const release = t.holdDatabase();
  const { message, form } = await t.discord.press(`edit:${id}`, asker);
  release();
  expect(form).toBeNull();
  expect(textOf(message)).toBe('⚠ راصد مشغول جدًا الآن. اضغط مرة أخرى بعد لحظات.');
  expect((await t.discord.press(`edit:${id}`, asker)).form).not.toBeNull();
});

it('choices that the database keeps waiting are none, and no error', async () => {
  const asker = newAsker();
  const release = t.holdDatabase();
  const choices = await t.discord.autocomplete('story', { story: 'port' }, 'story', asker);
  release();
  expect(choices).toEqual([]);
});

it('who types faster than anyone reads gets no choices for a moment, and no error; others do', async () => {
  const asker = newAsker();
  const type = (as = asker) =>
    t.discord.autocomplete('settings', { timezone: 'riyadh' }, 'timezone', as);
  for (let key = 0; key < 3; key += 1) expect(await type()).toHaveLength(1);
  expect(await type()).toEqual([]);
  expect(await type({ ...asker, userId: '8' })).toHaveLength(1);
  t.now = new Date(NOW.getTime() + 1000);
  expect(await type()).toHaveLength(1);
});

it('a member is answered also when the connection to Discord breaks under the answer', async () => {
  const asker = newAsker();
  const answers = ({ path }: { path: string }) => /callback$|@original$/.test(path);
  t.discord.failNext({ matches: answers, drop: 'before' });
  const { message } = await t.discord.sendCommand('settings', {}, asker);
  expect(textOf(message)).toContain('Settings of this server');
});
