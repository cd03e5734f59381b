import { type CommandBody, checkCommands } from './check-commands.ts';
import type { Route } from './rest-server.ts';
import type { State } from './state.ts';

/** The bot's own account, its commands, and the gateway's address. */
export function applicationRoutes(state: State, gatewayUrl: () => string): Route[] {
  const user = { ...state.bot, discriminator: '0000', avatar: null, bot: true };
  return [
    {
      method: 'GET',
      path: /^\/gateway\/bot$/,
      answer: () => ({
        url: gatewayUrl(),
        shards: state.sharding.shards,
        session_start_limit: {
          total: 1000,
          remaining: 999,
          reset_after: 14_400_000,
          max_concurrency: state.sharding.maxConcurrency,
        },
      }),
    },
    { method: 'GET', path: /^\/users\/@me$/, answer: () => user },
    {
      method: 'GET',
      path: /^\/applications\/@me$/,
      answer: () => ({ id: state.applicationId, name: state.bot.username, bot: user }),
    },
    {
      method: 'GET',
      path: /^\/applications\/\d+\/commands$/,
      answer: () => state.commands.toReversed(),
    },
    {
      method: 'PUT',
      path: /^\/applications\/\d+\/commands$/,
      answer: (_parameters, { body }) => {
        const commands = body as CommandBody[];
        checkCommands(commands);
        state.registrations += 1;
        state.commands = commands.map((command) => ({
          ...command,
          default_member_permissions: bitsAsText(command.default_member_permissions),
          id: state.nextId(),
          application_id: state.applicationId,
          version: state.nextId(),
          nsfw: false,
          dm_permission: true,
          integration_types: [0],
        }));
        return state.commands;
      },
    },
  ];
}

/** Taken as an integer or a string, given back as a string. */
function bitsAsText(bits: string | number | null | undefined): string | null {
  return bits == null ? null : String(bits);
}
