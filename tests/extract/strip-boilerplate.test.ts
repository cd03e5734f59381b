import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stripBoilerplate } from '../../src/extract/strip-boilerplate.ts';
import { splitSentences } from '../../src/language/split-sentences.ts';
import { readSharedRows } from '../language/shared-rows.ts';

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, '../fixtures/articles', name), 'utf8').trim();

const SEED = join(import.meta.dirname, '../../../shared/seed/000_399d867736c2c8d1.txt');

const CREDITS =
  /رويترز\/|حقوق الترخيص|تغطية صحفية|للنشرة العربية|معاييرنا|مبادئ الثقة|اترك ردك|MSFT|\(رويترز\)/u;

describe('an agency story', () => {
  it.each(['ar', 'en'])('keeps every news paragraph and nothing else: %s', (language) => {
    expect(stripBoilerplate(fixture(`agency-story-${language}.txt`))).toBe(
      fixture(`agency-story-${language}.clean.txt`),
    );
  });

  it.each(['ar', 'en'])('that is clean stays as it is: %s', (language) => {
    const clean = fixture(`agency-story-${language}.clean.txt`);
    expect(stripBoilerplate(clean)).toBe(clean);
  });

  it('flattened to one line by its site loses its caption and its credits too', () => {
    const clean = stripBoilerplate(fixture('agency-story-ar.txt').replaceAll('\n', ' '));
    expect(clean).toMatch(/^الرباط/u);
    expect(clean).not.toMatch(CREDITS);
    expect(clean).toContain('ولم ترد الشركة على طلب للتعليق.');
  });

  it('as an Arabic site republished it comes out with all thirteen news paragraphs', ({ skip }) => {
    if (!existsSync(SEED)) {
      process.stderr.write('the check on ../shared/seed was skipped: it is not there\n');
      return skip();
    }
    const story = readFileSync(SEED, 'utf8');
    const clean = stripBoilerplate(story).split('\n');
    const news = story.trim().split('\n').slice(1, 14);
    expect(clean).toHaveLength(13);
    expect(clean[0]).toMatch(/^واشنطن/u);
    expect(clean.join('\n')).not.toMatch(CREDITS);
    expect(clean.slice(1)).toEqual(news.slice(1).map((line) => line.trim()));
  });
});

const REMOVED: [what: string, text: string, left: string][] = [
  [
    'appeared first on',
    'Bank hit. The post Bank hacked appeared first on Example Times.',
    'Bank hit.',
  ],
  ['continue reading', 'Bank hit by hackers. Continue reading...', 'Bank hit by hackers.'],
  ['read more glued to the text', 'Most were in France.Read more', 'Most were in France.'],
  ['an Arabic read more', 'ما هو هاكاثون الحج؟ اقرأ المزيد', 'ما هو هاكاثون الحج؟'],
  [
    'an excerpt’s end',
    'The university stated [&hellip;]'.replace('&hellip;', '…'),
    'The university stated…',
  ],
  ['a call to click', 'He fell. CLICK HERE FOR MORE SPORTS COVERAGE ON EXAMPLE.COM', 'He fell.'],
  ['an agency’s signature', 'Shares rose.\nREUTER', 'Shares rose.'],
  ['a reply form', 'خبر.\nاترك تعليقا إلغاء الرد', 'خبر.'],
  ['a BBC caption', 'مصدر الصورة Getty Images\nخبر.', 'خبر.'],
];

const KEPT = [
  'The mail came from npmjs[.]help and hxxps://login[.]example[.]com/a.',
  'جاءت الرسالة من العنوان npmjs[.]help.',
  'Students should read more.',
  'She grew up on a farm and says people want to read more about it.',
  'تحرير مدينة الحديدة كان هدف العملية.\nوسقط قتلى.',
  'وأعلن الجيش تحرير الرهائن.',
  'The senator said the reporting by The Seattle Times was fair.',
  'Share prices fell.',
  'Related companies were told to pay, the court said.',
  'صورة الوزير على الموقع الرسمي استبدلت بصورة المهاجمين.',
  'شارك في الهجوم 40 خادما.',
  'اقرأ أيضا ما كتبه الوزير قبل شهر عن الأمن.',
  'Follow the money, investigators were told.',
  'Sign up fees were refunded (The Times).',
  'All rights of the workers were respected.',
  'The attackers (Storm-0558) used Outlook.',
];

describe('around a story', () => {
  it.each(REMOVED)('%s is removed', (_what, text, left) => {
    expect(stripBoilerplate(text)).toBe(left);
  });

  it.each(KEPT)('news that only sounds like it stays: %s', (text) => {
    expect(stripBoilerplate(text)).toBe(text);
  });
});

it('of real articles, the median loses nothing and 1 in 20 loses over 5%', ({ skip }) => {
  const rows = readSharedRows();
  if (rows === null) return skip();
  const loss = rows
    .filter((row) => row.text.length > 200)
    .map((row) => 1 - letters(stripBoilerplate(row.text)) / letters(row.text))
    .sort((a, b) => a - b);
  const at = (share: number) => loss[Math.floor(share * (loss.length - 1))] ?? 1;
  process.stderr.write(
    `boilerplate removed: median ${at(0.5).toFixed(3)}, 95th ${at(0.95).toFixed(3)}, 99th ${at(0.99).toFixed(3)}, most ${at(1).toFixed(3)}\n`,
  );
  expect(at(0.5)).toBe(0);
  expect(at(0.95)).toBeLessThan(0.05);
  expect(at(1)).toBeLessThan(0.7);
});

it('a megabyte without line breaks is no obstacle', () => {
  expect(stripBoilerplate('(إعداد '.repeat(140_000)).length).toBeGreaterThan(900_000);
  const text = 'The post reporting by Editing. '.repeat(33_000);
  expect(splitSentences(stripBoilerplate(text)).length).toBeGreaterThan(30_000);
});

function letters(text: string): number {
  return text.replace(/\s+/gu, '').length;
}
