import { beforeAll, describe, expect, it } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.ts';
import { splitDigest } from '../../src/digest/split-digest.ts';
import { fitsMessage, renderDigest } from '../../src/discord/render-digest.ts';
import { makeStory } from '../digest/make-story.ts';
import type { DirectionRule } from '../helpers/discord-page/page-style.ts';
import {
  type MeasuredText,
  readInOrder,
  writtenText,
} from '../helpers/discord-page/read-in-order.ts';
import { DESKTOP, PHONE, renderMessagePage } from '../helpers/discord-page/render-message-page.ts';
import type { MessageBody } from '../helpers/fake-discord/check-message.ts';
import { ARABIC_LINES, ENGLISH_LINES, type MixedLine } from './mixed-lines.ts';
import { findChromium, useBrowser } from './open-browser.ts';

const NOW = new Date('2026-11-24T05:00:00Z');
const chromium = findChromium('the layout of Discord messages');

const SCREENS: { rule: DirectionRule; width: number }[] = [
  { rule: 'each-line', width: PHONE },
  { rule: 'each-line', width: DESKTOP },
  { rule: 'each-block', width: PHONE },
  { rule: 'left-to-right', width: PHONE },
  { rule: 'left-to-right', width: DESKTOP },
];

/** What is said of every story of these tests after the line itself; long enough to wrap on a phone. */
const REST = {
  ar: '، وفق ما ذكره بيان صدر صباح اليوم عن الجهة المسؤولة.',
  en: ', according to a statement that the authority issued this morning.',
};

function messagesOf(lines: MixedLine[], language: 'ar' | 'en'): MessageBody[] {
  const stories = lines.map(({ line }, index) =>
    makeStory({
      id: String(index + 1),
      title: line,
      summary: `${line}${REST[language]}`,
      language,
      outlets: language === 'ar' ? ['BBC عربي', 'رويترز', 'CNN'] : ['BBC عربي', 'Reuters'],
      at: '2026-11-23T23:00:00Z',
    }),
  );
  const digest = buildDigest(stories, {
    language,
    timezone: 'Asia/Riyadh',
    dueAt: NOW,
    limit: stories.length,
  });
  return splitDigest(digest, fitsMessage).map(
    (part, position) =>
      renderDigest(part, { outboxId: '31', position, roleId: null }) as MessageBody,
  );
}

describe.skipIf(chromium === null)('a digest on a screen', () => {
  const browser = useBrowser(chromium ?? '');

  describe.each(SCREENS)('of $width pixels where direction goes $rule', ({ rule, width }) => {
    let arabic: MeasuredText[] = [];
    let english: MeasuredText[] = [];
    beforeAll(async () => {
      const page = (lines: MixedLine[], language: 'ar' | 'en') =>
        browser.measure(
          renderMessagePage(messagesOf(lines, language), { now: NOW, rule, width }),
          width,
        );
      arabic = await page(ARABIC_LINES, 'ar');
      english = await page(ENGLISH_LINES, 'en');
    });
    const blockOf = (blocks: MeasuredText[], { line }: MixedLine) => {
      const wanted = line.replace(/\s/gu, '');
      const found = blocks.find((block) => writtenText(block).startsWith(wanted));
      if (found === undefined) throw new Error(`no block says "${line}"`);
      return found;
    };

    it.each(ARABIC_LINES)('an Arabic reader reads $what in order: $line', (mixed) => {
      const block = blockOf(arabic, mixed);
      // Where the title names another host than it opens, the opened one stands in the last line.
      const host = writtenText(block).endsWith('·news.example') ? ['news.example'] : [];
      const foreign = [...mixed.foreign, ...host, 'BBC'];
      expect(readInOrder(block, 'rtl', foreign)).toBe(writtenText(block));
    });

    it.each(ENGLISH_LINES)('an English reader reads $what in order: $line', (mixed) => {
      const block = blockOf(english, mixed);
      expect(readInOrder(block, 'ltr', [...mixed.foreign, 'عربي'])).toBe(writtenText(block));
    });

    // Where a client cares for no direction, an Arabic line is in order and yet at the left: no character can change that.
    if (rule !== 'left-to-right') {
      it('every line of an Arabic text begins at the right', () => {
        for (const block of arabic) expect(startsOf(block, 'right')).toEqual([]);
      });
    }

    it('every line of an English text begins at the left', () => {
      for (const block of english) expect(startsOf(block, 'left')).toEqual([]);
    });
  });
});

/** The lines that begin elsewhere than at that edge. */
function startsOf({ glyphs, left, right }: MeasuredText, edge: 'left' | 'right'): string[] {
  const tops = [...new Set(glyphs.map(({ top }) => Math.round(top)))];
  return tops.flatMap((top) => {
    const line = glyphs.filter((glyph) => Math.round(glyph.top) === top);
    const outermost =
      edge === 'right'
        ? right - Math.max(...line.map((glyph) => glyph.right))
        : Math.min(...line.map((glyph) => glyph.left)) - left;
    return outermost > 2 ? [`${writtenText({ glyphs: line })}: ${outermost} px away`] : [];
  });
}
