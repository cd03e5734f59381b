import { expect, test } from 'vitest';
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
