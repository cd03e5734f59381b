import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a field may hold instead: other types, extremes, markup, and names that mean something to JavaScript. */
const VALUES: Json[] = [
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  '',
  '0',
  '-1',
  '18446744073709551616',
  '99999999999999999999999999',
  'x'.repeat(5_000),
  '٠١٢٣',
  '\u202e<@1> @everyone',
  '\0',
  '\ud800',
  '__proto__',
  'constructor',
  "'; DROP TABLE subscriptions; --",
  [],
  {},
  [null],
  [[[[[[]]]]]],
  { length: -1 },
  { toString: null, valueOf: null },
  [{ name: 'since', type: 3, value: { a: 1 } }],
  [{ name: 'topic', type: 3, value: 'x,'.repeat(2_000), focused: true }],
  [{ name: 'subscription', type: 1, options: [] }],
];

const CUSTOM_IDS = [
  '',
  ':',
  'more',
  'more:1',
  'more:1:2:3',
  'more:-1:1',
  'more:99999999999999999999:1',
  'more:9999999999999999999:9999999999999999999',
  'page:0::::',
  'page:9999:x:y:z:w:v',
  'page:-1::::',
  `page:1:${'a'.repeat(80)}:::`,
  'list:99999999999999',
  'pause:1',
  'resume:1',
  'delete:1',
  'keep:1',
  'confirm-delete:1',
  "confirm-delete:1' OR '1'='1",
  'confirm-delete:1\n2',
  '__proto__:1',
  'constructor:1',
  'toString:1',
  'revise:1',
  'edit:1',
  'vote:1:up',
  'vote:1:sideways',
  'found:1:99999',
  'rest-page:1:-1',
  'add-source:1',
  'story:٣',
  'story:1',
  'latest:1',
  'x'.repeat(5_000),
];

/** `path` numbers a field of the payload, however deep; `value` takes its place, or the field goes. */
interface Edit {
  path: number;
  value: Json | undefined;
}

export interface PayloadMutation {
  customId: string | null;
  edits: Edit[];
}

export const payloadMutation: fc.Arbitrary<PayloadMutation> = fc.record({
  customId: fc.option(fc.oneof(fc.constantFrom(...CUSTOM_IDS), fc.string({ maxLength: 120 }))),
  edits: fc.array(
    fc.record({
      path: fc.nat(9_999),
      value: fc.oneof(fc.constant(undefined), fc.constantFrom(...VALUES)),
    }),
    { maxLength: 4 },
  ),
});

/** A changed copy of what the gateway would send. */
export function mutatePayload(payload: object, { customId, edits }: PayloadMutation): object {
  const changed = structuredClone(payload) as { data?: { custom_id?: string } };
  if (customId !== null && changed.data?.custom_id !== undefined) changed.data.custom_id = customId;
  for (const { path, value } of edits) {
    const fields = listFields(changed);
    const field = fields[path % fields.length];
    if (field === undefined) continue;
    if (value === undefined) delete field.holder[field.key];
    else field.holder[field.key] = structuredClone(value);
  }
  return changed;
}

function listFields(value: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...listFields(holder[key])]);
}
