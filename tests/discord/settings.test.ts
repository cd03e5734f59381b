import { describe, expect, it } from 'vitest';
import { getGuildSettings } from '../../src/store/settings-store.ts';
import { useBot } from './start-bot.ts';
import { textOf } from './text-of.ts';

const t = useBot();

function newServer() {
  const guildId = t.discord.addGuild();
  const asker = { guildId, channelId: t.discord.addChannel(guildId, 'news'), userId: '7' };
  const set = async (options: Record<string, string>, as: object = {}) =>
    textOf((await t.discord.sendCommand('settings', options, { ...asker, ...as })).message);
  return { guildId, asker, set, stored: () => getGuildSettings(t.db, guildId) };
}

describe('/settings', () => {
  it('takes quiet hours, what critical stories do in them, and whether the night is silent', async () => {
    const { set, stored } = newServer();
    const said = await set({ 'quiet-hours': '22:00-07:00', critical: 'pass', night: 'loud' });
    expect(said).toContain('Quiet hours: 22:00–07:00, then one digest');
    expect(said).toContain('Critical stories pass in quiet hours');
    expect(said).toContain('notifies');
    expect(await stored()).toMatchObject({
      quietHours: { startMinutes: 1320, endMinutes: 420 },
      criticalPasses: true,
      nightSilent: false,
    });
    expect(await set({ 'quiet-hours': 'off' })).toContain('Quiet hours: none');
    expect(await stored()).toMatchObject({ quietHours: null });
  });

  it('speaks Arabic and reads Arabic digits', async () => {
    const { set, stored } = newServer();
    const said = await set({ language: 'ar', 'quiet-hours': '٢٢-٧', threshold: '٠٫٧' });
    expect(said).toContain('ساعات الهدوء: من 22:00 إلى 07:00، ثم موجز واحد');
    expect(said).toContain('الحد الأدنى للثقة: 0.70 (اختاره هذا الخادم)');
    expect(await stored()).toMatchObject({
      quietHours: { startMinutes: 1320, endMinutes: 420 },
      threshold: 0.7,
    });
    expect(await set({ threshold: 'كثير' })).toContain('«كثير» ليس حدًا صحيحًا');
  });

  it.each([
    [{ 'quiet-hours': '22:00' }, '"22:00" is not a span of time'],
    [{ 'quiet-hours': '22:00-25:00' }, 'is not a span of time'],
    [{ 'quiet-hours': '08:00-08:00' }, 'is not a span of time'],
    [{ 'quiet-hours': 'at night' }, 'is not a span of time'],
    [{ threshold: '0.04' }, '"0.04" is not a threshold'],
    [{ threshold: '0.96' }, 'is not a threshold'],
    [{ threshold: 'high' }, 'is not a threshold'],
    [{ threshold: '1e-1' }, 'is not a threshold'],
  ])('refuses %j and changes nothing', async (options, said) => {
    const { set, stored } = newServer();
    const before = await stored();
    expect(await set({ ...options, language: 'ar' })).toContain(said);
    expect(await stored()).toEqual(before);
  });

  it('keeps a threshold until it is reset to the model’s', async () => {
    const { set } = newServer();
    expect(await set({ threshold: '0.9' })).toContain('Threshold: 0.90 (this server’s own)');
    expect(await set({ threshold: 'reset' })).toContain('Threshold: 0.50 (the model’s)');
  });

  it('lets a role change things, which it cannot hand on', async () => {
    const { set, asker, guildId, stored } = newServer();
    const role = t.discord.addRole(guildId, 'editors');
    const member = { permissions: 0n, roles: [role] };
    await expect.poll(() => set({ language: 'en' }, member)).toContain('You need the permission');
    const said = await set({ 'manager-role': role });
    expect(said).toContain(`May change things: <@&${role}>`);
    expect(said).toContain('Integrations');
    expect(await set({ timezone: 'Asia/Riyadh' }, member)).toContain('✅ Saved.');
    const refused = await set({ timezone: 'UTC' }, { permissions: 0n, roles: [] });
    expect(refused).toContain(`or the role <@&${role}>`);
    expect(await set({ 'manager-role': guildId }, member)).toContain('Only those with');
    await set({ 'manager-role': guildId });
    expect(await stored()).toMatchObject({ managerRoleId: null, timezone: 'Asia/Riyadh' });
    expect(await set({ timezone: 'UTC' }, { ...asker, ...member })).toContain('You need');
  });
});
