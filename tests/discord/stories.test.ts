import { beforeAll, describe, expect, it } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.ts';
import { lockNextMessage, saveDigest } from '../../src/store/outbox-store.ts';
import { findStory } from '../../src/store/story-store.ts';
import { createSubscription } from '../../src/store/subscription-store.ts';
import type { FakeMessage } from '../helpers/fake-discord/state.ts';
import { NOW, useBot } from './start-bot.ts';
import { storeStory } from './store-story.ts';
import { buttonsOf, textOf, titlesOf } from './text-of.ts';

const t = useBot();
const here = () => ({ guildId: t.guildId, channelId: t.channelId, userId: '7' });

let break60k = '';

beforeAll(async () => {
  break60k = await storeStory(t.db, [
    {
      title: 'State Department lost 60,000 e-mails',
      summary: 'Hackers took 60,000 messages from ten accounts.',
      language: 'en',
      outlet: 'Reuters',
      hoursAgo: 6,
      severity: 'critical',
    },
    {
      title: 'اختراق Microsoft يكشف 60 ألف رسالة',
      summary: 'حصل القراصنة على 60 ألف رسالة من عشرة حسابات.',
      language: 'ar',
      outlet: 'الجزيرة',
      hoursAgo: 5,
      severity: 'critical',
    },
  ]);
  for (let count = 1; count <= 11; count += 1) {
    await storeStory(t.db, [
      {
        title: `Ransomware case ${count}`,
        summary: 'It was encrypted.',
        language: 'en',
        outlet: 'BBC',
        hoursAgo: 30 + count,
        severity: 'low',
        topic: 'ransomware',
      },
    ]);
  }
});

describe('/digest', () => {
  it('shows the asker alone what the last 24 hours brought, in the server’s language', async () => {
    const reply = await t.discord.sendCommand('digest', {}, { ...here(), permissions: 0n });
    expect(reply.ephemeral).toBe(true);
    expect(titlesOf(reply.message)).toEqual(['State Department lost 60,000 e-mails']);
    expect(buttonsOf(reply.message)).toEqual([`story:${break60k}`]);
  });

  it('is in the language that was asked for', async () => {
    const reply = await t.discord.sendCommand('digest', { language: 'ar' }, here());
    expect(titlesOf(reply.message)).toEqual(['اختراق Microsoft يكشف 60 ألف رسالة']);
    expect(textOf(reply.message)).toContain('موجز الأمن السيبراني');
  });

  it('looks back further and filters when asked', async () => {
    const week = await t.discord.sendCommand('digest', { since: '7d' }, here());
    expect(titlesOf(week.message)).toHaveLength(9);
    expect(textOf(week.message)).toContain('12 stories · 1 critical');
    expect(textOf(week.message)).toContain('and 3 more');
    const none = await t.discord.sendCommand('digest', { topic: 'ddos' }, here());
    expect(textOf(none.message)).toContain('Nothing to report.');
  });
});

describe('/latest', () => {
  it('turns pages, newest first, none twice, none left out', async () => {
    const seen: (string | undefined)[] = [];
    let { message } = await t.discord.sendCommand('latest', {}, here());
    for (let pages = 0; pages < 3; pages += 1) {
      seen.push(...titlesOf(message));
      const next = buttonsOf(message).at(-1) ?? '';
      if (seen.length < 12) ({ message } = await t.discord.press(next, here()));
    }
    expect(seen).toHaveLength(12);
    expect(new Set(seen).size).toBe(12);
    expect(seen[0]).toBe('State Department lost 60,000 e-mails');
    expect(textOf(message)).toContain('11–12 of 12');
  });

  it('keeps its filters from page to page, also after the bot has been started anew', async () => {
    const filters = { topic: 'ransomware', language: 'en', severity: 'low', source: 'BBC' };
    const { message } = await t.discord.sendCommand('latest', filters, here());
    expect(textOf(message)).toContain('1–5 of 11');
    await t.bot.stop();
    await t.restart();
    const next = await t.discord.press(buttonsOf(message).at(-1) ?? '', here());
    expect(textOf(next.message)).toContain('6–10 of 11');
    expect(next.updated).toBe(true);
    expect(t.discord.registrations()).toBe(1);
  });

  it('says so when nothing fits', async () => {
    const { message } = await t.discord.sendCommand('latest', { topic: 'ddos' }, here());
    expect(textOf(message)).toContain('No story of the last seven days fits');
  });

  it('completes sources', async () => {
    const choices = await t.discord.autocomplete('latest', { source: 'الجزيره' }, 'source', here());
    expect(choices).toEqual([{ name: 'الجزيرة', value: 'الجزيرة' }]);
  });
});

describe('More', () => {
  it('shows summaries, sources by language, names and CVEs, in the server’s language', async () => {
    await t.discord.sendCommand('settings', { language: 'ar' }, here());
    const reply = await t.discord.press(`story:${break60k}`, { ...here(), permissions: 0n });
    expect(reply).toMatchObject({ ephemeral: true, updated: false });
    const text = textOf(reply.message);
    expect(text).toContain('**اختراق Microsoft يكشف 60 ألف رسالة**');
    expect(text).toContain('حصل القراصنة على 60 ألف رسالة');
    expect(text).toContain('Hackers took 60,000 messages');
    expect(text).toContain('المؤسسات: Microsoft');
    expect(text).toContain('[CVE-2026-1234](https://nvd.nist.gov/vuln/detail/CVE-2026-1234)');
    expect(text.indexOf('[الجزيرة](https://news.example/2)')).toBeLessThan(
      text.indexOf('[Reuters](https://news.example/1)'),
    );
    await t.discord.sendCommand('settings', { language: 'en' }, here());
  });

  it('opens from a posted digest, in its own server only', async () => {
    const posted = await postDigest();
    expect(textOf(posted)).toContain('Cyber digest** · Tue 24 Nov, 05:00 (UTC)\n-# 1 story');
    const [button = ''] = buttonsOf(posted);
    expect(button).toMatch(new RegExp(`^more:\\d+:${break60k}$`));
    const opened = await t.discord.press(button, here());
    expect(textOf(opened.message)).toContain('State Department lost 60,000 e-mails');
    const otherGuild = t.discord.addGuild();
    const stranger = { guildId: otherGuild, channelId: t.discord.addChannel(otherGuild, 'x') };
    expect(textOf((await t.discord.press(button, stranger)).message)).toContain(
      'not available any more',
    );
    const [, outboxId] = button.split(':');
    const forged = await t.discord.press(`more:${outboxId}:999999`, here());
    expect(textOf(forged.message)).toContain('not available any more');
  });

  async function postDigest(): Promise<FakeMessage | null> {
    const wanted = {
      guildId: t.guildId,
      channelId: t.channelId,
      createdBy: '7',
      schedule: 'daily' as const,
      atMinutes: 0,
      weekday: 1,
      timezone: 'UTC',
      roleId: null,
      roleMinSeverity: 'low' as const,
      follow: false,
      language: 'both' as const,
      topics: [],
      minSeverity: 'low' as const,
      sources: [],
      keyword: null,
    };
    const subscription = await createSubscription(t.db, wanted, {
      nextDueAt: NOW,
      coveredUntil: NOW,
      now: NOW,
    });
    const story = await findStory(t.db, null, break60k);
    const digest = buildDigest(story === null ? [] : [story], {
      language: 'en',
      timezone: 'UTC',
      dueAt: NOW,
      limit: 9,
    });
    await saveDigest(t.db, {
      subscription,
      dueAt: NOW,
      storyIds: [break60k],
      messages: [digest],
      now: NOW,
    });
    const message = await t.db.transaction((tx) => lockNextMessage(tx, NOW));
    if (message === null) throw new Error('a message was waiting');
    await t.bot.deliver(message);
    return t.discord.messages(t.channelId).at(-1) ?? null;
  }
});
