import { invalidForm, type Mistake, Refusal } from './refusal.ts';

/** A message as the API takes it; fields that no check looks at are left out. */
export interface MessageBody {
  content?: string | null;
  embeds?: Embed[] | null;
  components?: Component[] | null;
  flags?: number | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
  allowed_mentions?: { parse?: string[]; roles?: string[]; users?: string[] } | null;
  poll?: unknown;
  sticker_ids?: string[] | null;
}

export interface Component {
  type: number;
  content?: string;
  components?: Component[];
  accessory?: Component;
  custom_id?: string;
  label?: string;
  style?: number;
  url?: string;
  emoji?: unknown;
  options?: unknown[];
  accent_color?: number | null;
  disabled?: boolean;
}

interface Embed {
  title?: string;
  description?: string;
  fields?: { name: string; value: string }[];
  footer?: { text: string };
  author?: { name: string };
}

export const COMPONENTS_V2 = 1 << 15;
export const EPHEMERAL = 1 << 6;

const ACTION_ROW = 1;
const BUTTON = 2;
const SELECTS = new Set([3, 5, 6, 7, 8]);
const SECTION = 9;
const TEXT_DISPLAY = 10;
const LINK_STYLE = 5;

/** Discord's limits on a message, most of which its OpenAPI file does not say. Throws as Discord answers. */
export function checkMessage(body: MessageBody): void {
  const isV2 = ((body.flags ?? 0) & COMPONENTS_V2) !== 0;
  const components = body.components ?? [];
  const mistakes = [
    ...(isV2 ? v2Mistakes(body) : classicMistakes(body)),
    ...componentMistakes(components),
    ...mentionMistakes(body),
  ];
  if (String(body.nonce ?? '').length > 25) {
    mistakes.push({ path: ['nonce'], message: 'Must be 25 or fewer in length.' });
  }
  if (mistakes.length > 0) throw invalidForm(mistakes);
  const empty =
    components.length === 0 &&
    !body.content?.trim() &&
    !body.embeds?.length &&
    !body.poll &&
    !body.sticker_ids?.length;
  if (empty) throw new Refusal(400, 50006, 'Cannot send an empty message');
}

function v2Mistakes(body: MessageBody): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const field of ['content', 'embeds', 'poll', 'sticker_ids'] as const) {
    const value = body[field];
    if (value && !(Array.isArray(value) && value.length === 0)) {
      mistakes.push({
        path: [field],
        message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      });
    }
  }
  const all = flatten(body.components ?? []);
  const text = all.reduce(
    (sum, { type, content }) => sum + (type === TEXT_DISPLAY ? (content ?? '').length : 0),
    0,
  );
  if (all.length > 40)
    mistakes.push({
      path: ['components'],
      message: `The total number of components (${all.length}) exceeds 40.`,
    });
  if (text > 4000)
    mistakes.push({
      path: ['components'],
      message: `The total text (${text}) exceeds 4000 characters.`,
    });
  return mistakes;
}

function classicMistakes(body: MessageBody): Mistake[] {
  const mistakes: Mistake[] = [];
  const components = body.components ?? [];
  if ((body.content ?? '').length > 2000)
    mistakes.push({ path: ['content'], message: 'Must be 2000 or fewer in length.' });
  if (components.length > 5)
    mistakes.push({ path: ['components'], message: 'Must be 5 or fewer in length.' });
  components.forEach(({ type }, index) => {
    if (type !== ACTION_ROW) {
      mistakes.push({
        path: ['components', index, 'type'],
        message: 'Value of field "type" must be one of (1,).',
      });
    }
  });
  if (embedLength(body.embeds ?? []) > 6000)
    mistakes.push({ path: ['embeds'], message: 'Embed size exceeds maximum size of 6000' });
  return [...mistakes, ...(body.embeds ?? []).flatMap(embedMistakes)];
}

function embedLength(embeds: Embed[]): number {
  return embeds
    .flatMap((embed) => [
      embed.title,
      embed.description,
      embed.footer?.text,
      embed.author?.name,
      ...(embed.fields ?? []).flatMap(({ name, value }) => [name, value]),
    ])
    .reduce((sum, text) => sum + (text ?? '').length, 0);
}

function embedMistakes(embed: Embed, index: number): Mistake[] {
  const limits: [string, string | undefined, number][] = [
    ['title', embed.title, 256],
    ['description', embed.description, 4096],
    ['footer', embed.footer?.text, 2048],
    ['author', embed.author?.name, 256],
    ...(embed.fields ?? []).flatMap(({ name, value }): [string, string, number][] => [
      ['fields', name, 256],
      ['fields', value, 1024],
    ]),
  ];
  const tooLong = limits
    .filter(([, text, limit]) => (text ?? '').length > limit)
    .map(([field, , limit]) => ({
      path: ['embeds', index, field],
      message: `Must be ${limit} or fewer in length.`,
    }));
  const tooMany = (embed.fields ?? []).length > 25;
  return tooMany
    ? [...tooLong, { path: ['embeds', index, 'fields'], message: 'Must be 25 or fewer in length.' }]
    : tooLong;
}

function mentionMistakes({ allowed_mentions: allowed }: MessageBody): Mistake[] {
  const both = (['roles', 'users'] as const).filter(
    (kind) => allowed?.parse?.includes(kind) && (allowed[kind] ?? []).length > 0,
  );
  return both.map((kind) => ({
    path: ['allowed_mentions'],
    message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
  }));
}

function componentMistakes(components: Component[]): Mistake[] {
  const all = flatten(components);
  const mistakes = all.flatMap((component) => oneComponentMistakes(component));
  const ids = all.flatMap(({ custom_id: id }) => (id === undefined ? [] : [id]));
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) {
    mistakes.push({
      path: ['components'],
      message: `Component custom id cannot be duplicated: ${repeated}`,
    });
  }
  return mistakes;
}

function oneComponentMistakes(component: Component): Mistake[] {
  const { type, accessory, content, custom_id: id } = component;
  const children = component.components?.length ?? 0;
  const outside = (min: number, max: number) => children < min || children > max;
  const rules: Record<number, [boolean, string][]> = {
    [TEXT_DISPLAY]: [[!content?.trim(), 'text display content is required.']],
    [SECTION]: [
      [outside(1, 3), 'a section has 1 to 3 text displays.'],
      [accessory === undefined, 'a section needs an accessory.'],
    ],
    [ACTION_ROW]: [[outside(1, 5), 'an action row has 1 to 5 components.']],
  };
  const broken = (rules[type] ?? []).filter(([isBroken]) => isBroken).map(([, rule]) => rule);
  if (id !== undefined && (id.length === 0 || id.length > 100)) {
    broken.push('custom_id must be between 1 and 100 in length.');
  }
  if (SELECTS.has(type) && (component.options ?? []).length > 25) {
    broken.push('a select menu has at most 25 options.');
  }
  const inButton = type === BUTTON ? buttonMistakes(component) : [];
  return [...broken, ...inButton].map((message) => ({ path: ['components'], message }));
}

function buttonMistakes({ label, emoji, style, url, custom_id: id }: Component): string[] {
  const mistakes: string[] = [];
  if ((label ?? '').length > 80) mistakes.push('label must be 80 or fewer in length.');
  if (!label && !emoji) mistakes.push('a button needs a label or an emoji.');
  if (style === LINK_STYLE ? !url || id !== undefined : !id)
    mistakes.push('a button has a custom id, or a link has a url.');
  if ((url ?? '').length > 512) mistakes.push('url must be 512 or fewer in length.');
  return mistakes;
}

/** Every component, nested ones and accessories included: what Discord counts. */
export function flatten(components: Component[]): Component[] {
  return components.flatMap((component) => [
    component,
    ...flatten(component.components ?? []),
    ...(component.accessory === undefined ? [] : flatten([component.accessory])),
  ]);
}
