import type { Queryable } from './db.ts';

/** A subscription that called a role. */
export interface Caller {
  channelId: string;
  createdBy: string;
}

/** Every role of a guild that something relies on: a subscription that calls it, or the settings, which let it change things. */
export async function listRoles(db: Queryable): Promise<{ guildId: string; roleId: string }[]> {
  return db.query(
    `SELECT guild_id AS "guildId", role_id AS "roleId" FROM subscriptions WHERE role_id IS NOT NULL
     UNION SELECT guild_id, manager_role_id FROM guild_settings WHERE manager_role_id IS NOT NULL`,
  );
}

/**
 * The role is there no more: no subscription of the guild calls it from now on, nor a message that waits, and only Manage Server may
 * change things.
 * @returns where it was called, once; nothing for whoever comes second, so that it is told once.
 */
export async function forgetRole(
  db: Queryable,
  guildId: string,
  roleId: string,
): Promise<Caller[]> {
  return db.query<Caller & object>(
    `WITH waiting AS (
       UPDATE outbox SET role_id = NULL WHERE guild_id = $1 AND role_id = $2 AND state = 'pending'
     ), managers AS (
       UPDATE guild_settings SET manager_role_id = NULL WHERE guild_id = $1 AND manager_role_id = $2
     ), callers AS (
       UPDATE subscriptions SET role_id = NULL WHERE guild_id = $1 AND role_id = $2 RETURNING channel_id, created_by
     )
     SELECT DISTINCT channel_id AS "channelId", created_by AS "createdBy" FROM callers ORDER BY 1, 2`,
    [guildId, roleId],
  );
}
