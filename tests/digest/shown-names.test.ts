import { describe, expect, it } from 'vitest';
import { withoutShortForms } from '../../src/digest/shown-names.ts';
import { NO_ENTITIES } from '../../src/domain/entity.ts';
import { isKnownName } from '../../src/entities/known-names.ts';

function shown(...names: (string | { name: string; mentions: string[] })[]): string[] {
  const products = names.map((name) =>
    typeof name === 'string' ? { name, mentions: [name] } : name,
  );
  return withoutShortForms({ ...NO_ENTITIES, products }, isKnownName).products.map(
    ({ name }) => name,
  );
}

describe('the names of a story', () => {
  it.each([
    ['English, the head last', ['Gate', 'Bastion Gate'], ['Bastion Gate']],
    ['in whatever order', ['Bastion Gate', 'Gate'], ['Bastion Gate']],
    ['in whatever case', ['BASTION GATE', 'Gate'], ['BASTION GATE']],
    [
      'English, the head before a preposition',
      ['Water Board', 'Water Board of Dunmere'],
      ['Water Board of Dunmere'],
    ],
    ['Arabic, the head first', ['البوابة', 'بوابة الحصن'], ['بوابة الحصن']],
    ['Arabic, of several words', ['هيئة المياه', 'هيئة المياه الوطنية'], ['هيئة المياه الوطنية']],
    ['Arabic, spelled otherwise', ['هيئه المياة', 'هيئة المياه الوطنية'], ['هيئة المياه الوطنية']],
    [
      'the fullest of several',
      ['Gate', 'Bastion Gate', 'Norvik Bastion Gate'],
      ['Norvik Bastion Gate'],
    ],
  ])('do not have a shorter form beside the full one: %s', (_case, names, expected) => {
    expect(shown(...names)).toEqual(expected);
  });

  it('know the full one by what a report calls it', () => {
    const full = { name: 'Bastion Gate', mentions: ['بوابة الحصن'] };
    expect(shown('البوابة', full)).toEqual(['Bastion Gate']);
  });

  it.each([
    ['a list has both', ['Windows', 'Windows Defender']],
    ['a list has the shorter', ['Outlook', 'Norvik Outlook']],
    ['the longer may be an edition', ['Bastion Gate', 'Bastion Gate Pro']],
    ['the shorter may be the maker', ['Exampla', 'Exampla VPN']],
    ['Arabic, the shorter may be the maker', ['الحصن', 'بوابة الحصن']],
    ['the shorter is no head', ['Dunmere', 'Water Board of Dunmere']],
    ['it may be either of two', ['Gate', 'Bastion Gate', 'Iron Gate']],
    [
      'Arabic, it may be either of two',
      ['هيئة المياه', 'هيئة المياه الوطنية', 'هيئة المياه البلدية'],
    ],
    ['only letters are the same', ['Gate', 'Floodgate', 'Gateway']],
  ])('keep both where they may be two: %s', (_case, names) => {
    expect(shown(...names)).toEqual(names);
  });

  it('are compared with those of their own kind only', () => {
    const entities = {
      ...NO_ENTITIES,
      organisations: [{ name: 'Gate', mentions: ['Gate'] }],
      products: [{ name: 'Bastion Gate', mentions: ['Bastion Gate'] }],
    };
    expect(withoutShortForms(entities, isKnownName)).toEqual(entities);
  });
});
