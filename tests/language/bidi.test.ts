import { describe, expect, it } from 'vitest';
import {
  isolateBetween,
  isolateForeignRuns,
  isolateWhole,
  neutraliseControls,
  stripBidiControls,
} from '../../src/language/bidi.ts';
import { visualOrder } from './visual-order.ts';

const runsOf = (isolated: string) =>
  Array.from(isolated.matchAll(/[\u2066\u2067]([^\u2066-\u2069]*)\u2069/gu), (match) => match[1]);

const ARABIC_LINES: [line: string, runs: string[]][] = [
  ['مايكروسوفت تطلق Windows 11 (24H2) للجميع', ['Windows 11 (24H2)']],
  ['شركة Palo Alto Networks, Inc. تصدر تحديثا', ['Palo Alto Networks, Inc.']],
  ['ثغرة CVE-2026-1234 في Cisco IOS XE تستغل الآن', ['CVE-2026-1234', 'Cisco IOS XE']],
  ['CVE-2026-1234: ثغرة خطيرة', ['CVE-2026-1234']],
  [
    'التفاصيل على https://example.com/a-b?c=1&d=2. راجعوا الموقع',
    ['https://example.com/a-b?c=1&d=2'],
  ],
  ['تحديث إلى الإصدار v2.1.3-beta+4 فورا', ['v2.1.3-beta+4']],
  ['طلب المهاجمون $4.5 million فدية', ['$4.5 million']],
  ['بصمة الملف d41d8cd98f00b204e9800998ecf8427e معروفة', ['d41d8cd98f00b204e9800998ecf8427e']],
  ['نشر @threat_intel تغريدة', ['@threat_intel']],
  ['يبدأ الساعة 18:30 GMT مساء', ['18:30 GMT']],
  ['وقع الهجوم في 2026-03-01 ليلا', ['2026-03-01']],
  ['الخادم 10.0.0.1:8080 مكشوف', ['10.0.0.1:8080']],
  ['شركات «Google» و«Microsoft» و(Apple)', ['Google', 'Microsoft', 'Apple']],
  ['شركات Google، Microsoft، Apple تتحرك', ['Google', 'Microsoft', 'Apple']],
  ['عصابة LockBit 3.0 تعود', ['LockBit 3.0']],
  ['سرقت Lazarus 25 مليون دولار', ['Lazarus']],
  ['لغتا C++ و C# آمنتان؟', ['C++', 'C#']],
  ['شركة AT&T تعلن', ['AT&T']],
  ['مجموعة Storm-0558 اخترقت Outlook.', ['Storm-0558', 'Outlook']],
  ['النطاق evil[.]example[.]com خبيث', ['evil[.]example[.]com']],
  ['بريد admin@example.com وهمي', ['admin@example.com']],
  ['انقطاع في AWS (us-east-1) اليوم', ['AWS (us-east-1)']],
  ['حجم البيانات 500 GB وفق "The Record"', ['500 GB', 'The Record']],
  ['واجهة الـAPI مكشوفة', ['API']],
  ['رويترز · BBC عربي · CNN', ['BBC', 'CNN']],
  ['المدفوعات -12.5% والأرباح 3–5% في 2019–2026', ['-12.5%', '3–5%', '2019–2026']],
  ['الأمر /latest وملف __init__.py ومنصة .NET', ['/latest', '__init__.py', '.NET']],
  ['نظام أندرويد/Windows', ['Windows']],
  ['رفض الخادم (403 Forbidden) ووسم hospital*', ['403 Forbidden', 'hospital*']],
  ['هاتف +1-202-555-0100 للطوارئ', ['+1-202-555-0100']],
  ['شركة Microsoft (المعروفة بنظام Windows) تحذر', ['Microsoft', 'Windows']],
];

const ENGLISH_LINES: [line: string, runs: string[]][] = [
  ['BBC عربي reports an outage', ['عربي']],
  ['The daily «الشرق الأوسط» was hacked', ['الشرق الأوسط']],
  ['Outlets: الجزيرة, العربية, BBC', ['الجزيرة', 'العربية']],
  ['Group عصابة الظل (2026) claims 25 victims', ['عصابة الظل (2026)']],
  ['Channel القناة 12 said', ['القناة']],
];

describe('foreign names in a line', () => {
  it.each(ARABIC_LINES)('are isolated whole in the Arabic line: %s', (line, runs) => {
    const isolated = isolateForeignRuns(line, 'rtl');
    expect(runsOf(isolated)).toEqual(runs);
    const seen = visualOrder(isolated, 'rtl');
    for (const run of runs) expect(seen).toContain(run);
  });

  it.each(ENGLISH_LINES)('are isolated whole in the English line: %s', (line, runs) => {
    const isolated = isolateForeignRuns(line, 'ltr');
    expect(runsOf(isolated)).toEqual(runs);
    expect(stripBidiControls(isolated)).toBe(line);
  });

  it('leave the words before and after an Arabic line’s names on their own sides', () => {
    const seen = visualOrder(
      isolateForeignRuns('أعلنت Palo Alto Networks, Inc. تحديثا', 'rtl'),
      'rtl',
    );
    const name = seen.indexOf('Palo Alto Networks, Inc.');
    expect(seen.indexOf('تنلعأ')).toBeGreaterThan(name);
    expect(seen.slice(0, name)).toContain('اثيدحت');
  });

  it('would be torn apart without isolates, which is why they are there', () => {
    expect(visualOrder('وقع الهجوم في 2026-03-01 ليلا', 'rtl')).not.toContain('2026-03-01');
    expect(visualOrder('لغة C++ آمنة', 'rtl')).not.toContain('C++');
  });

  it('are told in the order in which an Arabic list tells them, right to left', () => {
    const seen = visualOrder(isolateForeignRuns('شركات Google، Microsoft، Apple', 'rtl'), 'rtl');
    expect(seen.indexOf('Google')).toBeGreaterThan(seen.indexOf('Microsoft'));
    expect(seen.indexOf('Microsoft')).toBeGreaterThan(seen.indexOf('Apple'));
  });

  it.each([...ARABIC_LINES, ...ENGLISH_LINES])(
    'come out the same when isolated twice: %s',
    (line) => {
      for (const direction of ['rtl', 'ltr'] as const) {
        const once = isolateForeignRuns(line, direction);
        expect(isolateForeignRuns(once, direction)).toBe(once);
      }
    },
  );

  it('need no isolates where there are none', () => {
    expect(isolateForeignRuns('هجوم على 25 مستشفى', 'rtl')).toBe('هجوم على 25 مستشفى');
    expect(isolateForeignRuns('Attack on 25 hospitals', 'ltr')).toBe('Attack on 25 hospitals');
  });

  it('leave vowel signs on their letters, so that a word stays joined', () => {
    const vocalised = 'سُرِقَت البياناتُ وعُرضت فورًا، وفقًا للشّركةِ';
    expect(isolateForeignRuns(vocalised, 'rtl')).toBe(vocalised);
    expect(runsOf(isolateForeignRuns('اختُرق Zürich و Zu\u0308rich', 'rtl'))).toEqual([
      'Zürich',
      'Zu\u0308rich',
    ]);
  });

  it('stay inside their own line, since isolates end with a paragraph', () => {
    expect(runsOf(isolateForeignRuns('اختراق Microsoft\nWindows متأثر', 'rtl'))).toEqual([
      'Microsoft',
      'Windows',
    ]);
  });

  it('are found in thousands of hostile brackets without a stall', () => {
    const hostile = 'a ( b [ c « '.repeat(2_000);
    expect(stripBidiControls(isolateForeignRuns(hostile, 'rtl'))).toBe(hostile);
  });

  it('may be a whole title of the other language, with its own names kept inside', () => {
    const title = isolateWhole('اختراق Windows 11 في الرياض', 'rtl');
    const seen = visualOrder(`Title: ${title} (ar)`, 'ltr');
    expect(seen.startsWith('Title: ')).toBe(true);
    expect(seen.endsWith(' (ar)')).toBe(true);
    expect(seen).toContain('Windows 11');
  });
});

describe('controls that a feed brings', () => {
  const hostile = 'فاتورة \u202Egpj.exe\u202C و\u2067Windows \u200F\u061Cنهاية';

  it('are gone from the shown line, and every isolate is closed', () => {
    const shown = isolateForeignRuns(hostile, 'rtl');
    expect(shown).not.toMatch(/[\u202a-\u202e\u200e\u200f\u061c]/u);
    expect(shown.match(/[\u2066-\u2068]/gu)).toHaveLength(shown.match(/\u2069/gu)?.length ?? 0);
    expect(runsOf(shown)).toEqual(['gpj.exe', 'Windows']);
  });

  it('leave the letters as they were', () => {
    expect(stripBidiControls(hostile)).toBe('فاتورة gpj.exe وWindows نهاية');
  });

  it('cannot hide in fillers, nulls, tags or broken surrogates', () => {
    expect(neutraliseControls('a\u0000b\u200bc\u{e0041}d\ud800e\u202ef\tg\u2028h\r\ni')).toBe(
      'abcdef g\nh\ni',
    );
  });

  it('leave emoji and Persian joiners whole', () => {
    expect(neutraliseControls('👩‍💻 می‌شود')).toBe('👩‍💻 می‌شود');
  });
});

describe('a line of our own words with markup in it', () => {
  const BETWEEN: [line: string, direction: 'rtl' | 'ltr', runs: string[]][] = [
    ['لا اشتراكات بعد. ابدأ بالأمر /subscribe', 'rtl', ['/subscribe']],
    ['اكتبه بالشكل HH:MM، مثل 08:00 أو 17:30.', 'rtl', ['HH:MM', '08:00', '17:30']],
    ['اختر مثل Asia/Riyadh أو Africa/Cairo.', 'rtl', ['Asia/Riyadh', 'Africa/Cairo']],
    ['⚠ «\u2068Asia/Ryadh\u2069» غير مفهوم، مثل UTC', 'rtl', ['UTC']],
    ['[\u2066Reuters\u2069](https://a.example/b) · قبل RSS', 'rtl', ['Reuters', 'RSS']],
    ['**الحالة** · <t:1:R> · <@&55> و<#7> في CISA', 'rtl', ['CISA']],
    ['**RSS** جديد', 'rtl', ['RSS']],
    ['A topic such as فدية or one of \u2067خبر\u2069', 'ltr', ['فدية', 'خبر']],
  ];

  it.each(BETWEEN)(
    '%j has what is foreign isolated and its markup as it was',
    (line, way, runs) => {
      const shown = isolateBetween(line, way);
      expect(runsOf(shown)).toEqual(runs);
      expect(stripBidiControls(shown)).toBe(stripBidiControls(line));
      expect(isolateBetween(shown, way)).toBe(shown);
      for (const markup of line.match(/\]\([^)]*\)|<[^>]*>|\*\*/g) ?? [])
        expect(shown).toContain(markup);
    },
  );

  it('shows a command to an Arabic reader with its slash before it', () => {
    const shown = isolateBetween('ابدأ بالأمر /subscribe', 'rtl');
    expect(visualOrder(shown, 'rtl')).toMatch(/^\/subscribe /);
  });

  it('keeps what an isolate that is never closed holds', () => {
    expect(isolateBetween('قال \u2066ABC DEF', 'rtl')).toBe('قال \u2066ABC DEF');
  });
});
