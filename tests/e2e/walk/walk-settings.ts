import { expect, it } from 'vitest';
import { textOf } from '../../discord/text-of.ts';
import type { Walker } from './walker.ts';

const SAVED = { ar: 'حُفظت الإعدادات', en: 'Saved' };

/** `/settings`: every option and choice, and what is wrong with one. */
export function walkSettings(walker: () => Walker): void {
  it('/settings takes every choice, and says in the language chosen that it is saved', async () => {
    const { command, frame } = walker();
    await command('settings', { language: frame === 'ar' ? 'en' : 'ar' });
    await command('settings', { language: frame });
    const shown = textOf((await command('settings')).message);
    for (const options of [
      { 'quiet-hours': '22:00-07:00' },
      { critical: 'pass' },
      { night: 'loud' },
      { critical: 'wait' },
      { night: 'silent' },
      { threshold: '0.4' },
      { timezone: 'Africa/Cairo' },
      { timezone: 'Asia/Riyadh' },
      { threshold: 'reset' },
      { 'quiet-hours': 'off' },
    ]) {
      const { message } = await command('settings', options);
      expect(textOf(message)).toContain(SAVED[frame]);
    }
    expect(textOf((await command('settings')).message)).not.toBe(shown);
  });

  it.each([
    [{ timezone: 'Asia/Ryadh' }, 'Asia/Ryadh'],
    [{ 'quiet-hours': 'sometimes' }, 'sometimes'],
    [{ 'quiet-hours': '25:00-07:00' }, '25:00-07:00'],
    [{ threshold: '7' }, '0.95'],
  ])('/settings %j is refused with what it should be', async (options, named) => {
    const { message } = await walker().command('settings', options);
    expect(textOf(message)).toMatch(/^⚠/);
    expect(textOf(message)).toContain(named);
  });

  it('/settings lets a role change things, which cannot hand that on, and @everyone takes it back', async () => {
    const { command, place } = walker();
    const chosen = await command('settings', { 'manager-role': place.role });
    expect(textOf(chosen.message)).toContain(`<@&${place.role}>`);
    const editor = { permissions: 0n, roles: [place.role] };
    const handed = await command('settings', { 'manager-role': place.role }, editor);
    expect(textOf(handed.message)).toContain('Manage Server');
    const stranger = await command('subscriptions', {}, { permissions: 0n });
    expect(textOf(stranger.message)).toContain(`<@&${place.role}>`);
    await command('settings', { 'manager-role': place.guildId });
    const refused = await command('subscriptions', {}, editor);
    expect(textOf(refused.message)).toContain('Manage Server');
  });

  it.each([
    ['riy', 'Asia/Riyadh'],
    ['القاهرة', 'Africa/Cairo'],
  ])('/settings completes a zone typed as %s', async (typed, zone) => {
    const choices = await walker().complete('settings', 'timezone', typed);
    expect(choices.map(({ value }) => value)).toContain(zone);
  });
}
