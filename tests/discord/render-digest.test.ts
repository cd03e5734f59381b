import { describe, expect, it } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.ts';
import { splitDigest } from '../../src/digest/split-digest.ts';
import { fitsMessage, renderDigest } from '../../src/discord/render-digest.ts';
import { SEVERITY_LEVELS } from '../../src/domain/severity.ts';
import { makeStory, type StoryParts } from '../digest/make-story.ts';
import { checkMessage, flatten, type MessageBody } from '../helpers/fake-discord/check-message.ts';
import { buttonsOf, textOf } from './text-of.ts';

const DUE = new Date('2026-11-24T05:00:00Z');

function digestOf(
  stories: StoryParts[],
  language: 'ar' | 'en' = 'en',
  extra: { limit?: number; notices?: string[] } = {},
) {
  const built = stories.map((parts, index) => makeStory({ id: String(index + 1), ...parts }));
  return buildDigest(built, { language, timezone: 'Asia/Riyadh', dueAt: DUE, limit: 9, ...extra });
}

function render(stories: StoryParts[], language: 'ar' | 'en' = 'en'): MessageBody {
  const place = { outboxId: '31', position: 1, roleId: null };
  return renderDigest(digestOf(stories, language), place) as MessageBody;
}

/** Every invisible character is shown, so that the test says what it means. */
function visible(text: string | undefined): string {
  const names: Record<string, string> = {
    '\u200f': '‹rlm›',
    '\u200e': '‹lrm›',
    '\u2066': '‹lri›',
    '\u2067': '‹rli›',
    '\u2068': '‹fsi›',
    '\u2069': '‹pdi›',
    '\u200b': '‹zwsp›',
  };
  return (text ?? '').replace(
    /[\u200b\u200e\u200f\u2066-\u2069]/g,
    (character) => names[character] ?? character,
  );
}

const storyText = (body: MessageBody, index = 0) =>
  visible(
    flatten(body.components?.[index + 1]?.components ?? []).find(({ type }) => type === 10)
      ?.content,
  );

describe('an English digest', () => {
  it('says what happened, what matters, who says so and how old it is', () => {
    const body = render([
      {
        severity: 'critical',
        outlets: ['Reuters', 'BBC', 'CISA', 'DW', 'AP'],
        topics: ['espionage'],
      },
    ]);
    expect(textOf(body)).toBe(
      [
        '**🛡 Cyber digest** · Tue 24 Nov, 08:00 (Riyadh)',
        '-# 1 story · 1 critical · 5 articles from 5 sources',
        '**[Hospital chain hit by ransomware](https://news.example/hospital)**',
        'Attackers encrypted the records of nine hospitals.',
        '-# Critical · espionage · Reuters, BBC +3 · first <t:1795482000:R>',
      ].join('\n'),
    );
  });

  it('gives each story a button that knows its outbox message and story', () => {
    expect(buttonsOf(render([{}, {}]))).toEqual(['more:31:1', 'more:31:2']);
  });

  it('shows severity as a word and as a colour', () => {
    const colours = SEVERITY_LEVELS.map((severity) => {
      const body = render([{ severity }]);
      expect(textOf(body).toLowerCase()).toContain(severity);
      return body.components?.[1]?.accent_color;
    });
    expect(new Set(colours).size).toBe(4);
  });

  it('says so when there is nothing to report, and still carries its outbox id', () => {
    const body = renderDigest(digestOf([]), { outboxId: '31', position: 1, roleId: null });
    checkMessage(body as MessageBody);
    expect(textOf(body as MessageBody)).toContain('Nothing to report.');
    expect(buttonsOf(body as MessageBody)).toEqual(['latest:31']);
  });
});

describe('an Arabic digest', () => {
  it('reads right to left line by line, with foreign names whole', () => {
    const body = render(
      [
        {
          language: 'ar',
          title: 'اختراق Microsoft يكشف 60 ألف رسالة',
          summary: 'استغل القراصنة CVE-2026-1234 عند 08:00.',
          severity: 'critical',
          topics: ['espionage'],
          reports: [
            { outlet: 'رويترز' },
            { outlet: 'BBC عربي' },
            { outlet: 'أ' },
            { outlet: 'ب' },
            { outlet: 'ج' },
          ],
        },
      ],
      'ar',
    );
    expect(storyText(body).split('\n')).toEqual([
      '‹rlm›‹rli›**[اختراق ‹lri›Microsoft‹pdi› يكشف 60 ألف رسالة](https://news.example/hospital)**‹pdi›',
      '‹rlm›‹rli›استغل القراصنة ‹lri›CVE-2026-1234‹pdi› عند ‹lri›08:00‹pdi›.‹pdi›',
      '-# ‹rlm›‹rli›حرج · تجسس · رويترز، ‹lri›BBC‹pdi› عربي و3 مصادر أخرى · أول خبر الساعة ‹fsi›<t:1795482000:t>‹pdi›‹pdi›',
    ]);
    expect(visible(body.components?.[0]?.content)).toBe(
      '‹rlm›‹rli›**🛡 موجز الأمن السيبراني** · الثلاثاء 24 نوفمبر، ‹lri›08:00‹pdi› (الرياض)‹pdi›\n-# ‹rlm›‹rli›خبر واحد · واحد حرج · 5 مقالات من 5 مصادر‹pdi›',
    );
  });

  it('shows an English title as it is, whole, and says its language', () => {
    const body = render([{ title: 'Breach at Acme (again)', summary: 'It said so.' }], 'ar');
    const [title, summary] = storyText(body).split('\n');
    expect(title).toBe(
      '‹rlm›‹rli›**[‹lri›Breach at Acme (again)‹pdi›](https://news.example/hospital)** · بالإنجليزية‹pdi›',
    );
    expect(summary).toBe('‹rlm›‹rli›‹lri›It said so.‹pdi›‹pdi›');
  });
});

describe('what a feed brings can do nothing but be read', () => {
  it.each([
    ['@everyone and @here', '@‹zwsp›everyone and @‹zwsp›here'],
    [
      '<@1234> <@&99> <#12> </ban:1> <:x:1> <t:0:R>',
      '\\<@1234\\> \\<@&99\\> \\<#12\\> \\</ban:1\\> \\<:x:1\\> \\<t:0:R\\>',
    ],
    [
      '**bold** __u__ ~~s~~ ||spoiler|| `code`',
      '\\*\\*bold\\*\\* \\_\\_u\\_\\_ \\~\\~s\\~\\~ \\|\\|spoiler\\|\\| \\`code\\`',
    ],
    ['[click](https://evil.example)', '\\[click\\](https:‹zwsp›//evil.example)'],
    ['join discord.gg/abc now', 'join discord‹zwsp›.gg/abc now'],
    ['# big', '\\# big'],
    ['-# small', '\\-# small'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['two\nlines\r\n\u2028more', 'two lines more'],
    ['right\u202eto\u2066left\u200f', 'righttoleft'],
    ['bell\u0007 and \u001b[31mred', 'bell and \\[31mred'],
    ['back\\slash', 'back\\\\slash'],
  ])('%j', (summary, shown) => {
    expect(storyText(render([{ summary }])).split('\n')[1]).toBe(`‹lrm›${shown}`);
  });

  it.each(['javascript:alert(1)', 'not a url', `https://news.example/${'a'.repeat(3000)}`])(
    'the address %s is no link',
    (url) => {
      const body = render([{ reports: [{ url, title: 'Title' }] }]);
      expect(storyText(body).split('\n')[0]).toBe('‹lrm›**Title**');
    },
  );

  it('an address cannot end its link early', () => {
    const body = render([{ reports: [{ url: 'https://news.example/a_(b)?q=<x> y', title: 'T' }] }]);
    expect(storyText(body).split('\n')[0]).toBe(
      '‹lrm›**[T](https://news.example/a_%28b%29?q=%3Cx%3E%20y)**',
    );
  });

  it('markdown stays escaped where names are isolated in Arabic', () => {
    const body = render(
      [{ language: 'ar', summary: 'نشر *bold* و[x](https://evil.example) في <@1>' }],
      'ar',
    );
    const [, summary = ''] = storyText(body).split('\n');
    expect(summary.replace(/‹\w+›/g, '')).toBe(
      'نشر \\*bold\\* و\\[x\\](https://evil.example) في \\<@1\\>',
    );
    expect(summary).not.toMatch(/(^|[^\\])[*[\]<>]/);
  });

  it.each(['', '   ', '\u202e'])('a title of %j is still a line', (title) => {
    checkMessage(render([{ title, summary: '' }]));
  });
});

describe('Discord’s limits hold', () => {
  const usual: StoryParts = {
    title: 'Ransomware gang claims theft of records from a hospital chain in three countries',
    summary:
      'Attackers encrypted the records of nine hospitals and asked for five million dollars by Friday.',
    outlets: ['Reuters', 'BBC', 'CISA'],
  };
  const longest: StoryParts = {
    title: 'م*'.repeat(400),
    summary: '_ '.repeat(2000),
    topics: ['ai-security', 'supply-chain'],
    reports: Array.from({ length: 40 }, (_, index) => ({
      outlet: `صحيفة_${index}_`.repeat(20),
      url: `https://news.example/${'a'.repeat(975)}`,
      language: 'ar' as const,
    })),
  };

  it.each(['ar', 'en'] as const)('nine usual stories fit one message (%s)', (language) => {
    const digest = digestOf(
      Array.from({ length: 9 }, () => usual),
      language,
    );
    expect(fitsMessage(digest, 1)).toBe(true);
    const body = renderDigest(digest, { outboxId: '31', position: 1, roleId: '9'.repeat(19) });
    checkMessage(body as MessageBody);
  });

  it.each([usual, longest])(
    'any number of stories is split into messages that all hold, nothing lost',
    (story) => {
      for (const language of ['ar', 'en'] as const) {
        const digest = digestOf(
          Array.from({ length: 30 }, () => story),
          language,
          { limit: 25, notices: ['A notice.'] },
        );
        const parts = splitDigest(digest, fitsMessage);
        parts.forEach((part, index) => {
          const body = renderDigest(part, {
            outboxId: '9'.repeat(19),
            position: index + 1,
            roleId: '9'.repeat(19),
          });
          checkMessage(body as MessageBody);
        });
        expect(parts.flatMap((part) => part.stories)).toEqual(digest.stories);
      }
    },
  );

  it('the last message tells how many more there are and which sources fail', () => {
    const digest = digestOf(
      Array.from({ length: 12 }, () => usual),
      'en',
      { limit: 9, notices: ['Reuters has refused since Monday.'] },
    );
    const last = splitDigest(digest, fitsMessage).at(-1);
    const body = renderDigest(last ?? digest, { outboxId: '31', position: 1, roleId: null });
    expect(textOf(body as MessageBody)).toMatch(/-# ⚠ Reuters has refused since Monday\.$/);
  });
});
