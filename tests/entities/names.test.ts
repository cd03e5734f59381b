import { expect, test } from 'vitest';
import { extractEntities } from '../../src/entities/extract-entities.ts';
import { wordsOf } from '../../src/entities/find-names.ts';
import { findKnownNames, KNOWN_NAMES } from '../../src/entities/known-names.ts';

const formsOf = (text: string) =>
  wordsOf(text)
    .map(({ form }) => form)
    .join(' ');

test('no spelling belongs to two names', () => {
  const owners = new Map<string, Set<string>>();
  for (const { name, aliases } of KNOWN_NAMES.flatMap(({ names }) => names)) {
    for (const { text } of aliases) {
      const form = formsOf(text);
      owners.set(form, (owners.get(form) ?? new Set()).add(name));
    }
  }
  const shared = [...owners].filter(([, names]) => names.size > 1);
  expect(shared.map(([form, names]) => [form, ...names])).toEqual([]);
});

test('every spelling of the lists is found in a text, as its own name', () => {
  const missed = KNOWN_NAMES.flatMap(({ names }) => names).flatMap(({ name, aliases }) =>
    aliases
      .filter(({ needsContext }) => !needsContext)
      .filter(({ text }) => !findKnownNames(`(${text}).`).some((found) => found.name === name))
      .map(({ text }) => `${text} of ${name}`),
  );
  expect(missed).toEqual([]);
});

test.each([
  ['Microsoft', 'مايكروسوفت'],
  ['Fancy Bear', 'فانسي بير'],
  ['APT28', 'إيه.بي.تي28'],
  ['Lazarus Group', 'مجموعة لازاروس'],
  ['the ShinyHunters', 'شايني هانترز'],
  ['Handala', 'مجموعة حنظلة'],
  ['Volt Typhoon', 'فولت تايفون'],
  ['Kimsuky', 'كيمسوكي'],
  ['WannaCry', 'وانا كراي'],
  ['NotPetya', 'نوت بيتيا'],
  ['the LockBit gang', 'عصابة لوكبت'],
  ['Pegasus spyware', 'برنامج بيغاسوس'],
  ['Stuxnet', 'ستاكسنت'],
  ['Trend Micro', 'تريند مايكرو'],
  ['Secureworks', 'سكيور ووركس'],
  ['Heartbleed', 'هارتبليد'],
  ['the GRU attacked', 'المخابرات العسكرية الروسية'],
  ['the hack was blamed on North Korea', 'كوريا الشمالية تقف وراء الاختراق'],
])('%s and %s are one entity', (english, arabic) => {
  const idsOf = (text: string) => {
    const { actors, malware, organisations, products } = extractEntities(text, []);
    return [actors, malware, organisations, products].map((kind) => kind.map(({ name }) => name));
  };
  expect(idsOf(arabic)).toEqual(idsOf(english));
  expect(idsOf(english).flat()).toHaveLength(1);
});
