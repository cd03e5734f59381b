import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.ts';
import type { Digest } from '../../src/domain/digest.ts';
import { renderDigestForTerminal } from '../../src/terminal/render-digest.ts';
import { createTerminalChannel } from '../../src/terminal/terminal-channel.ts';
import { wrapText } from '../../src/terminal/wrap-text.ts';
import { makeStory, type StoryParts } from '../digest/make-story.ts';
import { makeMessage } from '../discord/make-message.ts';
import { visualOrder } from '../language/visual-order.ts';

const NOW = new Date('2026-11-24T07:00:00Z');

function digestOf(stories: StoryParts[], language: 'ar' | 'en'): Digest {
  const built = stories.map((parts, index) => makeStory({ id: String(index + 1), ...parts }));
  const dueAt = new Date('2026-11-24T05:00:00Z');
  return buildDigest(built, { language, timezone: 'Asia/Riyadh', dueAt, limit: 9 });
}

function lines(stories: StoryParts[], language: 'ar' | 'en', width = 80, colour = false): string[] {
  return renderDigestForTerminal(digestOf(stories, language), { width, colour, now: NOW }).split(
    '\n',
  );
}

/** Letters as they stand on the screen, counted from the left. */
function reversed(text: string): string {
  return [...text].reverse().join('');
}

const ARABIC: StoryParts = {
  language: 'ar',
  title: 'اختراق Microsoft يكشف 60 ألف رسالة',
  summary:
    'استغل القراصنة CVE-2026-1234 عند الساعة 08:00 من يوم الثلاثاء، وحصلوا على رسائل من عشرة حسابات.',
  severity: 'critical',
  reports: [{ outlet: 'رويترز' }, { outlet: 'BBC' }],
};

describe('an English digest on the terminal', () => {
  it('says the same as in Discord', () => {
    const story = { severity: 'critical' as const, outlets: ['Reuters', 'BBC', 'CISA', 'DW'] };
    expect(lines([story], 'en')).toEqual([
      '🛡 Cyber digest · Tue 24 Nov, 08:00 (Riyadh)',
      '1 story · 1 critical · 4 articles from 4 sources',
      '',
      '┃ Hospital chain hit by ransomware',
      '┃ Attackers encrypted the records of nine hospitals.',
      '┃ Critical · ransomware · Reuters, BBC, CISA +1 · first 6 hours ago',
      '┃ https://news.example/hospital',
      '',
    ]);
  });

  it('colours the severity and links the address when a person looks', () => {
    const text = lines([{ severity: 'critical' }], 'en', 80, true).join('\n');
    expect(text).toContain('\u001b[31m┃ \u001b[39m');
    expect(text).toContain('\u001b[31mCritical\u001b[39m');
    expect(text).toContain(
      '\u001b]8;;https://news.example/hospital\u001b\\news.example/hospital\u001b]8;;\u001b\\',
    );
  });

  it('says so when there is nothing to report', () => {
    expect(lines([], 'en')).toContain('Nothing to report.');
    expect(lines([], 'ar').join()).toContain('لا جديد');
  });
});

describe('an Arabic digest on the terminal', () => {
  it.each(['ltr', 'rtl'] as const)(
    'reads right to left in a terminal whose paragraphs are %s',
    (paragraph) => {
      const shown = lines([ARABIC], 'ar').map((line) => visualOrder(line, paragraph));
      expect(shown).toContain(
        `${reversed('ألف رسالة')} 60 ${reversed('يكشف')} Microsoft ${reversed('اختراق')} ┃`,
      );
      expect(shown).toContain('https://news.example/hospital ┃');
      expect(shown.find((line) => line.includes('CVE'))).toContain(' CVE-2026-1234 ');
      expect(shown.find((line) => line.includes('08:00 ') && line.includes('┃'))).toBeDefined();
    },
  );

  it('is in reading order for a terminal without the algorithm', () => {
    const plain = lines([ARABIC], 'ar').map((line) =>
      line.replace(/[\u2066-\u2069\u200e\u200f]/g, ''),
    );
    expect(plain).toContain('┃ اختراق Microsoft يكشف 60 ألف رسالة');
    expect(plain[0]).toBe('🛡 موجز الأمن السيبراني · الثلاثاء 24 نوفمبر، 08:00 (الرياض)');
  });

  it('closes every isolate on its own line', () => {
    for (const line of lines([ARABIC, { title: 'English (whole)' }], 'ar', 30)) {
      const opened = line.match(/[\u2066-\u2068]/g)?.length ?? 0;
      expect(line.match(/\u2069/g)?.length ?? 0).toBe(opened);
    }
  });

  it('marks a title in the other language', () => {
    expect(lines([{ title: 'Breach' }], 'ar').join('\n')).toContain('بالإنجليزية');
  });
});

describe('the width is kept', () => {
  const hard: StoryParts[] = [
    ARABIC,
    { title: '漢字'.repeat(60), summary: '👨‍👩‍👧'.repeat(90) },
    { title: 'a'.repeat(300), summary: 'مُحَمَّد '.repeat(80), language: 'ar' },
    { title: '', summary: '' },
  ];
  const styles = [
    ['ar', true],
    ['ar', false],
    ['en', true],
    ['en', false],
  ] as const;
  it.each([20, 33, 40, 80, 100, 250])('at %i columns, in both languages', (width) => {
    const all = styles.flatMap(([language, colour]) =>
      lines(hard, language, width, colour).filter((line) => colour || !line.includes('https://')),
    );
    const tooWide = all.filter((line) => stringWidth(line) > Math.min(width, 100));
    expect(tooWide).toEqual([]);
  });

  it('no word is lost by wrapping', () => {
    const text = 'One two three, أربعة خمسة and CVE-2026-1234 in 60,000 messages';
    expect(wrapText(text, 14).join(' ')).toBe(text);
    expect(wrapText('a'.repeat(25), 10)).toEqual(['a'.repeat(10), 'a'.repeat(10), 'a'.repeat(5)]);
    expect(wrapText('', 10)).toEqual([]);
  });
});

it('what a feed brings cannot steer the terminal', () => {
  const evil = 'x\u001b[2J\u001b]0;owned\u0007\u202eright\r\nnext\u009b31m';
  const text = lines([{ title: evil, summary: evil, outlets: [evil] }], 'en').join('');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is left is the point
  expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
});

it('each message is written once, when it is delivered', async () => {
  const written: string[] = [];
  const channel = createTerminalChannel({
    write: (text) => written.push(text),
    width: 80,
    colour: false,
    clock: () => NOW,
  });
  const message = makeMessage({ channelId: 'en' });
  expect(await channel.deliver(message)).toEqual({ messageId: `terminal-${message.id}` });
  expect(written).toHaveLength(1);
  expect(written[0]).toContain('Cyber digest');
  expect(written[0]).toContain('Hospital chain hit by ransomware');
  await channel.deliver(makeMessage({ channelId: 'en', position: 2 }));
  expect(written[1]).not.toContain('Cyber digest');
  expect(written[1]).toContain('Hospital chain hit by ransomware');
});
