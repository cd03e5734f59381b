import { describe, expect, it } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.ts';
import { splitDigest } from '../../src/digest/split-digest.ts';
import type { ReplyContext } from '../../src/discord/command.ts';
import { messagesIn } from '../../src/discord/messages/messages-in.ts';
import { fitsMessage, renderDigest } from '../../src/discord/render-digest.ts';
import { renderStoryPage } from '../../src/discord/render-story-page.ts';
import { defaultGuildSettings } from '../../src/domain/subscription.ts';
import { makeStory } from '../digest/make-story.ts';
import { brokenRuns } from '../helpers/discord-page/broken-runs.ts';
import { writtenText } from '../helpers/discord-page/read-in-order.ts';
import { renderMessagePage } from '../helpers/discord-page/render-message-page.ts';
import type { MessageBody } from '../helpers/fake-discord/check-message.ts';
import { findChromium, useBrowser } from './open-browser.ts';

const NOW = new Date('2026-11-24T05:00:00Z');
/** CSS pixels of the narrowest phone that is still in use. */
const NARROW = 320;
const chromium = findChromium('whether numbers and ids stay whole on a phone');

/** Everything that a browser would break by itself, and what it would not. */
const WHOLE = [
  ...['CVE-2026-41873', 'v2.1.3-beta+4', '9.4.2', '$4.5', '-12.5%', '60%', '300,000', '24/7'],
  ...['2026-11-23', '10/11/2026', '18:30', '08:00–09:30', '2019–2026', '+1-202-555-0100'],
  ...['Storm-0558', 'us-east-1', '203.0.113.45:8080', '10.0.0.0/24', 'https://a.io/b-c'],
];

const FILLER = {
  ar: 'كان يعمل في شركة من شركات المدينة',
  en: 'they had been at work in that city',
};

/** The run after beginnings of every length, so that it comes to stand at every place of a line. */
function shiftedLines(run: string, language: 'ar' | 'en'): string[] {
  const filler = FILLER[language];
  const end = language === 'ar' ? 'في يوم' : 'in a day';
  return Array.from(filler, (_, length) => `${filler.slice(0, length + 1).trim()} ${run} ${end}`);
}

function digestsOf(lines: string[], language: 'ar' | 'en'): MessageBody[] {
  const stories = lines.map((line, index) =>
    makeStory({ id: String(index + 1), language, title: line, summary: line, outlets: ['BBC'] }),
  );
  const digest = buildDigest(stories, {
    language,
    timezone: 'Asia/Riyadh',
    dueAt: NOW,
    limit: stories.length,
  });
  return splitDigest(digest, fitsMessage).map(
    (part, index) =>
      renderDigest(part, { outboxId: '31', position: index + 1, roleId: null }) as MessageBody,
  );
}

describe.skipIf(chromium === null)('on the narrowest phone, in a browser', () => {
  const browser = useBrowser(chromium ?? '');
  const show = (messages: Pick<MessageBody, 'components'>[]) =>
    browser.measure(
      renderMessagePage(messages, { now: NOW, rule: 'each-line', width: NARROW }),
      NARROW,
    );

  it.each(['ar', 'en'] as const)(
    'no line ends inside a number, an id or a time (%s)',
    async (language) => {
      const lines = WHOLE.flatMap((run) => shiftedLines(run, language));
      const blocks = await show(digestsOf(lines, language));
      const said = blocks.map(writtenText).join('\n');
      for (const run of WHOLE) expect(said).toContain(run);
      expect(blocks.flatMap(brokenRuns)).toEqual([]);
    },
  );

  it('what is longer than a line breaks, and is still shown whole', async () => {
    const hash = 'd41d8cd98f00b204e9800998ecf8427e';
    const blocks = await show(digestsOf([`بصمة الملف ${hash} نشرت للعموم`], 'ar'));
    const broken = blocks.flatMap(brokenRuns);
    expect(broken.length).toBeGreaterThan(0);
    for (const run of broken) expect(run.replaceAll('|', '')).toBe(hash);
  });

  it.each(['ar', 'en'] as const)(
    'a story’s CVE ids stand whole, as they are copied (%s)',
    async (language) => {
      const cves = Array.from({ length: 12 }, (_, index) => `CVE-2026-${41_873 + index * 997_001}`);
      const entities = { cves };
      const context = {
        now: NOW,
        guildId: '1',
        settings: { ...defaultGuildSettings('1'), language, timezone: 'Asia/Riyadh' },
        messages: messagesIn(language),
      } as ReplyContext;
      const story = makeStory({ language, title: 'CVE-2026-41873', entities });
      const exploited = new Map(cves.slice(0, 4).map((cve) => [cve, '2026-11-02']));
      const page = renderStoryPage(story, exploited, context) as MessageBody;
      const written = JSON.stringify(page);
      for (const cve of cves)
        expect(written).toContain(
          `${cve}${language === 'ar' ? '\u2069' : ''}](https://nvd.nist.gov/vuln/detail/${cve})`,
        );
      expect((await show([page])).flatMap(brokenRuns)).toEqual([]);
    },
  );
});
