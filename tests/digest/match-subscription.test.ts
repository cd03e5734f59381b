import { describe, expect, it } from 'vitest';
import { matchStory } from '../../src/digest/match-subscription.ts';
import type { StoryFilter } from '../../src/domain/subscription.ts';
import { EVERYTHING, makeStory, type StoryParts } from './make-story.ts';

const cases: [string, StoryParts, Partial<StoryFilter>, boolean][] = [
  ['everything passes an empty filter', {}, {}, true],
  ['an Arabic channel gets a story told in Arabic', { language: 'ar' }, { language: 'ar' }, true],
  ['an Arabic channel does not get one told in English only', {}, { language: 'ar' }, false],
  [
    'a story told in both passes either',
    { reports: [{ language: 'en' }, { language: 'ar' }] },
    { language: 'ar' },
    true,
  ],
  [
    'one topic of several is enough',
    { topics: ['breach', 'ransomware'] },
    { topics: ['ransomware'] },
    true,
  ],
  ['another topic is not', { topics: ['breach'] }, { topics: ['ransomware', 'ddos'] }, false],
  ['the least severity passes itself', { severity: 'high' }, { minSeverity: 'high' }, true],
  ['a milder story does not', { severity: 'medium' }, { minSeverity: 'high' }, false],
  ['one outlet of several is enough', { outlets: ['Reuters', 'BBC'] }, { sources: ['BBC'] }, true],
  [
    'outlets are compared without case or spelling variants',
    { outlets: ['الجزيرة'] },
    { sources: ['الجزيره'] },
    true,
  ],
  ['other outlets are not', { outlets: ['Reuters'] }, { sources: ['BBC'] }, false],
  [
    'a keyword is looked for in every report',
    { reports: [{ title: 'A' }, { summary: 'Lockbit again' }] },
    { keyword: 'lockbit' },
    true,
  ],
  [
    'and among names in either script',
    { entities: { organisations: [{ name: 'Microsoft', mentions: ['مايكروسوفت'] }] } },
    { keyword: 'مايكروسوفت' },
    true,
  ],
  ['and among CVEs', { entities: { cves: ['CVE-2026-1'] } }, { keyword: 'CVE-2026-1' }, true],
  [
    'filters must all hold',
    { topics: ['breach'], severity: 'low' },
    { topics: ['breach'], minSeverity: 'high' },
    false,
  ],
];

describe('a subscription', () => {
  it.each(cases)('%s', (_name, story, filter, passes) => {
    expect(matchStory(makeStory(story), { ...EVERYTHING, ...filter }, 0.5).passes).toBe(passes);
  });

  it('goes by the surest report against the threshold', () => {
    const story = makeStory({ reports: [{ score: 0.4 }, { score: 0.8 }] });
    expect(matchStory(story, EVERYTHING, 0.8).passes).toBe(true);
    expect(matchStory(story, EVERYTHING, 0.81).passes).toBe(false);
  });

  it('says of each gate whether it let the story through and why', () => {
    const story = makeStory({ severity: 'low', score: 0.9 });
    const { gates } = matchStory(story, { ...EVERYTHING, minSeverity: 'high' }, 0.5);
    expect(gates.map(({ gate, passed }) => [gate, passed])).toEqual([
      ['score', true],
      ['language', true],
      ['topic', true],
      ['severity', false],
      ['source', true],
      ['keyword', true],
    ]);
    expect(gates[0]?.detail).toBe('0.90 ≥ 0.50');
    expect(gates[3]?.detail).toBe('low ≥ high');
  });
});
