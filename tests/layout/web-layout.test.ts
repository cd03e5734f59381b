import { beforeAll, describe, expect, it } from 'vitest';
import { renderStoriesPage } from '../../src/web/stories-page.ts';
import { makeStory } from '../digest/make-story.ts';
import {
  type MeasuredText,
  readInOrder,
  writtenText,
} from '../helpers/discord-page/read-in-order.ts';
import { ARABIC_LINES, ENGLISH_LINES, type MixedLine } from './mixed-lines.ts';
import { findChromium, useBrowser } from './open-browser.ts';

const NOW = new Date('2026-11-24T05:00:00Z');
const MOST_ON_A_PAGE = 30;
const chromium = findChromium('the layout of the web page');

function pageOf(lines: MixedLine[], language: 'ar' | 'en'): string {
  const outlets = language === 'ar' ? ['BBC عربي', 'Reuters'] : ['بي بي سي', 'Reuters'];
  const stories = lines.map(({ line }, index) =>
    makeStory({ id: String(index + 1), title: line, summary: `${line}.`, language, outlets }),
  );
  return renderStoriesPage(stories, NOW);
}

describe.skipIf(chromium === null)('the web page', () => {
  const browser = useBrowser(chromium ?? '');

  describe.each([360, 1200])('on a screen of %i pixels', (width) => {
    const texts = new Map<string, MeasuredText[]>();
    const show = async (lines: MixedLine[], language: 'ar' | 'en') => {
      for (const selector of ['h3', 'article small']) {
        const shown: MeasuredText[] = [];
        for (let first = 0; first < lines.length; first += MOST_ON_A_PAGE) {
          const page = pageOf(lines.slice(first, first + MOST_ON_A_PAGE), language);
          shown.push(...(await browser.measure(page, width, `[lang="${language}"] ${selector}`)));
        }
        texts.set(`${language} ${selector}`, shown);
      }
    };
    beforeAll(async () => {
      await show(ARABIC_LINES, 'ar');
      await show(ENGLISH_LINES, 'en');
    });
    const titleOf = (language: 'ar' | 'en', { line }: MixedLine) => {
      const wanted = line.replace(/\s/gu, '');
      const found = texts.get(`${language} h3`)?.find((text) => writtenText(text) === wanted);
      if (found === undefined) throw new Error(`the page does not say "${line}"`);
      return found;
    };

    it.each(ARABIC_LINES)('an Arabic reader reads $what in order: $line', (mixed) => {
      const title = titleOf('ar', mixed);
      expect(readInOrder(title, 'rtl', mixed.foreign)).toBe(writtenText(title));
    });

    it.each(ENGLISH_LINES)('an English reader reads $what in order: $line', (mixed) => {
      const title = titleOf('en', mixed);
      expect(readInOrder(title, 'ltr', mixed.foreign)).toBe(writtenText(title));
    });

    it('severity, outlets and time stay in order in both columns', () => {
      for (const small of texts.get('ar article small') ?? []) {
        // Where the title names another host than it opens, the opened one stands here.
        const host = writtenText(small).endsWith('·news.example') ? ['news.example'] : [];
        const foreign = ['BBC', 'Reuters', '2026-11-24 01:00 UTC', ...host];
        expect(readInOrder(small, 'rtl', foreign)).toBe(writtenText(small));
      }
      for (const small of texts.get('en article small') ?? []) {
        expect(readInOrder(small, 'ltr', ['بي بي سي'])).toBe(writtenText(small));
      }
    });

    it('an Arabic title begins at the right, whatever its first word', () => {
      for (const mixed of ARABIC_LINES) {
        const { glyphs, right } = titleOf('ar', mixed);
        expect(right - Math.max(...glyphs.map((glyph) => glyph.right))).toBeLessThan(2);
      }
    });
  });
});
