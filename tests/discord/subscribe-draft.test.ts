import { beforeAll, describe, expect, it } from 'vitest';
import { listSubscriptions } from '../../src/store/subscription-store.ts';
import type { FakeForm, FakeMessage } from '../helpers/fake-discord/state.ts';
import { NOW, useBot } from './start-bot.ts';
import { storeStory } from './store-story.ts';
import { buttonsOf, textOf, titlesOf } from './text-of.ts';

const t = useBot();

const DAILY = { schedule: 'daily', at: '08:00', timezone: 'Asia/Riyadh' };

beforeAll(async () => {
  for (let count = 1; count <= 12; count += 1) {
    await storeStory(t.db, [
      {
        title: `Hospital case ${count}`,
        summary: 'Records were encrypted.',
        language: 'en',
        outlet: 'Reuters',
        hoursAgo: count,
        topic: count === 12 ? 'espionage' : 'ransomware',
      },
    ]);
  }
  await storeStory(t.db, [
    {
      title: 'هجوم على بنك',
      summary: 'وقع الهجوم.',
      language: 'ar',
      outlet: 'الجزيرة',
      hoursAgo: 3,
      topic: 'fraud',
      severity: 'critical',
    },
  ]);
});

function newServer(userId = '7') {
  const guildId = t.discord.addGuild();
  const channelId = t.discord.addChannel(guildId, 'news');
  const asker = { guildId, channelId, userId };
  const draft = async (options = {}) =>
    (await t.discord.sendCommand('subscribe', { ...DAILY, ...options }, asker)).message;
  const button = (message: FakeMessage | null, kind: string) =>
    buttonsOf(message).find((id) => id.startsWith(`${kind}:`)) ?? '';
  const press = (id: string, as: object = {}) => t.discord.press(id, { ...asker, ...as });
  const openForm = async (id: string): Promise<FakeForm> => {
    const { form } = await press(id);
    if (form === null) throw new Error('no form was opened');
    return form;
  };
  const saved = () => listSubscriptions(t.db, guildId);
  return { guildId, asker, draft, button, press, openForm, saved };
}

describe('/subscribe', () => {
  it('shows what the last 24 hours would have brought, and saves nothing before Confirm', async () => {
    const server = newServer();
    const reply = await server.draft({ topic: 'espionage' });
    expect(titlesOf(reply)).toEqual(['Hospital case 12']);
    expect(textOf(reply)).toContain('Not saved yet');
    expect(
      buttonsOf(reply)
        .slice(-4)
        .map((id) => id.split(':')[0]),
    ).toEqual(['confirm', 'revise', 'replace', 'cancel']);
    expect(await server.saved()).toEqual([]);
    const { message, updated } = await server.press(server.button(reply, 'confirm'));
    expect(updated).toBe(true);
    expect(textOf(message)).toContain('✅');
    expect(await server.saved()).toMatchObject([{ topics: ['espionage'], createdBy: '7' }]);
  });

  it('shows as many stories as fit and counts the others, in Arabic too', async () => {
    const server = newServer();
    await t.discord.sendCommand('settings', { language: 'ar' }, server.asker);
    const reply = await server.draft();
    expect(titlesOf(reply)).toHaveLength(8);
    expect(titlesOf(reply)[0]).toBe('هجوم على بنك');
    expect(textOf(reply)).toContain('لم يُحفظ بعد');
    expect(textOf(reply)).toContain('و5 أخبار أخرى');
  });

  it('a cancelled one is gone, and two presses of Confirm make one subscription', async () => {
    const server = newServer();
    const first = await server.draft();
    const confirm = server.button(first, 'confirm');
    expect(textOf((await server.press(server.button(first, 'cancel'))).message)).toBe(
      'Nothing was saved.',
    );
    expect(textOf((await server.press(confirm)).message)).toContain('kept for an hour');
    const second = await server.draft();
    const id = server.button(second, 'confirm');
    await Promise.all([server.press(id), server.press(id)]);
    expect(await server.saved()).toHaveLength(1);
  });

  it('its buttons work after a restart, for an hour, for whoever asked and nobody else', async () => {
    const server = newServer();
    const reply = await server.draft();
    await t.bot.stop();
    await t.restart();
    const id = server.button(reply, 'confirm');
    const colleague = await server.press(id, { userId: '8' });
    expect(textOf(colleague.message)).toContain('kept for an hour');
    const elsewhere = newServer();
    expect(textOf((await elsewhere.press(id)).message)).toContain('kept for an hour');
    t.now = new Date(NOW.getTime() + 3_599_000);
    await server.press(id);
    expect(await server.saved()).toHaveLength(1);
    t.now = NOW;
    const late = server.button(await server.draft(), 'confirm');
    t.now = new Date(NOW.getTime() + 3_601_000);
    expect(textOf((await server.press(late)).message)).toContain('kept for an hour');
  });

  it('Edit opens a form with its values, and shows the preview of what was changed', async () => {
    const server = newServer();
    const reply = await server.draft({ topic: 'ransomware', language: 'en', keyword: 'hospital' });
    const form = await server.openForm(server.button(reply, 'revise'));
    expect(Object.fromEntries(form.fields.map(({ id, value }) => [id, value]))).toEqual({
      when: 'Daily 08:00 Asia/Riyadh',
      what: 'en:low',
      topics: 'ransomware',
      sources: '',
      keyword: 'hospital',
    });
    const changed = await t.discord.submit(
      form,
      { when: 'weekly friday 9:30 Africa/Cairo', what: 'both:high', topics: 'fraud', keyword: '' },
      server.asker,
    );
    expect(changed.updated).toBe(true);
    expect(textOf(changed.message)).toContain('Fridays at 09:30 (Cairo)');
    expect(titlesOf(changed.message)).toEqual(['هجوم على بنك']);
    await server.press(server.button(changed.message, 'confirm'));
    expect(await server.saved()).toMatchObject([
      { schedule: 'weekly', weekday: 5, atMinutes: 570, topics: ['fraud'], keyword: null },
    ]);
  });

  it.each([
    [{ when: 'daily 25:00 Asia/Riyadh' }, 'When: "25:00 Asia/Riyadh" at character 7'],
    [{ when: 'daily 08:00 Asia/Ryadh' }, 'When: "Asia/Ryadh" at character 13'],
    [{ when: 'sometimes' }, 'When: "sometimes" at character 1'],
    [{ topics: 'ransomware, gossip' }, 'Topics: There is no topic "gossip"'],
    [{ sources: 'The Onion' }, 'Sources: There is no source "The Onion"'],
    [
      { keyword: 'bank AND topic:gossip' },
      'Filter: The keyword filter has a mistake at character 16',
    ],
    [{ keyword: 'bank AND source:"The Onion"' }, 'mistake at character 17: There is no source'],
  ])(
    'a mistake %j in the form is said with its place, and the draft stays',
    async (values, said) => {
      const server = newServer();
      const reply = await server.draft();
      const form = await server.openForm(server.button(reply, 'revise'));
      const { message } = await t.discord.submit(form, values, server.asker);
      expect(textOf(message)).toContain(said);
      await server.press(server.button(message, 'confirm'));
      expect(await server.saved()).toMatchObject([
        { schedule: 'daily', topics: [], keyword: null },
      ]);
    },
  );
});

/** The fields of a form with what they hold. */
function heldBy(form: FakeForm): Record<string, string> {
  return Object.fromEntries(form.fields.map(({ id, value }) => [id, value]));
}

describe('channel, role and threads', () => {
  it('of a draft are chosen from menus that show today’s values', async () => {
    const server = newServer();
    const role = t.discord.addRole(server.guildId, 'SOC');
    const forum = t.discord.addChannel(server.guildId, 'cyber', { type: 15 });
    const reply = await server.draft({ role, 'role-severity': 'high', follow: true });
    const form = await server.openForm(server.button(reply, 'replace'));
    expect(heldBy(form)).toEqual({
      channel: server.asker.channelId,
      role,
      'role-severity': 'high',
      follow: 'yes',
    });
    const values = { channel: forum, role: '', 'role-severity': 'critical', follow: 'no' };
    const changed = await t.discord.submit(form, values, server.asker);
    expect(textOf(changed.message)).toContain(`<#${forum}>`);
    await server.press(server.button(changed.message, 'confirm'));
    expect(await server.saved()).toMatchObject([
      { channelId: forum, roleId: null, roleMinSeverity: 'critical', follow: false },
    ]);
  });

  it('of a subscription change, and nothing else of it does', async () => {
    const server = newServer();
    await server.press(server.button(await server.draft({ topic: 'fraud' }), 'confirm'));
    const before = (await server.saved())[0];
    await t.discord.sendCommand('settings', { language: 'ar' }, server.asker);
    await t.discord.sendCommand('subscriptions', {}, server.asker);
    const form = await server.openForm(`move:${before?.id}`);
    expect(form.title).toBe('القناة والرتبة');
    const channel = t.discord.addChannel(server.guildId, 'other');
    const role = t.discord.addRole(server.guildId, 'SOC');
    const values = { channel, role, 'role-severity': 'high', follow: 'yes' };
    const { message } = await t.discord.submit(form, values, server.asker);
    expect(textOf(message)).toContain(`<#${channel}>`);
    expect(textOf(message)).toContain(`مع تنبيه`);
    const moved = { channelId: channel, roleId: role, roleMinSeverity: 'high', follow: true };
    expect(await server.saved()).toEqual([{ ...before, ...moved }]);
  });

  it('stay where the bot may not post to the chosen channel, and the reply says what it lacks', async () => {
    const server = newServer();
    await server.press(server.button(await server.draft(), 'confirm'));
    const [before] = await server.saved();
    await t.discord.sendCommand('subscriptions', {}, server.asker);
    const form = await server.openForm(`move:${before?.id}`);
    const channel = t.discord.addChannel(server.guildId, 'closed', { denied: 1n << 11n });
    const { message } = await t.discord.submit(form, { channel }, server.asker);
    expect(textOf(message)).toContain('It lacks: Send Messages');
    expect(await server.saved()).toEqual([before]);
  });

  it('a subscription whose channel was deleted goes on in the one that is chosen instead', async () => {
    const server = newServer();
    await server.press(server.button(await server.draft(), 'confirm'));
    const [before] = await server.saved();
    t.discord.deleteChannel(server.asker.channelId);
    await expect.poll(async () => (await server.saved())[0]?.pauseReason).toBe('channel-gone');
    const channelId = t.discord.addChannel(server.guildId, 'new');
    const asker = { ...server.asker, channelId };
    await t.discord.sendCommand('subscriptions', {}, asker);
    const { form } = await t.discord.press(`move:${before?.id}`, asker);
    expect(form && heldBy(form).channel).toBe('');
    if (form !== null) await t.discord.submit(form, { channel: channelId }, asker);
    expect(await server.saved()).toMatchObject([{ channelId, paused: false, pauseReason: null }]);
  });
});

describe('/help', () => {
  it('gives buttons to whoever has the role of /settings, from whom Discord hides the commands', async () => {
    const server = newServer();
    const role = t.discord.addRole(server.guildId, 'editors');
    await t.discord.sendCommand('settings', { 'manager-role': role }, server.asker);
    const editor = { ...server.asker, permissions: 0n, roles: [role] };
    const help = await t.discord.sendCommand('help', {}, editor);
    expect(buttonsOf(help.message)).toEqual(['begin', 'list:0']);
    const draft = await t.discord.press('begin', editor);
    expect(textOf(draft.message)).toContain('Daily · at 08:00 (UTC)');
    await t.discord.press(server.button(draft.message, 'confirm'), editor);
    expect(await server.saved()).toMatchObject([
      { channelId: server.asker.channelId, schedule: 'daily' },
    ]);
    const list = await t.discord.press('list:0', editor);
    expect(buttonsOf(list.message)).toHaveLength(5);
  });

  it('gives none to others, and refuses those who press them all the same', async () => {
    const server = newServer();
    const stranger = { ...server.asker, permissions: 0n };
    const help = await t.discord.sendCommand('help', {}, stranger);
    expect(buttonsOf(help.message)).toEqual([]);
    const forged = await t.discord.press('begin', stranger);
    expect(textOf(forged.message)).toContain('You need the permission');
    expect(await server.saved()).toEqual([]);
  });
});

describe('/subscriptions', () => {
  it('previews and edits one, in Arabic words as well', async () => {
    const server = newServer();
    await server.press(server.button(await server.draft({ topic: 'espionage' }), 'confirm'));
    const id = (await server.saved())[0]?.id ?? '';
    const preview = await server.press(`preview:${id}`);
    expect(preview).toMatchObject({ ephemeral: true, updated: false });
    expect(titlesOf(preview.message)).toEqual(['Hospital case 12']);
    await t.discord.sendCommand('settings', { language: 'ar' }, server.asker);
    await t.discord.sendCommand('subscriptions', {}, server.asker);
    const form = await server.openForm(`edit:${id}`);
    expect(form.fields[0]?.value).toBe('يومي 08:00 Asia/Riyadh');
    const wrong = await t.discord.submit(form, { when: 'يومي ٢٥' }, server.asker);
    expect(textOf(wrong.message)).toContain('الموعد: «٢٥» عند الحرف 6 غير مفهوم');
    const right = await t.discord.submit(
      form,
      { when: 'أسبوعي الجمعة ٠٩:٣٠', topics: 'تجسس، احتيال', keyword: 'موضوع:تجسس' },
      server.asker,
    );
    expect(textOf(right.message)).toContain('كل يوم الجمعة الساعة 09:30 (الرياض)');
    expect(await server.saved()).toMatchObject([
      { schedule: 'weekly', weekday: 5, topics: ['espionage', 'fraud'], keyword: 'موضوع:تجسس' },
    ]);
  });
});
