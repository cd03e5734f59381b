import { type Client, PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import { UsageError } from '../domain/errors.ts';
import { isolateMarkup } from './escape-text.ts';
import type { Messages } from './messages/en.ts';

/** Reading history is needed to see, after a crash, whether a message is already there. */
const NEEDED = ['ViewChannel', 'SendMessages', 'ReadMessageHistory'] as const;
const NEEDED_IN_THREAD = ['ViewChannel', 'SendMessagesInThreads', 'ReadMessageHistory'] as const;

/**
 * Checks that the bot can post where a subscription is to go, before anything is promised.
 * @throws UsageError naming the permissions that are missing
 */
export function checkChannelAccess(
  client: Client,
  guildId: string,
  channelId: string,
  messages: Messages,
): void {
  const { errors } = messages;
  const channel = client.channels.cache.get(channelId);
  const inThisServer = channel !== undefined && 'guildId' in channel && channel.guildId === guildId;
  if (!inThisServer || !('permissionsFor' in channel) || client.user === null) {
    throw new UsageError(
      'unknown-channel',
      errors.unknownChannel(isolateMarkup(`<#${channelId}>`)),
    );
  }
  const permissions: Readonly<PermissionsBitField> | null = channel.permissionsFor(client.user);
  const needed = channel.isThread() ? NEEDED_IN_THREAD : NEEDED;
  const missing = needed.filter((name) => permissions?.has(PermissionFlagsBits[name]) !== true);
  if (missing.length === 0) return;
  const names = missing.map((name) => errors.permission[name]).join(' · ');
  throw new UsageError('cannot-post', errors.cannotPost(isolateMarkup(`<#${channelId}>`), names));
}
