import { describe, expect, it } from 'vitest';
import { formatAge, formatDistance, formatDueTime } from '../../src/digest/format-time.ts';
import { digestLabels } from '../../src/digest/labels.ts';
import { shortenText } from '../../src/digest/shorten-text.ts';

const DUE = new Date('2026-11-24T05:00:00Z');

describe('times', () => {
  it.each([
    ['en', 'Asia/Riyadh', 'Tue 24 Nov, 08:00 (Riyadh)'],
    ['ar', 'Asia/Riyadh', 'الثلاثاء 24 نوفمبر، 08:00 (الرياض)'],
    ['en', 'America/New_York', 'Tue 24 Nov, 00:00 (New York)'],
    ['ar', 'America/Argentina/Ushuaia', 'الثلاثاء 24 نوفمبر، 02:00 (Ushuaia)'],
    ['en', 'UTC', 'Tue 24 Nov, 05:00 (UTC)'],
  ] as const)('in %s for %s read %s', (language, zone, expected) => {
    expect(formatDueTime(DUE, language, zone)).toBe(expected);
  });

  it.each([
    ['en', 6 * 3600, '6 hours ago'],
    ['ar', 6 * 3600, 'قبل 6 ساعات'],
    ['ar', 2 * 86_400, 'قبل يومين'],
    ['en', 90, '1 minute ago'],
    ['en', -50, '0 minutes ago'],
  ] as const)('an age in %s of %i s is %s', (language, seconds, expected) => {
    expect(formatAge(new Date(DUE.getTime() - seconds * 1000), DUE, language)).toBe(expected);
  });
});

describe('what is to come', () => {
  it.each([
    ['ar', 2 * 86_400, 'بعد يومين'],
    ['ar', 11 * 3600, 'بعد 11 ساعة'],
    ['en', 3600, 'in 1 hour'],
  ] as const)('is in %s, in %i s, %s', (language, seconds, expected) => {
    expect(formatDistance(new Date(DUE.getTime() + seconds * 1000), DUE, language)).toBe(expected);
  });
});

describe('counts in Arabic take the right one of six forms', () => {
  const { stories, moreStories, articlesFromSources } = digestLabels('ar');
  it.each([
    [0, 'لا أخبار'],
    [1, 'خبر واحد'],
    [2, 'خبران'],
    [3, '3 أخبار'],
    [10, '10 أخبار'],
    [11, '11 خبرًا'],
    [99, '99 خبرًا'],
    [100, '100 خبر'],
    [103, '103 أخبار'],
  ])('%i: %s', (count, expected) => {
    expect(stories(count)).toBe(expected);
  });
  it('also in phrases', () => {
    expect(moreStories(7)).toBe('و7 أخبار أخرى');
    expect(articlesFromSources(41, 18)).toBe('41 مقالًا من 18 مصدرًا');
    expect(articlesFromSources(2, 2)).toBe('مقالان من مصدرين');
  });
});

describe('a text that is too long', () => {
  it('ends with a sentence where it can, else is cut between words and says so', () => {
    expect(shortenText('The mail of a bank was taken. It was closed for a week.', 45)).toBe(
      'The mail of a bank was taken.',
    );
    expect(shortenText('توقف المرفأ عن العمل يوما كاملا. دخل المهاجمون عبر حساب صيانة', 45)).toBe(
      'توقف المرفأ عن العمل يوما كاملا.',
    );
    expect(shortenText('Mail was taken from the U.S. treasury and from others', 40)).toBe(
      'Mail was taken from the U.S. treasury…',
    );
    expect(shortenText('Attackers encrypted the records of nine hospitals', 30)).toBe(
      'Attackers encrypted the…',
    );
  });
  it('is never cut inside a character', () => {
    const family = '👨‍👩‍👧'.repeat(10);
    for (let limit = 1; limit < 40; limit += 1) {
      const cut = shortenText(family, limit);
      expect(cut.length).toBeLessThanOrEqual(limit);
      expect(cut.replaceAll('👨‍👩‍👧', '')).toBe('…');
    }
  });
  it('keeps Arabic marks with their letters', () => {
    expect(shortenText('مُحَمَّد', 5)).toMatch(/^مُحَ…$/);
  });
});
