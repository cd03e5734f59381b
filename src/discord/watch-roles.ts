import type { Client } from 'discord.js';
import type { Database } from '../store/db.ts';
import { forgetRole, listRoles } from '../store/role-store.ts';
import { getGuildSettings } from '../store/settings-store.ts';
import { namesOf, sendDirectMessage } from './direct-message.ts';
import type { DiscordLog } from './discord-log.ts';
import { messagesIn } from './messages/messages-in.ts';

interface RoleDeps {
  client: Client;
  db: Database;
  log: DiscordLog;
}

/**
 * Forgets roles that were deleted, also while the bot was away: a digest would call "@deleted-role" for ever. Digests go on without
 * calling anybody, and whoever created them is told once; where the role could change things, Manage Server is asked for again.
 */
export async function forgetDeletedRoles(deps: RoleDeps): Promise<void> {
  for (const { guildId, roleId } of await listRoles(deps.db)) {
    const guild = deps.client.guilds.cache.get(guildId);
    // Of a server that is out of the gateway's view, nothing is known.
    if (guild === undefined || !guild.available || guild.roles.cache.has(roleId)) continue;
    const callers = await forgetRole(deps.db, guildId, roleId);
    deps.log.info({ guild: guildId, role: roleId }, 'a role was deleted and is forgotten');
    const settings = await getGuildSettings(deps.db, guildId);
    for (const { channelId, createdBy } of callers) {
      const { server, channel } = namesOf(deps.client, guildId, channelId);
      const text = messagesIn(settings.language).access.roleGone(server, channel);
      await sendDirectMessage(deps, createdBy, text, settings);
    }
  }
}
