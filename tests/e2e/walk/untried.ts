import type { CommandOption } from '../../helpers/fake-discord/check-commands.ts';
import type { FakeCommand } from '../../helpers/fake-discord/state.ts';
import type { Seen } from './walker.ts';

const SUBCOMMAND = 1;
const BOOLEAN = 5;

interface Required {
  /** Commands, their options and each choice, as `Seen.used` names them. */
  used: string[];
  /** Options with a list of choices, once for each script. */
  completed: string[];
}

/** All that Discord shows of the registered commands. */
export function required(commands: FakeCommand[]): Required {
  const named = commands.flatMap(({ name, options = [] }) => {
    const parts = options.filter(({ type }) => type === SUBCOMMAND);
    return parts.length === 0
      ? [{ name, options }]
      : parts.map((part) => ({ name: `${name} ${part.name}`, options: part.options ?? [] }));
  });
  return {
    used: named.flatMap(({ name, options }) => [
      name,
      ...options.flatMap((option) => [
        `${name} ${option.name}`,
        ...valuesOf(option).map((value) => `${name} ${option.name}=${value}`),
      ]),
    ]),
    completed: named.flatMap(({ name, options }) =>
      options
        .filter(({ autocomplete }) => autocomplete)
        .flatMap((option) => ['ar', 'en'].map((script) => `${name} ${option.name} ${script}`)),
    ),
  };
}

function valuesOf({ type, choices = [] }: CommandOption): (string | number | boolean)[] {
  return type === BOOLEAN ? [true, false] : choices.map(({ value }) => value);
}

export function untried({ used, completed }: Required, seen: Seen): string[] {
  return [
    ...used.filter((one) => !seen.used.has(one)),
    ...completed.filter((one) => !seen.completed.has(one)),
  ];
}
