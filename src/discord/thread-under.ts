import { type APIThreadChannel, DiscordAPIError, type REST, Routes } from 'discord.js';
import { digestLabels } from '../digest/labels.ts';
import { shortenText, toPlainLine } from '../digest/shorten-text.ts';
import type { Digest } from '../domain/digest.ts';

/** Discord's own error code (developer documentation, "JSON Error Codes"). */
const THREAD_EXISTS = 160004;
const MAX_NAME = 100;

/** The thread under a posted message, begun where there is none yet. A message has at most one, and it has the message's id. */
export async function threadUnder(
  rest: REST,
  message: { channelId: string; messageId: string },
  digest: Digest,
): Promise<string> {
  const title = toPlainLine(digest.stories[0]?.title ?? '') || digestLabels(digest.language).title;
  try {
    const thread = (await rest.post(Routes.threads(message.channelId, message.messageId), {
      body: { name: shortenText(title, MAX_NAME) },
    })) as APIThreadChannel;
    return thread.id;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === THREAD_EXISTS) return message.messageId;
    throw error;
  }
}
