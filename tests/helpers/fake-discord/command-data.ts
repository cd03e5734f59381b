import type { CommandOption } from './check-commands.ts';
import { channelPayload, resolvedRole } from './guild-payload.ts';
import type { State } from './state.ts';

export type OptionValues = Record<string, string | number | boolean>;

const SUBCOMMAND = 1;
const STRING = 3;
const INTEGER = 4;
const CHANNEL = 7;
const ROLE = 8;

/**
 * As Discord would let a person fill it in: only known options, required ones given, choices among those offered. A subcommand is
 * named after its command: `sources add`.
 */
export function commandData(
  state: State,
  name: string,
  values: OptionValues,
  guildId: string,
  focused: string | null,
): object {
  const [commandName, subcommandName] = name.split(' ');
  const command = state.commands.find((candidate) => candidate.name === commandName);
  if (command === undefined) throw new Error(`the bot has not registered /${name}`);
  const subcommand = command.options?.find(
    (option) => option.type === SUBCOMMAND && option.name === subcommandName,
  );
  if ((subcommandName !== undefined) !== (subcommand !== undefined))
    throw new Error(`the bot has not registered /${name}`);
  const known = (subcommand ?? command).options ?? [];
  const missing = known.filter(
    (option) => option.required && focused === null && values[option.name] === undefined,
  );
  if (missing.length > 0)
    throw new Error(`/${name} needs ${missing.map((option) => option.name).join(', ')}`);
  const options = Object.entries(values).map(([key, value]) => {
    const option = known.find((candidate) => candidate.name === key);
    if (option === undefined) throw new Error(`/${name} has no option ${key}`);
    checkValue(option, value, focused === key);
    return { name: key, type: option.type, value, ...(focused === key ? { focused: true } : {}) };
  });
  const ofType = (type: number) =>
    options.filter((option) => option.type === type).map(({ value }) => String(value));
  return {
    id: command.id,
    name: command.name,
    type: 1,
    guild_id: guildId,
    options:
      subcommand === undefined ? options : [{ type: SUBCOMMAND, name: subcommand.name, options }],
    resolved: resolved(state, guildId, { channels: ofType(CHANNEL), roles: ofType(ROLE) }),
  };
}

/** What chosen ids stand for. */
export function resolved(
  state: State,
  guildId: string,
  ids: { channels: string[]; roles: string[] },
): object {
  const guild = state.guilds.get(guildId);
  return {
    channels: Object.fromEntries(ids.channels.map((id) => [id, resolvedChannel(state, id)])),
    roles: Object.fromEntries(ids.roles.map((id) => [id, guild && resolvedRole(guild, id)])),
  };
}

function checkValue(
  option: CommandOption,
  value: string | number | boolean,
  isFocused: boolean,
): void {
  const wanted = option.type === INTEGER ? 'number' : 'string';
  if ([STRING, INTEGER, CHANNEL, ROLE].includes(option.type) && typeof value !== wanted) {
    throw new Error(`option ${option.name} is a ${wanted}`);
  }
  if (option.choices && !isFocused && !option.choices.some((choice) => choice.value === value)) {
    throw new Error(`option ${option.name} does not offer ${value}`);
  }
  if (isFocused && !option.autocomplete)
    throw new Error(`option ${option.name} has no autocomplete`);
  if (option.max_length !== undefined && String(value).length > option.max_length) {
    throw new Error(`option ${option.name} takes at most ${option.max_length} characters`);
  }
}

function resolvedChannel(state: State, id: string): object {
  const channel = state.channels.get(id);
  if (channel === undefined) throw new Error(`there is no channel ${id}`);
  return { ...channelPayload(state, channel), permissions: '0' };
}
