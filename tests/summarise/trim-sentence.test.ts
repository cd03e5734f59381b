import { describe, expect, test } from 'vitest';
import { beginSummary, trimSentence, trimToFit } from '../../src/summarise/trim-sentence.ts';

describe('a sentence of a summary leaves out', () => {
  test.each([
    ['واشنطن (رويترز) – سرق قراصنة الرسائل.', 'سرق قراصنة الرسائل.'],
    ['القاهرة - أ ش أ: أعلنت الوزارة الخطة.', 'أعلنت الوزارة الخطة.'],
    ['دبي، الإمارات العربية المتحدة (CNN)-- أعلن الأمن العام الهجوم.', 'أعلن الأمن العام الهجوم.'],
    ['دبي، الإمارات العربية المتحدة (CNN)- - أعلنت الشركة.', 'أعلنت الشركة.'],
    ['LONDON (Reuters) - Hackers took mail.', 'Hackers took mail.'],
    ['LONDON, May 3 (Reuters) - Hackers took mail.', 'Hackers took mail.'],
    ['BAGHDAD, Iraq (CNN) -- Hackers took mail.', 'Hackers took mail.'],
    ['Hong Kong (CNN)Six banks were hit.', 'Six banks were hit.'],
    ['WASHINGTON — Hackers took mail.', 'Hackers took mail.'],
    ['PORTA NOVA - Police have arrested a man.', 'Police have arrested a man.'],
    ['مدينة النجمة – قالت سلطة المرفأ إن الهجوم توقف.', 'قالت سلطة المرفأ إن الهجوم توقف.'],
    ['القاهرة - أعلنت الوزارة الخطة.', 'أعلنت الوزارة الخطة.'],
  ])('where it was written and by which agency: %s', (sentence, trimmed) => {
    expect(trimSentence(sentence, 0)).toBe(trimmed);
  });

  test.each([
    ['اخترق قراصنة شركة مايكروسوفت (MSFT.O) أمس.', 'اخترق قراصنة شركة مايكروسوفت أمس.'],
    ['CrowdStrike (NASDAQ: CRWD) fell.', 'CrowdStrike fell.'],
  ])('tickers of exchanges: %s', (sentence, trimmed) => {
    expect(trimSentence(sentence, 0)).toBe(trimmed);
  });

  test.each([
    [
      'قال موظف بمجلس الشيوخ لرويترز يوم الأربعاء إن المتسللين سرقوا رسائل.',
      'قال موظف بمجلس الشيوخ إن المتسللين سرقوا رسائل.',
    ],
    [
      'قال مسؤول أمريكي لـCNN إن المتسللين سرقوا رسائل.',
      'قال مسؤول أمريكي إن المتسللين سرقوا رسائل.',
    ],
    ['قالت المتحدثة الخميس إن العملية انتهت.', 'قالت المتحدثة إن العملية انتهت.'],
    ['The firm said on Tuesday that data was taken.', 'The firm said that data was taken.'],
    ['Data was taken, officials said Monday.', 'Data was taken, officials said.'],
  ])('when it was said, and to which agency: %s', (sentence, trimmed) => {
    expect(trimSentence(sentence, 0)).toBe(trimmed);
  });

  test.each([
    ['The minister (right) met the firm (pictured above).', 'The minister met the firm.'],
    ['قال الوزير (في الصورة) إن البنك أغلق.', 'قال الوزير إن البنك أغلق.'],
  ])('where somebody stands in a photograph: %s', (sentence, trimmed) => {
    expect(trimSentence(sentence, 0)).toBe(trimmed);
  });

  test('what a player of videos left in the text', () => {
    const read = 'Media playback is not supported on this device Hackers took the mail.';
    expect(trimSentence(read, 0)).toBe('Hackers took the mail.');
  });

  test('that a quoted speaker put it so', () => {
    expect(trimSentence('وصف الهجوم بأنه "تصفية" على حد تعبيره.', 0)).toBe(
      'وصف الهجوم بأنه "تصفية".',
    );
  });
});

describe('a sentence of a summary keeps', () => {
  test.each([
    'The group (APT28) took mail.',
    'The party (far right) was hacked.',
    'Attackers broke in on Tuesday and left on Friday.',
    'The vote on Thursday said nothing of hackers.',
    'اخترق القراصنة الشبكة يوم الأحد وخرجوا الثلاثاء.',
    'قالت الشرطة إن الهجوم وقع يوم الجمعة.',
    'قال المتحدث إن "الأحد الدامي" لم يكن هجوما.',
    'NATO - the alliance - was attacked.',
    'NATO — the alliance — was attacked.',
    'MICROSOFT — the maker of Windows — was attacked.',
    'IBM and AMD patched a flaw (CVE-2024-3094).',
    'سرقت مجموعة (لازاروس) الأموال.',
    'الهجوم – وهو الأكبر هذا العام – أصاب خمسة مصارف.',
    'مجموعة القراصنة التي هاجمت المرفأ – طلبت فدية.',
    '',
  ])('names, numbers and the time of what happened: %s', (sentence) => {
    expect(trimSentence(sentence, 0)).toBe(sentence);
  });
});

test('only the first sentence of an article begins with where it was written', () => {
  const later = 'الخسائر المعلنة – قال المدير إنها كبيرة.';
  expect(trimSentence(later, 1)).toBe(later);
});

describe('the first sentence of a summary', () => {
  test.each([
    ['However, the bank denied it.', 'The bank denied it.'],
    ['من جانبها، نفت الشركة ذلك.', 'نفت الشركة ذلك.'],
  ])('does not begin by answering what is not there: %s', (sentence, begun) => {
    expect(beginSummary(sentence)).toBe(begun);
  });

  test.each(['However hard they tried, it held.', 'وقال الموظف ذلك.', 'iPhone users were hit.'])(
    'else begins as written: %s',
    (sentence) => {
      expect(beginSummary(sentence)).toBe(sentence);
    },
  );
});

describe('a sentence too long for its place', () => {
  test.each([
    [
      'The bank lost the records of its clients – a blow to its standing – and shut its site, according to police.',
      'The bank lost the records of its clients and shut its site, according to police.',
    ],
    [
      'The bank lost the records of all its clients and shut its site, according to police.',
      'The bank lost the records of all its clients and shut its site.',
    ],
    [
      'The bank lost the records of all its clients and shut its site, which angered them.',
      'The bank lost the records of all its clients and shut its site.',
    ],
    [
      'سرق قراصنة سجلات عملاء البنك كلها وأغلق البنك موقعه، بحسب ما ذكرت الشرطة في بيان لها.',
      'سرق قراصنة سجلات عملاء البنك كلها وأغلق البنك موقعه.',
    ],
    [
      'سرق قراصنة سجلات عملاء البنك كلها وأغلق البنك موقعه، وهو ما أثار غضب الناس كثيرا.',
      'سرق قراصنة سجلات عملاء البنك كلها وأغلق البنك موقعه.',
    ],
  ])('gives up an aside, who reports it, or more about a name: %s', (sentence, shorter) => {
    expect(trimToFit(sentence, shorter.length)).toBe(shorter);
  });

  test.each([
    [
      'the source of a claim',
      'Hackers allegedly took the records of the clients, according to police.',
    ],
    [
      'the source of a claim',
      'اتهمت الحكومة قراصنة بسرقة سجلات عملاء البنك كلها، بحسب ما ذكرت الشرطة.',
    ],
    ['a number', 'The bank lost the records of its clients, which number about 60,000.'],
    ['a negation', 'The bank lost the records of its clients, which were not encrypted.'],
    ['a name', 'The bank lost the records of its clients, which Lazarus sold on.'],
    ['a negation', 'فقد البنك سجلات عملائه كلها في الهجوم، وهي لم تكن مشفرة.'],
    ['a number', 'فقد البنك سجلات عملائه كلها في الهجوم، التي تبلغ 60 ألفا.'],
  ])('never gives up %s: %s', (_what, sentence) => {
    expect(trimToFit(sentence, sentence.length - 1)).toBeNull();
  });

  test('is as written when it fits', () => {
    const sentence = 'The bank shut its site, according to police.';
    expect(trimToFit(sentence, 400)).toBe(sentence);
  });
});
