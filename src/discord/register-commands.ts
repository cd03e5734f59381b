import { isDeepStrictEqual } from 'node:util';
import {
  type REST,
  type RESTGetAPIApplicationCommandsResult,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';

/**
 * Gives Discord the commands, but only when what it has differs: it counts registrations (200 new commands a day), and clients
 * read them all again.
 * @returns whether they were sent.
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  definitions: RESTPostAPIChatInputApplicationCommandsJSONBody[],
): Promise<boolean> {
  const route = Routes.applicationCommands(applicationId);
  const known = (await rest.get(route)) as RESTGetAPIApplicationCommandsResult;
  if (isDeepStrictEqual(comparable(byName(known)), comparable(byName(definitions)))) return false;
  // Discord's OpenAPI file takes these bits as an integer; it gives them back as a string.
  const body = definitions.map(({ default_member_permissions: bits, ...definition }) => ({
    ...definition,
    default_member_permissions: bits == null ? null : Number(bits),
  }));
  await rest.put(route, { body });
  return true;
}

/** Fields that a definition may set. Discord adds others (ids, versions), and gives back its defaults for what was left out. */
const COMPARED = [
  'name',
  'description',
  'type',
  'required',
  'choices',
  'autocomplete',
  'channel_types',
  'max_length',
  'contexts',
  'default_member_permissions',
  'options',
];

function comparable(value: object): unknown {
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? comparable(item) : item));
  const entries = Object.entries(value)
    .filter(([key, field]) => COMPARED.includes(key) && !isDefault(field))
    .map(([key, field]) => [key, isObject(field) ? comparable(field) : field]);
  const named = Object.fromEntries(entries);
  // A choice is its name and its value.
  return 'value' in value ? { ...named, value: value.value } : named;
}

/** Discord lists commands in an order of its own. */
function byName<T extends { name: string }>(commands: readonly T[]): T[] {
  return [...commands].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isDefault(field: unknown): boolean {
  return (
    field === null ||
    field === undefined ||
    field === false ||
    (Array.isArray(field) && field.length === 0)
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
