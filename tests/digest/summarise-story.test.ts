import { describe, expect, test } from 'vitest';
import { summariseStory } from '../../src/digest/summarise-story.ts';

function report(hour: number, summary: string, language: 'ar' | 'en' = 'en') {
  return { language, summary, publishedAt: new Date(Date.UTC(2026, 10, 24, hour)) };
}

describe('the summary of a story', () => {
  test('begins with the newest fact and goes back to what happened', () => {
    const summary = summariseStory(
      [
        report(1, 'Attackers encrypted the records of nine hospitals. Operations were put off.'),
        report(9, 'The hospital chain restored its systems overnight without paying.'),
        report(5, 'Prosecutors opened an inquiry in three cities.'),
      ],
      'en',
    );
    expect(summary).toBe(
      'The hospital chain restored its systems overnight without paying. Prosecutors opened an inquiry in three cities. ' +
        'Attackers encrypted the records of nine hospitals.',
    );
  });

  test('does not say again what another report said', () => {
    const summary = summariseStory(
      [
        report(1, 'Attackers encrypted the records of nine hospitals. Operations were put off.'),
        report(2, 'The records of nine hospitals were encrypted by attackers.'),
      ],
      'en',
    );
    expect(summary).toBe(
      'The records of nine hospitals were encrypted by attackers. Operations were put off.',
    );
  });

  test('of reports in two languages has only sentences of the one asked for', () => {
    const reports = [
      report(1, 'سُرقت سجلات المستشفى.', 'ar'),
      report(2, 'The hospital’s records were stolen.'),
      report(3, 'قالت الشرطة إنها أوقفت مشتبها به.', 'ar'),
    ];
    expect(summariseStory(reports, 'ar')).toBe(
      'قالت الشرطة إنها أوقفت مشتبها به. سُرقت سجلات المستشفى.',
    );
    expect(summariseStory(reports, 'en')).toBe('The hospital’s records were stolen.');
  });

  test('of one report is that report’s', () => {
    const summary =
      'A bank closed its branches. Its bank cards work. Its bank branches open today.';
    expect(summariseStory([report(1, summary)], 'en')).toBe(summary);
  });

  test('leaves out what does not fit an embed, and never cuts', () => {
    const long = `A breach ${'of many long registers '.repeat(15)}was told.`;
    const summary = summariseStory(
      [report(1, long), report(2, 'Clients sued the firm in Cairo.')],
      'en',
    );
    expect(summary).toBe(`Clients sued the firm in Cairo. ${long}`);
    const longer = `A breach ${'of many long registers '.repeat(17)}was told.`;
    expect(
      summariseStory([report(1, longer), report(2, 'Clients sued the firm in Cairo.')], 'en'),
    ).toBe('Clients sued the firm in Cairo.');
  });

  test('keeps a headline apart from the sentence after it', () => {
    const reports = [
      report(1, 'The chain restored its systems.'),
      report(2, 'Two arrested over hospital attack'),
    ];
    expect(summariseStory(reports, 'en')).toBe(
      'Two arrested over hospital attack. The chain restored its systems.',
    );
  });

  test('draws on every report that says something new, however many say the same', () => {
    const same = Array.from({ length: 12 }, (_, i) =>
      report(i + 2, 'Attackers encrypted the records of nine hospitals.'),
    );
    const first = report(1, 'Prosecutors opened an inquiry in three cities.');
    expect(summariseStory([first, ...same], 'en')).toBe(
      'Attackers encrypted the records of nine hospitals. Prosecutors opened an inquiry in three cities.',
    );
  });

  test('of reports without a summary is empty', () => {
    expect(summariseStory([report(1, ''), report(2, '')], 'en')).toBe('');
  });
});
