import { beforeAll, describe, expect, it } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.ts';
import type { ReplyContext } from '../../src/discord/command.ts';
import { messagesIn } from '../../src/discord/messages/messages-in.ts';
import { renderDigest } from '../../src/discord/render-digest.ts';
import { renderMore } from '../../src/discord/render-more.ts';
import { renderSubscriptions } from '../../src/discord/render-subscriptions.ts';
import { defaultGuildSettings, type Subscription } from '../../src/domain/subscription.ts';
import { EVERYTHING, makeStory, type StoryParts } from '../digest/make-story.ts';
import type { DirectionRule } from '../helpers/discord-page/page-style.ts';
import {
  type MeasuredText,
  readInOrder,
  writtenText,
} from '../helpers/discord-page/read-in-order.ts';
import { PHONE, renderMessagePage } from '../helpers/discord-page/render-message-page.ts';
import type { MessageBody } from '../helpers/fake-discord/check-message.ts';
import { findChromium, useBrowser } from './open-browser.ts';

const NOW = new Date('2026-11-24T05:00:00Z');
const RULES: DirectionRule[] = ['each-line', 'each-block', 'left-to-right'];
const chromium = findChromium('the layout of replies in Discord');

const CONTEXT = {
  now: NOW,
  guildId: '1',
  settings: { ...defaultGuildSettings('1'), language: 'ar', timezone: 'Asia/Riyadh' },
  messages: messagesIn('ar'),
} as ReplyContext;

const SUBSCRIPTION: Subscription = {
  ...EVERYTHING,
  topics: ['breach', 'ai-security'],
  sources: ['BBC عربي', 'رويترز', 'The Record'],
  minSeverity: 'high',
  keyword: 'فدية AND (مستشفى OR hospital*) NOT فيلم',
  id: '7',
  guildId: '1',
  channelId: '20',
  createdBy: '3',
  schedule: 'weekly',
  atMinutes: 480,
  weekday: 7,
  timezone: 'Asia/Riyadh',
  roleId: '30',
  roleMinSeverity: 'low',
  follow: false,
  createdAt: NOW,
  nextDueAt: new Date('2026-11-26T05:00:00Z'),
  coveredUntil: NOW,
  paused: false,
  pauseReason: null,
};

function digestOf(
  parts: StoryParts[],
  language: 'ar' | 'en',
  extra: { moreCount?: number; notices?: string[] } = {},
): MessageBody {
  const stories = parts.map((part, index) => makeStory({ id: String(index + 1), ...part }));
  const digest = buildDigest(stories, {
    language,
    timezone: 'Asia/Riyadh',
    dueAt: NOW,
    limit: 9,
    notices: extra.notices ?? [],
  });
  const shown = { ...digest, moreCount: extra.moreCount ?? 0 };
  return renderDigest(shown, { outboxId: '31', position: 1, roleId: '30' }) as MessageBody;
}

interface Case {
  what: string;
  message: Pick<MessageBody, 'components'>;
  reader: 'ar' | 'en';
  /** What is read against the reader's direction, wherever it occurs. */
  foreign: string[];
}

const ENGLISH_TITLE = 'Breach at Acme (again): 24 GB leaked';
const ARABIC_TITLE = 'تسريب بيانات شركة النخيل (مرة أخرى)';

const CASES: Case[] = [
  {
    what: 'the head and the end of an Arabic digest',
    message: digestOf([{ language: 'ar', title: 'هجوم', summary: 'وقع هجوم.' }], 'ar', {
      moreCount: 7,
      notices: ['لم يُقرأ The Record منذ 24 ساعة (403 Forbidden).'],
    }),
    reader: 'ar',
    foreign: ['@SOC team', 'Example News', 'The Record', '403 Forbidden'],
  },
  {
    what: 'an English story in an Arabic digest',
    message: digestOf([{ title: ENGLISH_TITLE, summary: 'It said so, twice.' }], 'ar'),
    reader: 'ar',
    foreign: ['@SOC team', ENGLISH_TITLE, 'It said so, twice.', 'Example News'],
  },
  {
    what: 'an Arabic story in an English digest',
    message: digestOf(
      [{ language: 'ar', title: ARABIC_TITLE, summary: 'وقع الهجوم ليلا.', outlets: ['رويترز'] }],
      'en',
    ),
    reader: 'en',
    foreign: [ARABIC_TITLE, 'وقع الهجوم ليلا.', 'رويترز'],
  },
  {
    what: 'the longer view of a story',
    message: renderMore(
      makeStory({
        language: 'ar',
        title: 'عصابة Grey Lantern تعطل مرفأ النجمة',
        summary: 'شفرت العصابة خوادم الحجز، وطلبت 12 مليون دولار.',
        topics: ['ransomware', 'intrusion'],
        reports: [
          { outlet: 'BBC عربي' },
          { outlet: 'Meridian Wire', language: 'en', summary: 'Ransomware halts the port.' },
        ],
        entities: {
          actors: [{ name: 'Grey Lantern', mentions: [] }],
          products: [
            { name: 'Windows 11 (24H2)', mentions: [] },
            { name: 'بوابة الموانئ', mentions: [] },
          ],
          cves: ['CVE-2026-41873', 'CVE-2026-40021'],
        },
      }),
      CONTEXT,
    ) as MessageBody,
    reader: 'ar',
    foreign: [
      'Grey Lantern',
      'Windows 11 (24H2)',
      'CVE-2026-41873',
      'CVE-2026-40021',
      'BBC',
      'Meridian Wire',
      'Ransomware halts the port.',
    ],
  },
  {
    what: 'a subscription',
    message: renderSubscriptions([SUBSCRIPTION], 0, CONTEXT) as MessageBody,
    reader: 'ar',
    foreign: ['# news', '@SOC team', 'AND', 'OR hospital*', 'NOT', 'BBC', 'The Record'],
  },
];

describe.skipIf(chromium === null)('what Rasid says in Discord', () => {
  const browser = useBrowser(chromium ?? '');

  describe.each(RULES)('where direction goes %s', (rule) => {
    let shown: MeasuredText[][] = [];
    beforeAll(async () => {
      shown = [];
      for (const { message } of CASES) {
        const html = renderMessagePage([message], {
          now: NOW,
          rule,
          width: PHONE,
          channels: { '20': 'news' },
          roles: { '30': 'SOC team' },
        });
        shown.push(await browser.measure(html, PHONE));
      }
    });

    it.each(CASES.map((one, index) => ({ ...one, index })))(
      '$what is read in order',
      ({ index, reader, foreign }) => {
        for (const block of shown[index] ?? []) {
          const present = foreign.filter((run) =>
            writtenText(block).includes(run.replace(/\s/gu, '')),
          );
          const direction = reader === 'ar' ? 'rtl' : 'ltr';
          expect(readInOrder(block, direction, present)).toBe(writtenText(block));
        }
      },
    );

    it('each of the texts named here is on a screen', () => {
      const said = shown.map((blocks) => blocks.map(writtenText).join('\n'));
      for (const [index, { foreign }] of CASES.entries()) {
        for (const run of foreign) expect(said[index]).toContain(run.replace(/\s/gu, ''));
      }
    });
  });
});
