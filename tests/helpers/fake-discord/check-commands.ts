import { invalidForm, type Mistake } from './refusal.ts';

export interface CommandChoice {
  name: string;
  value: string | number;
}

export interface CommandOption {
  type: number;
  name: string;
  description: string;
  required?: boolean;
  choices?: CommandChoice[];
  autocomplete?: boolean;
  max_length?: number;
  options?: CommandOption[];
}

export interface CommandBody {
  name: string;
  description: string;
  type?: number;
  options?: CommandOption[];
  default_member_permissions?: string | number | null;
}

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Discord's limits on slash commands (developer documentation, "Application Commands"). Throws as Discord answers. */
export function checkCommands(commands: CommandBody[]): void {
  const mistakes = commands.flatMap((command, index) => commandMistakes(command, [index]));
  const names = commands.map(({ name }) => name);
  if (new Set(names).size < names.length)
    mistakes.push({ path: [], message: 'Application command names must be unique' });
  if (commands.length > 100)
    mistakes.push({ path: [], message: 'Maximum number of application commands reached (100)' });
  if (mistakes.length > 0) throw invalidForm(mistakes);
}

function commandMistakes(command: CommandBody, path: (string | number)[]): Mistake[] {
  const mistakes = [
    ...nameMistakes(command, path),
    ...optionListMistakes(command.options ?? [], path),
  ];
  if (characters(command) > 8000)
    mistakes.push({ path, message: 'Command exceeds maximum size (8000)' });
  return mistakes;
}

function nameMistakes(
  named: { name: string; description: string },
  path: (string | number)[],
): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!NAME.test(named.name) || named.name !== named.name.toLowerCase()) {
    mistakes.push({ path: [...path, 'name'], message: 'Command name is invalid' });
  }
  if (named.description.length < 1 || named.description.length > 100) {
    mistakes.push({
      path: [...path, 'description'],
      message: 'Must be between 1 and 100 in length.',
    });
  }
  return mistakes;
}

function optionListMistakes(options: CommandOption[], path: (string | number)[]): Mistake[] {
  const mistakes = options.flatMap((option, index) =>
    optionMistakes(option, [...path, 'options', index]),
  );
  if (options.length > 25)
    mistakes.push({ path: [...path, 'options'], message: 'Must be 25 or fewer in length.' });
  const firstOptional = options.findIndex(({ required }) => !required);
  const lastRequired = options.findLastIndex(({ required }) => required === true);
  if (firstOptional !== -1 && firstOptional < lastRequired) {
    mistakes.push({
      path: [...path, 'options'],
      message: 'Required options must be placed before non-required options',
    });
  }
  const names = options.map(({ name }) => name);
  if (new Set(names).size < names.length)
    mistakes.push({ path: [...path, 'options'], message: 'Option names must be unique' });
  return mistakes;
}

function optionMistakes(option: CommandOption, path: (string | number)[]): Mistake[] {
  const choices = option.choices ?? [];
  const mistakes = [
    ...nameMistakes(option, path),
    ...choiceMistakes(choices, [...path, 'choices']),
  ];
  if (option.autocomplete && choices.length > 0) {
    mistakes.push({ path, message: 'Options with autocomplete cannot have choices' });
  }
  return [...mistakes, ...optionListMistakes(option.options ?? [], path)];
}

/** Choices of an option, and those that answer an autocomplete interaction. */
export function choiceMistakes(choices: CommandChoice[], path: (string | number)[]): Mistake[] {
  const mistakes: Mistake[] = [];
  if (choices.length > 25) mistakes.push({ path, message: 'Must be 25 or fewer in length.' });
  choices.forEach(({ name, value }, index) => {
    if (name.length < 1 || name.length > 100) {
      mistakes.push({
        path: [...path, index, 'name'],
        message: 'Must be between 1 and 100 in length.',
      });
    }
    if (typeof value === 'string' && (value.length < 1 || value.length > 100)) {
      mistakes.push({
        path: [...path, index, 'value'],
        message: 'Must be between 1 and 100 in length.',
      });
    }
  });
  return mistakes;
}

function characters(command: CommandBody | CommandOption): number {
  const choices = 'choices' in command ? (command.choices ?? []) : [];
  const own = command.name.length + command.description.length;
  const inChoices = choices.reduce(
    (sum, { name, value }) => sum + name.length + String(value).length,
    0,
  );
  return (
    own + inChoices + (command.options ?? []).reduce((sum, option) => sum + characters(option), 0)
  );
}
