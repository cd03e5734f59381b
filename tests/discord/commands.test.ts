import { describe, expect, it } from 'vitest';
import { listSubscriptions } from '../../src/store/subscription-store.ts';
import { SEND_MESSAGES, VIEW_CHANNEL } from '../helpers/fake-discord/state.ts';
import { useBot } from './start-bot.ts';
import { buttonsOf, textOf } from './text-of.ts';

const t = useBot();

/** A server of its own for each test, so that none sees another's subscriptions. */
function newServer() {
  const guildId = t.discord.addGuild();
  const channelId = t.discord.addChannel(guildId, 'news');
  const asker = { guildId, channelId, userId: '7' };
  const send = async (
    name: string,
    options: Record<string, string | number | boolean> = {},
    permissions?: bigint,
  ) => {
    const reply = await t.discord.sendCommand(
      name,
      options,
      permissions === undefined ? asker : { ...asker, permissions },
    );
    expect(reply).toMatchObject({ ephemeral: true, deferred: true });
    expect(reply.message?.allowed_mentions).toEqual({ parse: [] });
    return reply.message;
  };
  const press = async (customId: string, permissions?: bigint) =>
    (await t.discord.press(customId, permissions === undefined ? asker : { ...asker, permissions }))
      .message;
  /** `/subscribe` and Confirm. */
  const subscribe = async (options: Record<string, string | number | boolean>) => {
    const draft = await send('subscribe', options);
    return press(buttonsOf(draft).find((id) => id.startsWith('confirm:')) ?? '');
  };
  return {
    guildId,
    channelId,
    asker,
    send,
    press,
    subscribe,
    saved: () => listSubscriptions(t.db, guildId),
  };
}

const DAILY = { schedule: 'daily', at: '08:00', timezone: 'Asia/Riyadh' };

describe('/subscribe', () => {
  it('saves a subscription and says what it will do and when next', async () => {
    const server = newServer();
    const reply = await server.subscribe({
      ...DAILY,
      language: 'ar',
      topic: 'ransomware,breach',
      severity: 'high',
      keyword: '"zero day" OR ثغرة',
      role: '55',
    });
    expect(textOf(reply).split('\n')).toEqual([
      `✅ <#${server.channelId}> will receive cyber stories:`,
      `**<#${server.channelId}>** · Daily · at 08:00 (Riyadh)`,
      'Arabic stories · topics: ransomware, data breach · severity High or above · keyword: "zero day" OR ثغرة · mentions <@&55>',
      '-# next <t:1795582800:R>',
    ]);
    expect(await server.saved()).toMatchObject([
      {
        channelId: server.channelId,
        createdBy: '7',
        schedule: 'daily',
        atMinutes: 480,
        timezone: 'Asia/Riyadh',
        language: 'ar',
        topics: ['ransomware', 'breach'],
        minSeverity: 'high',
        keyword: '"zero day" OR ثغرة',
        roleId: '55',
        nextDueAt: new Date('2026-11-25T05:00:00Z'),
      },
    ]);
  });

  it('speaks Arabic in an Arabic server, in the server’s zone', async () => {
    const server = newServer();
    await server.send('settings', { language: 'ar', timezone: 'Africa/Cairo' });
    const reply = await server.subscribe({ schedule: 'weekly', at: '٠٩:٣٠', weekday: 7 });
    expect(textOf(reply).split('\n').slice(1)).toEqual([
      `**<#${server.channelId}>** · أسبوعي · كل يوم الأحد الساعة 09:30 (القاهرة)`,
      'أخبار بالعربية والإنجليزية',
      '-# الموعد القادم بعد 5 أيام (<t:1795937400:d>، <t:1795937400:t>)',
    ]);
    expect(await server.saved()).toMatchObject([
      { atMinutes: 570, timezone: 'Africa/Cairo', weekday: 7 },
    ]);
  });

  it.each([
    [{ timezone: 'Asia/Ryadh' }, 'There is no time zone "Asia/Ryadh"'],
    [{ at: '25:00' }, '"25:00" is not a time of day'],
    [{ at: 'eight' }, '"eight" is not a time of day'],
    [{ topic: 'gossip' }, 'There is no topic "gossip"'],
    [{ source: 'The Onion' }, 'There is no source "The Onion"'],
    [{ keyword: 'bank AND (ransom' }, 'mistake at character 10: this parenthesis is never closed.'],
    [{ keyword: 'bank OR' }, 'mistake at character 8: a word is expected here.'],
    [{ keyword: '🏦bank AND' }, 'mistake at character 10: a word is expected here.'],
  ])('refuses %j and says why', async (options, expected) => {
    const server = newServer();
    const reply = await server.send('subscribe', { ...DAILY, ...options });
    expect(textOf(reply)).toContain(expected);
    expect(await server.saved()).toEqual([]);
  });

  it('says which permission it lacks in the channel, before it promises anything', async () => {
    const server = newServer();
    const closed = t.discord.addChannel(server.guildId, 'closed', { denied: SEND_MESSAGES });
    const hidden = t.discord.addChannel(server.guildId, 'hidden', { denied: VIEW_CHANNEL });
    expect(textOf(await server.send('subscribe', { ...DAILY, channel: closed }))).toMatch(
      /lacks: Send Messages$/,
    );
    expect(textOf(await server.send('subscribe', { ...DAILY, channel: hidden }))).toMatch(
      /lacks: View Channel/,
    );
    expect(await server.saved()).toEqual([]);
  });

  it('does not post into another server’s channel', async () => {
    const server = newServer();
    const stranger = newServer();
    const reply = await server.send('subscribe', { ...DAILY, channel: stranger.channelId });
    expect(textOf(reply)).toContain('Rasid cannot see');
    expect(await server.saved()).toEqual([]);
  });

  it('stops at 25 for a server', async () => {
    const server = newServer();
    for (let count = 0; count < 25; count += 1) await server.subscribe(DAILY);
    expect(textOf(await server.send('subscribe', DAILY))).toContain(
      'A server can have 25 subscriptions.',
    );
    expect(await server.saved()).toHaveLength(25);
  });

  it('completes zones by city in either script, and lists of topics', async () => {
    const { asker, send } = newServer();
    const zones = await t.discord.autocomplete('subscribe', { timezone: 'riy' }, 'timezone', asker);
    expect(zones[0]).toEqual({ name: 'Asia/Riyadh', value: 'Asia/Riyadh' });
    const all = await t.discord.autocomplete('subscribe', { timezone: '' }, 'timezone', asker);
    expect(all).toHaveLength(25);
    const topics = await t.discord.autocomplete(
      'subscribe',
      { topic: 'breach, rans' },
      'topic',
      asker,
    );
    expect(topics).toEqual([{ name: 'data breach, ransomware', value: 'breach,ransomware' }]);
    await send('settings', { language: 'ar' });
    const arabic = await t.discord.autocomplete(
      'subscribe',
      { timezone: 'القاهره' },
      'timezone',
      asker,
    );
    expect(arabic).toEqual([{ name: 'القاهرة · Africa/Cairo', value: 'Africa/Cairo' }]);
    const fidya = await t.discord.autocomplete('subscribe', { topic: 'فدي' }, 'topic', asker);
    expect(fidya).toEqual([{ name: 'برامج فدية', value: 'ransomware' }]);
  });
});

describe('/subscriptions', () => {
  it('lists them, pauses, resumes, and deletes after asking', async () => {
    const server = newServer();
    expect(textOf(await server.send('subscriptions'))).toContain('No subscriptions yet');
    await server.subscribe(DAILY);
    const [id] = (await server.saved()).map((subscription) => subscription.id);
    const listed = await server.send('subscriptions');
    expect(textOf(listed)).toContain('1 subscription');
    expect(buttonsOf(listed)).toEqual([
      `preview:${id}`,
      `pause:${id}`,
      `edit:${id}`,
      `move:${id}`,
      `delete:${id}`,
    ]);

    const paused = await server.press(`pause:${id}`);
    expect(textOf(paused)).toContain('paused: by <@7>');
    expect(await server.saved()).toMatchObject([{ paused: true }]);

    await server.press(`resume:${id}`);
    expect(await server.saved()).toMatchObject([
      { paused: false, nextDueAt: new Date('2026-11-25T05:00:00Z') },
    ]);

    const question = await server.press(`delete:${id}`);
    expect(textOf(question)).toContain('Delete this subscription?');
    expect(await server.saved()).toHaveLength(1);
    await server.press(`keep:${id}`);
    expect(await server.saved()).toHaveLength(1);
    await server.press(`delete:${id}`);
    const after = await server.press(`confirm-delete:${id}`);
    expect(textOf(after)).toContain('No subscriptions yet');
    expect(await server.saved()).toEqual([]);
  });

  it('pages through many with the longest filters, within Discord’s limits, in both languages', async () => {
    const server = newServer();
    const longest = {
      ...DAILY,
      topic: 'breach,intrusion,ransomware,vulnerability,malware,espionage,fraud',
      keyword: '*_'.repeat(60).concat('x'),
      role: '9'.repeat(19),
    };
    for (let count = 0; count < 12; count += 1) await server.subscribe(longest);
    for (const language of ['en', 'ar']) {
      await server.send('settings', { language });
      const first = await server.send('subscriptions');
      expect(buttonsOf(first)).toContain('list:5');
      const last = await server.press('list:5').then(() => server.press('list:10'));
      expect(buttonsOf(last).filter((id) => id.startsWith('delete:'))).toHaveLength(2);
    }
  });
});

describe('/unsubscribe', () => {
  it('offers the server’s subscriptions and deletes the chosen one', async () => {
    const server = newServer();
    await server.subscribe({ ...DAILY, keyword: 'bank_*' });
    const [choice] = await t.discord.autocomplete(
      'unsubscribe',
      { subscription: 'news' },
      'subscription',
      server.asker,
    );
    expect(choice?.name).toBe(
      '#news · Daily · at 08:00 (Riyadh) · Arabic and English stories · keyword: bank_*',
    );
    const reply = await server.send('unsubscribe', { subscription: choice?.value ?? '' });
    expect(textOf(reply)).toContain('Deleted:');
    expect(await server.saved()).toEqual([]);
  });

  it.each(['999999', 'nonsense', '1; DROP TABLE subscriptions'])(
    'answers %j plainly',
    async (subscription) => {
      const reply = await newServer().send('unsubscribe', { subscription });
      expect(textOf(reply)).toContain('There is no such subscription in this server.');
    },
  );
});

describe('/settings and /help', () => {
  it('show and change language and zone', async () => {
    const server = newServer();
    expect(textOf(await server.send('settings'))).toBe(
      '**Settings of this server**\nLanguage: English\nTime zone: UTC\nQuiet hours: none\nThreshold: 0.50 (the model’s)',
    );
    const saved = await server.send('settings', { language: 'ar', timezone: 'asia/riyadh' });
    expect(textOf(saved)).toBe(
      '**إعدادات هذا الخادم**\n✅ حُفظت الإعدادات.\nاللغة: العربية\nالمنطقة الزمنية: Asia/Riyadh\nساعات الهدوء: لا شيء\nالحد الأدنى للثقة: 0.50 (حد النموذج)',
    );
    expect(textOf(await server.send('settings', { timezone: 'Nowhere' }))).toContain(
      'لا توجد منطقة زمنية باسم «Nowhere»',
    );
  });

  it('help names every command', async () => {
    const text = textOf(await newServer().send('help'));
    for (const { name } of t.discord.commands()) expect(text).toContain(`/${name} · `);
  });
});
