import {
  type Client,
  MessageFlags,
  type RESTPostAPICurrentUserCreateDMChannelResult,
  Routes,
} from 'discord.js';
import type { GuildSettings } from '../domain/subscription.ts';
import type { DiscordLog } from './discord-log.ts';
import { escapeText, isolateMarkup } from './escape-text.ts';
import { textBlock } from './reply.ts';

/** A server and a channel as a direct message names them; a channel that is gone is only a mention. */
export function namesOf(
  client: Client,
  guildId: string,
  channelId: string,
): { server: string; channel: string } {
  const channel = client.channels.cache.get(channelId);
  const name = channel !== undefined && 'name' in channel ? `#${channel.name}` : null;
  return {
    server: isolateMarkup(escapeText(client.guilds.cache.get(guildId)?.name ?? guildId)),
    channel: isolateMarkup(name === null ? `<#${channelId}>` : escapeText(name)),
  };
}

/** Tells one person something about a server of theirs; who takes no direct messages is not told. */
export async function sendDirectMessage(
  { client, log }: { client: Client; log: DiscordLog },
  userId: string,
  text: string,
  settings: GuildSettings,
): Promise<void> {
  try {
    const dm = (await client.rest.post(Routes.userChannels(), {
      body: { recipient_id: userId },
    })) as RESTPostAPICurrentUserCreateDMChannelResult;
    await client.rest.post(Routes.channelMessages(dm.id), {
      body: {
        flags: MessageFlags.IsComponentsV2,
        components: [textBlock([text], { settings })],
        allowed_mentions: { parse: [] },
      },
    });
  } catch (error) {
    log.info({ guild: settings.guildId, user: userId, err: error }, 'takes no direct message');
  }
}
