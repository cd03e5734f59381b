import { describe, expect, it } from 'vitest';
import { defaultGuildSettings } from '../../src/domain/subscription.ts';
import { getGuildSettings, saveGuildSettings } from '../../src/store/settings-store.ts';
import { useTestDatabase } from '../helpers/database.ts';

const NOW = new Date('2026-11-24T08:00:00Z');

describe('settings of a server', () => {
  const database = useTestDatabase();

  it('are the defaults until something is set', async () => {
    expect(await getGuildSettings(database.db, 'nobody')).toEqual(defaultGuildSettings('nobody'));
  });

  it('are read back as they were saved, and the last save counts', async () => {
    const settings = {
      guildId: 'g1',
      language: 'ar' as const,
      timezone: 'Asia/Riyadh',
      threshold: 0.7,
      quietHours: { startMinutes: 1380, endMinutes: 360 },
      criticalPasses: true,
      nightSilent: false,
      managerRoleId: '77',
      votesSince: NOW,
    };
    await saveGuildSettings(database.db, settings, NOW);
    await saveGuildSettings(database.db, { ...settings, threshold: null, quietHours: null }, NOW);
    expect(await getGuildSettings(database.db, 'g1')).toEqual({
      ...settings,
      threshold: null,
      quietHours: null,
    });
    await saveGuildSettings(database.db, settings, NOW);
    expect(await getGuildSettings(database.db, 'g1')).toEqual(settings);
  });
});
