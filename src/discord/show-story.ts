import {
  type APIMessageTopLevelComponent,
  type ButtonInteraction,
  ButtonStyle,
  ComponentType,
  GuildMember,
  PermissionFlagsBits,
} from 'discord.js';
import { UsageError } from '../domain/errors.ts';
import { VOTES } from '../domain/vote.ts';
import { exploitedAmong } from '../store/exploited-store.ts';
import { findStory } from '../store/story-store.ts';
import { channelsThatShow, findVote } from '../store/vote-store.ts';
import type { Reply, ReplyContext } from './command.ts';
import { encodeAction } from './custom-id.ts';
import { renderMore } from './render-more.ts';
import { withFullNames } from './with-full-names.ts';

/** The longer view of a story, with the votes under it for those who may vote. */
export async function showStory(
  storyId: string,
  context: ReplyContext,
  interaction: ButtonInteraction,
): Promise<Reply> {
  const found = await findStory(context.db, context.guildId, storyId);
  if (found === null) throw new UsageError('gone', context.messages.errors.gone);
  const exploited = await exploitedAmong(context.db, found.entities.cves);
  const { components } = renderMore(withFullNames(found, context), context, exploited);
  return { components: [...components, ...(await voteButtons(storyId, context, interaction))] };
}

/** The buttons under a story, the member's own vote marked; none for whom there is nothing to vote on. */
async function voteButtons(
  storyId: string,
  context: ReplyContext,
  interaction: ButtonInteraction,
): Promise<APIMessageTopLevelComponent[]> {
  if (!(await mayVote(storyId, context, interaction))) return [];
  const { db, guildId, messages } = context;
  const own = await findVote(db, { guildId, storyId, userId: interaction.user.id });
  const components = VOTES.map((choice) => ({
    type: ComponentType.Button as const,
    style: choice === own ? (ButtonStyle.Primary as const) : (ButtonStyle.Secondary as const),
    label: messages.vote.buttons[choice],
    custom_id: encodeAction({ kind: 'vote', storyId, vote: choice }),
  }));
  return [{ type: ComponentType.ActionRow, components }];
}

/** Whether the story was posted in a channel of this server that the member may see. */
export async function mayVote(
  storyId: string,
  { db, guildId }: ReplyContext,
  interaction: ButtonInteraction,
): Promise<boolean> {
  const { member, guild } = interaction;
  if (!(member instanceof GuildMember) || guild === null) return false;
  const channels = await channelsThatShow(db, guildId, storyId);
  return channels.some((id) => {
    if (id === interaction.channelId) return true;
    const channel = guild.channels.cache.get(id);
    return channel?.permissionsFor(member).has(PermissionFlagsBits.ViewChannel) === true;
  });
}
