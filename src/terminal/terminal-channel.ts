import type { OutboxMessage } from '../domain/digest.ts';
import { renderDigestForTerminal } from './render-digest.ts';

export interface TerminalChannelDeps {
  write(text: string): void;
  /** Columns. */
  width: number;
  colour: boolean;
  clock(): Date;
}

/** Where digests go without a Discord token: each part is written when it is delivered, the parts of a digest one below the other. */
export function createTerminalChannel(deps: TerminalChannelDeps): {
  deliver(message: OutboxMessage): Promise<{ messageId: string }>;
  oneAfterTheOther: true;
} {
  return {
    oneAfterTheOther: true,
    deliver: async (message) => {
      const rendered = renderDigestForTerminal(message.digest, {
        width: deps.width,
        colour: deps.colour,
        now: deps.clock(),
        continued: message.position > 1,
      });
      deps.write(`${rendered}\n`);
      return { messageId: `terminal-${message.id}` };
    },
  };
}
