import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../src/language/split-sentences.ts';
import { readSharedRows } from './shared-rows.ts';

const CASES: [what: string, sentences: string[]][] = [
  ['full stops', ['It was hacked.', 'Nobody noticed.']],
  [
    'Arabic marks',
    ['هل اخترقت الوزارة؟', 'نعم!', 'وقال الوزير: لا تعليق.', 'انتهى…', 'وبعد ذلك صمت'],
  ],
  [
    'abbreviated names',
    [
      'The U.S. Department of State and Mr. Smith met Gen. Lee of Acme Inc. on Monday.',
      'They left.',
    ],
  ],
  [
    'abbreviations that end one',
    ['He moved to the U.S. in May.', 'It was made in the U.S.', 'The firm agreed.'],
  ],
  ['initials', ['J. R. Smith wrote it.', 'A. Jones did not.']],
  ['Arabic titles', ['قال د. محمد علي وأ. سالم إن الهجوم توقف.', 'وأضاف م. خالد أن العمل عاد.']],
  [
    'numbers, versions and addresses',
    [
      'Version 10.0.0.1 of v2.1.3 costs $3.5 million.',
      'See https://a.example/x.y?z. Then patch.'.slice(0, 28),
      'Then patch.',
    ],
  ],
  [
    'quotes',
    [
      'He said: "We were hit."',
      'She said “No comment.”',
      'وقال: «نحن نحقق في الأمر.»',
      'وأضاف المزيد.',
    ],
  ],
  ['a question inside a sentence', ['"Is it safe?" asked the minister.', 'It was not.']],
  ['two dots as a dash', ['واشنطن تتحصن.. بوحدة للحرب الإلكترونية.', 'وهذا جديد.']],
  ['the Arabic semicolon', ['أغلق الميناء؛ لأن الأنظمة توقفت.', 'ثم عاد.']],
  ['months and numbers', ['On Jan. 5 the No. 1 port closed.', 'No. 2 stayed open.']],
  [
    'the rest of a number that a feed parted',
    [
      'Sales fell 2. 9% and cost £1. 5bn.',
      'It paid in 2023. 5 firms did not.'.slice(0, 16),
      '5 firms did not.',
    ],
  ],
  ['list numbers', ['1. Patch now.', 'It matters.']],
];

describe('sentences', () => {
  it.each(CASES)('are told apart by %s', (_what, sentences) => {
    expect(splitSentences(sentences.join(' '))).toEqual(sentences);
  });

  it('end with their paragraph, whatever stands there', () => {
    expect(splitSentences('عنوان بلا نقطة\n\n  فقرة   ثانية \r\nثالثة: Mr.\nSmith')).toEqual([
      'عنوان بلا نقطة',
      'فقرة ثانية',
      'ثالثة: Mr.',
      'Smith',
    ]);
  });

  it('of nothing are none', () => {
    expect(splitSentences(' \n\t ')).toEqual([]);
  });

  it('of a megabyte without a full stop are one', () => {
    expect(splitSentences('كلمة '.repeat(200_000))).toHaveLength(1);
    expect(splitSentences('.'.repeat(1_000_000))).toHaveLength(1);
    expect(splitSentences('. '.repeat(100_000)).join(' ')).toBe('. '.repeat(100_000).trim());
  });

  it('joined by one space are the text with its white space made one space, for every real article', ({
    skip,
  }) => {
    const rows = readSharedRows();
    if (rows === null) return skip();
    const lengths = rows.flatMap((row) =>
      splitSentences(row.text).map((sentence) => sentence.length),
    );
    for (const row of rows) {
      expect(splitSentences(row.text).join(' ')).toBe(row.text.replace(/\s+/gu, ' ').trim());
    }
    expect(Math.min(...lengths.slice(0, 1000))).toBeGreaterThan(0);
  });
});
