import { invalidForm, type Mistake } from './refusal.ts';
import type { FakeForm } from './state.ts';

/** A form as the API takes it. */
export interface FormBody {
  custom_id?: string;
  title?: string;
  components?: FormLabel[];
}

interface FormLabel {
  type: number;
  label?: string;
  description?: string;
  component?: Field;
}

interface Field {
  type: number;
  custom_id?: string;
  value?: string;
  max_length?: number;
  options?: { label: string; value: string; default?: boolean }[];
  default_values?: { id: string; type: string }[];
}

const LABEL = 18;
const STRING_SELECT = 3;
const TEXT_INPUT = 4;
/** What the defaults of a menu of roles or channels must be. */
const DEFAULTS_OF: Record<number, string> = { 6: 'role', 8: 'channel' };
const MAX_FIELDS = 5;

/** The form as the asker sees it; throws as Discord answers where it would refuse it. */
export function readForm(body: FormBody): FakeForm {
  const labels = (body.components ?? []).filter(({ type }) => type === LABEL);
  const mistakes = [...labels.flatMap(labelMistakes), ...wholeMistakes(body, labels.length)];
  if (mistakes.length > 0) throw invalidForm(mistakes);
  const fields = labels.map(({ label = '', component }) => ({
    id: component?.custom_id ?? '',
    type: component?.type ?? 0,
    label,
    value: heldBy(component ?? { type: 0 }),
  }));
  const hints = labels.flatMap(({ description, component }) => [
    ...(description === undefined ? [] : [description]),
    ...(component?.options ?? []).map((option) => option.label),
  ]);
  return { customId: body.custom_id ?? '', title: body.title ?? '', fields, hints };
}

function heldBy({ type, value, options, default_values: chosen }: Field): string {
  if (type === TEXT_INPUT) return value ?? '';
  return options?.find((option) => option.default)?.value ?? chosen?.[0]?.id ?? '';
}

function wholeMistakes({ custom_id: id = '', title = '' }: FormBody, count: number): Mistake[] {
  const broken = [
    id.length < 1 || id.length > 100 ? 'custom_id must be between 1 and 100 in length.' : null,
    title.length < 1 || title.length > 45 ? 'title must be between 1 and 45 in length.' : null,
    count < 1 || count > MAX_FIELDS ? 'a form has 1 to 5 fields.' : null,
  ];
  return broken.flatMap((message) => (message === null ? [] : [{ path: ['components'], message }]));
}

function labelMistakes({ label = '', description = '', component }: FormLabel): Mistake[] {
  const { type = 0, value = '', max_length: limit = 4000, options = [] } = component ?? {};
  const { default_values: chosen = [] } = component ?? {};
  const isText = component?.type === TEXT_INPUT;
  const rules: [boolean, string][] = [
    [label.length < 1 || label.length > 45, 'label must be between 1 and 45 in length.'],
    [description.length > 100, 'description must be 100 or fewer in length.'],
    [isText && value.length > limit, 'value is longer than max_length.'],
    [component?.type === STRING_SELECT && options.length > 25, 'a select has at most 25 options.'],
    [chosen.some((one) => one.type !== DEFAULTS_OF[type]), 'a default of another kind.'],
    [options.some((option) => option.label.length > 100), 'an option has at most 100 characters.'],
  ];
  return rules
    .filter(([isBroken]) => isBroken)
    .map(([, message]) => ({ path: ['components'], message }));
}
