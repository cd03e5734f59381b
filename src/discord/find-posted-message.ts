import { type APIMessage, type REST, Routes, SnowflakeUtil } from 'discord.js';
import type { OutboxMessage } from '../domain/digest.ts';
import { outboxIdOf } from './custom-id.ts';

/** The most that Discord gives at once. */
const PAGE_SIZE = 100;

/** This machine's clock and Discord's may differ by so much. */
const CLOCK_DIFFERENCE_MS = 60_000;

/**
 * Looks for a message that an earlier attempt may have posted: own messages in the channel since that attempt, known by the
 * outbox id in a button, or by the nonce.
 * @returns its id, or null when it is not in the channel.
 */
export async function findPostedMessage(
  rest: REST,
  ownUserId: string,
  message: OutboxMessage,
  since: Date,
): Promise<string | null> {
  let after = String(
    SnowflakeUtil.generate({ timestamp: since.getTime() - CLOCK_DIFFERENCE_MS, increment: 0n }),
  );
  for (;;) {
    const page = await readPage(rest, message.channelId, after);
    const found = page.find(
      (posted) => posted.author.id === ownUserId && isSameMessage(posted, message),
    );
    if (found !== undefined) return found.id;
    if (page.length < PAGE_SIZE) return null;
    const ids = page.map(({ id }) => BigInt(id)).sort((a, b) => Number(a - b));
    after = String(ids.at(-1));
  }
}

async function readPage(rest: REST, channelId: string, after: string): Promise<APIMessage[]> {
  const query = new URLSearchParams({ after, limit: String(PAGE_SIZE) });
  return (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
}

/** Known by the outbox id in a button, or by the nonce. */
export function isSameMessage(posted: APIMessage, message: OutboxMessage): boolean {
  if (posted.nonce !== undefined && String(posted.nonce) === message.nonce) return true;
  return customIds(posted.components ?? []).some((id) => outboxIdOf(id) === message.id);
}

function customIds(components: readonly object[]): string[] {
  return components.flatMap((component) => {
    const own = 'custom_id' in component ? [String(component.custom_id)] : [];
    const nested =
      'components' in component && Array.isArray(component.components)
        ? customIds(component.components)
        : [];
    const accessory =
      'accessory' in component && component.accessory instanceof Object
        ? customIds([component.accessory])
        : [];
    return [...own, ...nested, ...accessory];
  });
}
