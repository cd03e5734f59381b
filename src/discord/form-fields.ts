import {
  type APIComponentInLabel,
  type APILabelComponent,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { shortenText } from '../digest/shorten-text.ts';
import { MAX_CHOICE_LENGTH } from './limits.ts';

/** Discord's limit for the title of a form and of each of its fields. */
const MAX_LABEL = 45;
const MAX_LIST = 400;

/** A field of a form: what it asks, and where the answer is given. */
export function field(
  label: string,
  component: APIComponentInLabel,
  hint?: string,
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: shortenText(label, MAX_LABEL),
    ...(hint === undefined ? {} : { description: shortenText(hint, MAX_CHOICE_LENGTH) }),
    component,
  };
}

/** A line of text. */
export function textField(
  id: string,
  label: string,
  value: string,
  options: { hint?: string; required?: boolean; maxLength?: number } = {},
): APILabelComponent {
  const { hint, required = false, maxLength = MAX_LIST } = options;
  const input = {
    type: ComponentType.TextInput,
    custom_id: id,
    style: TextInputStyle.Short,
    required,
    max_length: maxLength,
    ...(value === '' ? {} : { value: value.slice(0, maxLength) }),
  } as const;
  return field(label, input, hint);
}

/** One of at most 25 choices. */
export function choiceField(
  id: string,
  label: string,
  choices: { label: string; value: string }[],
  chosen: string,
): APILabelComponent {
  const options = choices.map((choice) => ({ ...choice, default: choice.value === chosen }));
  return field(label, { type: ComponentType.StringSelect, custom_id: id, options });
}
