import type { FakeDiscord } from './create-fake-discord.ts';
import type { Gateway } from './gateway.ts';
import { botMemberPayload, rolePayload } from './guild-payload.ts';
import type { State } from './state.ts';

/** What an administrator does to a server's roles; the bot hears of it as from Discord. */
export function createRoles(
  state: State,
  gateway: () => Gateway,
): Pick<FakeDiscord, 'addRole' | 'deleteRole' | 'setEveryone'> {
  return {
    addRole: (guildId, name, options = {}) => {
      const guild = state.guilds.get(guildId);
      const role = { id: state.nextId(), name, ...options };
      if (guild === undefined) return role.id;
      guild.roles.push(role);
      gateway().dispatch('GUILD_ROLE_CREATE', rolePayload(guild, role));
      if (role.ofBot) gateway().dispatch('GUILD_MEMBER_UPDATE', botMemberPayload(state, guild));
      return role.id;
    },
    deleteRole: (guildId, roleId) => {
      const guild = state.guilds.get(guildId);
      if (guild === undefined) return;
      guild.roles = guild.roles.filter(({ id }) => id !== roleId);
      gateway().dispatch('GUILD_ROLE_DELETE', { guild_id: guildId, role_id: roleId });
    },
    setEveryone: (guildId, permissions) => {
      const guild = state.guilds.get(guildId);
      if (guild === undefined) return;
      guild.everyone = permissions;
      gateway().dispatch('GUILD_ROLE_UPDATE', rolePayload(guild));
    },
  };
}
