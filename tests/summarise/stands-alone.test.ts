import { describe, expect, test } from 'vitest';
import { goesOn, isOfThePage, standsAlone } from '../../src/summarise/stands-alone.ts';

describe('a line of the page itself', () => {
  test.each([
    'Scroll down for video.',
    'Watch the video below.',
    'CNN’s Dan Rivers contributed to this report.',
    'Analysis: Vincent Kearney, BBC News NI’s home affairs correspondent',
    'اقرأ أيضا: قراصنة يسرقون بنكا',
    'اقرأ أيضاً:',
  ])('is not of the article: %s', (line) => {
    expect(isOfThePage(line)).toBe(true);
  });

  test.each([
    'Hackers contributed to the outage of the grid.',
    'Scrolling texts showed the ransom note.',
    'Analysis of the malware shows two authors.',
    'اقرأ أيضا كتاب القراصنة، قال الوزير.',
  ])('is not: %s', (line) => {
    expect(isOfThePage(line)).toBe(false);
  });
});

describe('a sentence can be read alone', () => {
  test.each([
    'Hackers took the records of nine hospitals.',
    'The firm said “we have shut our site” on Monday.',
    'Users’ records and the clients’ keys were taken on Monday.',
    "The minister called it a 'mind-blowing' attack on hospitals.",
    'The US and the United Kingdom blamed a group of hackers.',
    'Attackers "took everything that they found", the firm said.',
  ])('%s', (sentence) => {
    expect(standsAlone(sentence)).toBe(true);
  });

  test.each([
    ['where it says too little', 'That was it.'],
    ['where it asks', 'Is this the largest theft of records so far?'],
    ['where it is a heading', 'What is known of the attack on hospitals'],
    ['where somebody unnamed speaks', 'I got it like the others on our network.'],
    ['where a quotation goes on after it', "'It would not be a case of the money."],
    ['where a quotation goes on after it', '“Attackers took everything that they found here.'],
    ['where a quotation began before it', "It has been a hard week in one way or another.'"],
    ['where a quotation began before it', 'Attackers took everything that they found here."'],
  ])('not %s: %s', (_why, sentence) => {
    expect(standsAlone(sentence)).toBe(false);
  });
});

describe('an Arabic sentence', () => {
  test.each([
    'وأعلنت مجموعة ناشطة مسؤوليتها عن الهجوم.',
    'كما سرق المهاجمون سجلات الموظفين.',
    'لكن الشركة نفت ذلك.',
  ])('goes on from the one before it: %s', (sentence) => {
    expect(goesOn(sentence)).toBe(true);
  });

  test.each([
    'وزارة الصحة تعلن اختراق خوادمها.',
    'وكالة الأمن السيبراني تحذر من ثغرة.',
    'واشنطن تتهم قراصنة بسرقة بيانات.',
    'أعلنت مجموعة ناشطة مسؤوليتها عن الهجوم.',
  ])('begins by itself, also with a و of its own: %s', (sentence) => {
    expect(goesOn(sentence)).toBe(false);
  });
});
