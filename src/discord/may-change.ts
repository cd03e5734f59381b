import { GuildMember, type Interaction, PermissionFlagsBits } from 'discord.js';
import type { GuildSettings } from '../domain/subscription.ts';

/** Whether whoever asks may change things here: Manage Server, or the role that the server chose. As Discord says it with the interaction. */
export function mayChange(interaction: Interaction, settings: GuildSettings): boolean {
  if (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true) return true;
  const { managerRoleId } = settings;
  const { member } = interaction;
  if (managerRoleId === null || member === null) return false;
  return member instanceof GuildMember
    ? member.roles.cache.has(managerRoleId)
    : member.roles.includes(managerRoleId);
}
