import type { Client } from 'discord.js';
import { messageOf } from '../domain/errors.ts';
import { cleanTyped } from './clean-typed.ts';
import type { DiscordLog } from './discord-log.ts';

/** As discord.js 14 has it (`WebSocketManager`), and keeps to itself. */
interface PacketReader {
  handlePacket(packet?: { t?: string }, shard?: unknown): boolean;
}

/**
 * What members typed is cleaned before anything reads it (`clean-typed`). And discord.js makes its objects of a packet inside the socket's
 * listener, where an error that it throws (a field that is missing, or of a kind that it does not know yet) would end the process: from now
 * on such a packet is logged and passed over.
 */
export function guardPackets(client: Client, log: DiscordLog): void {
  const reader = client.ws as unknown as PacketReader;
  const handlePacket = reader.handlePacket.bind(reader);
  reader.handlePacket = (packet, shard) => {
    try {
      cleanTyped(packet);
      return handlePacket(packet, shard);
    } catch (error) {
      log.error(
        { event: packet?.t, err: error },
        `an event from Discord could not be read: ${messageOf(error)}`,
      );
      return false;
    }
  };
}
