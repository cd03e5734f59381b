import { type APIChannel, ChannelFlags, ChannelType, type Client, Routes } from 'discord.js';

interface ForumTag {
  id: string;
  name: string;
}

/** Where a subscription posts. */
export interface TargetChannel {
  type: ChannelType;
  /** Of a forum. */
  tags: ForumTag[];
  tagRequired: boolean;
}

/** As the gateway has said, else as Discord answers: an archived thread is not in the gateway's view. */
export async function targetChannel(client: Client, id: string): Promise<TargetChannel> {
  const known = client.channels.cache.get(id);
  if (known !== undefined) {
    const isForum = known.type === ChannelType.GuildForum;
    return {
      type: known.type,
      tags: isForum ? known.availableTags : [],
      tagRequired: isForum && known.flags.has(ChannelFlags.RequireTag),
    };
  }
  const asked = (await client.rest.get(Routes.channel(id))) as APIChannel;
  const isForum = asked.type === ChannelType.GuildForum;
  return {
    type: asked.type,
    tags: isForum ? asked.available_tags : [],
    tagRequired: isForum && (Number(asked.flags ?? 0) & ChannelFlags.RequireTag) !== 0,
  };
}
