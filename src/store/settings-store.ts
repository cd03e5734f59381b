import { defaultGuildSettings, type GuildSettings } from '../domain/subscription.ts';
import type { Queryable } from './db.ts';

interface SettingsRow {
  language: 'ar' | 'en';
  timezone: string;
  threshold: number | null;
  quiet_start_minutes: number | null;
  quiet_end_minutes: number | null;
  critical_passes: boolean;
  night_silent: boolean;
  manager_role_id: string | null;
  votes_since: Date | null;
}

/** A guild's settings; the defaults when it has set none. */
export async function getGuildSettings(db: Queryable, guildId: string): Promise<GuildSettings> {
  const [row] = await db.query<SettingsRow>('SELECT * FROM guild_settings WHERE guild_id = $1', [
    guildId,
  ]);
  if (!row) return defaultGuildSettings(guildId);
  const { language, timezone, threshold, quiet_start_minutes, quiet_end_minutes } = row;
  const quietHours =
    quiet_start_minutes === null || quiet_end_minutes === null
      ? null
      : { startMinutes: quiet_start_minutes, endMinutes: quiet_end_minutes };
  return {
    guildId,
    language,
    timezone,
    threshold,
    quietHours,
    criticalPasses: row.critical_passes,
    nightSilent: row.night_silent,
    managerRoleId: row.manager_role_id,
    votesSince: row.votes_since,
  };
}

export async function saveGuildSettings(
  db: Queryable,
  settings: GuildSettings,
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO guild_settings (guild_id, language, timezone, threshold, quiet_start_minutes, quiet_end_minutes, updated_at,
       critical_passes, night_silent, manager_role_id, votes_since)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (guild_id) DO UPDATE SET
       language = excluded.language, timezone = excluded.timezone, threshold = excluded.threshold,
       quiet_start_minutes = excluded.quiet_start_minutes, quiet_end_minutes = excluded.quiet_end_minutes,
       updated_at = excluded.updated_at, critical_passes = excluded.critical_passes, night_silent = excluded.night_silent,
       manager_role_id = excluded.manager_role_id, votes_since = excluded.votes_since`,
    [
      settings.guildId,
      settings.language,
      settings.timezone,
      settings.threshold,
      settings.quietHours?.startMinutes ?? null,
      settings.quietHours?.endMinutes ?? null,
      now,
      settings.criticalPasses,
      settings.nightSilent,
      settings.managerRoleId,
      settings.votesSince,
    ],
  );
}
