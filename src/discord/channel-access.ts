import {
  ChannelType,
  type Client,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import { UsageError } from '../domain/errors.ts';
import type { NewSubscription } from '../domain/subscription.ts';
import { isolateMarkup } from './escape-text.ts';
import type { Messages } from './messages/en.ts';

/** Reading history is needed to see, after a crash, whether a message is already there. */
const NEEDED = ['ViewChannel', 'SendMessages', 'ReadMessageHistory'] as const;
const NEEDED_IN_THREAD = ['ViewChannel', 'SendMessagesInThreads', 'ReadMessageHistory'] as const;
const NEEDED_TO_FOLLOW = ['CreatePublicThreads', 'SendMessagesInThreads'] as const;
const NEEDED_IN_FORUM = ['SendMessagesInThreads'] as const;

type Needed = keyof Messages['errors']['permission'];
type Place = Pick<NewSubscription, 'guildId' | 'channelId' | 'follow'>;

/** The permissions that the bot lacks where a subscription posts; null when it cannot see the channel at all. */
export function missingPermissions(client: Client, place: Place): Needed[] | null {
  const channel = client.channels.cache.get(place.channelId);
  const inThisServer =
    channel !== undefined && 'guildId' in channel && channel.guildId === place.guildId;
  if (!inThisServer || !('permissionsFor' in channel) || client.user === null) return null;
  const permissions: Readonly<PermissionsBitField> | null = channel.permissionsFor(client.user);
  const needed: Needed[] = channel.isThread()
    ? [...NEEDED_IN_THREAD]
    : [
        ...NEEDED,
        ...(channel.type === ChannelType.GuildForum ? NEEDED_IN_FORUM : []),
        ...(place.follow && channel.type !== ChannelType.GuildForum ? NEEDED_TO_FOLLOW : []),
      ];
  return needed.filter((name) => permissions?.has(PermissionFlagsBits[name]) !== true);
}

/**
 * Checks that the bot can post where a subscription is to go, before anything is promised.
 * @throws UsageError naming the permissions that are missing
 */
export function checkChannelAccess(client: Client, place: Place, messages: Messages): void {
  const { errors } = messages;
  const missing = missingPermissions(client, place);
  const channel = isolateMarkup(`<#${place.channelId}>`);
  if (missing === null) throw new UsageError('unknown-channel', errors.unknownChannel(channel));
  if (missing.length === 0) return;
  const names = missing.map((name) => errors.permission[name]).join(' · ');
  throw new UsageError('cannot-post', errors.cannotPost(channel, names));
}
