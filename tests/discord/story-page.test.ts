import { beforeAll, describe, expect, it } from 'vitest';
import { replaceExploited } from '../../src/store/exploited-store.ts';
import { NOW, useBot } from './start-bot.ts';
import { storeStory } from './store-story.ts';
import { buttonsOf, textOf } from './text-of.ts';

const t = useBot();
const here = () => ({ guildId: t.guildId, channelId: t.channelId, userId: '7' });
const show = async (story: string, asker = here()) =>
  textOf((await t.discord.sendCommand('story', { story }, asker)).message);

let breach = '';
let own = '';
let other = { guildId: '', channelId: '' };

beforeAll(async () => {
  const guildId = t.discord.addGuild('strangers');
  other = { guildId, channelId: t.discord.addChannel(guildId, 'theirs') };
  breach = await storeStory(t.db, [
    {
      title: 'State Department lost e-mails',
      summary: 'Hackers took 60,000 messages.',
      language: 'en',
      outlet: 'Reuters',
      hoursAgo: 6,
      severity: 'critical',
      cves: ['CVE-2026-1', 'CVE-2026-1111', 'CVE-2026-2222'],
      url: 'https://news.example/state?id=7',
    },
    {
      title: 'اختراق الخارجيّة الأمريكية',
      summary: 'حصل القراصنة على 60 ألف رسالة.',
      language: 'ar',
      outlet: 'الجزيرة',
      hoursAgo: 5,
    },
    {
      title: 'E-mails: what we know',
      summary: 'More.',
      language: 'en',
      outlet: 'BBC',
      hoursAgo: 2,
    },
  ]);
  own = await storeStory(t.db, [
    {
      title: 'Told in our own blog',
      summary: 'Only here.',
      language: 'en',
      outlet: 'Own blog',
      hoursAgo: 3,
      guildId,
      url: 'https://own.example/post',
    },
  ]);
  await replaceExploited(t.db, [{ cve: 'CVE-2026-2222', addedOn: '2026-11-02' }], NOW);
});

describe('/story', () => {
  it('shows summary, timeline, names, CVEs and all articles by language', async () => {
    const text = await show(breach);
    expect(text).toContain('**State Department lost e-mails**');
    expect(text).toContain('Hackers took 60,000 messages.\nحصل القراصنة على 60 ألف رسالة.');
    const at = (hours: number) => `<t:${NOW.getTime() / 1000 - hours * 3_600}:f>`;
    expect(text).toContain(
      [
        '**Timeline** · 3 articles from 3 sources',
        `First report: ${at(6)} · Reuters`,
        `First in Arabic: ${at(5)} · الجزيرة`,
        `Latest report: ${at(2)} · BBC`,
      ].join('\n'),
    );
    expect(text).toContain(
      'CVEs: [CVE-2026-2222](https://nvd.nist.gov/vuln/detail/CVE-2026-2222) ⚠ known to be exploited (CISA, 2026-11-02) · CVE-2026-1 · [CVE-2026-1111](',
    );
    const [english = '', arabic = ''] = text.split('**Sources · ').slice(1);
    expect(english).toMatch(
      /^in English\*\* \(2\)\n\[State Department lost e-mails\]\(.*\n\[E-mails: what we know\]\(/,
    );
    expect(arabic).toMatch(/^in Arabic\*\* \(1\)\n\[اختراق الخارجيّة الأمريكية\]\(/);
  });

  it('begins with the Arabic summary in an Arabic server', async () => {
    await t.discord.sendCommand('settings', { language: 'ar' }, here());
    const text = await show(breach);
    expect(text.indexOf('حصل القراصنة')).toBeLessThan(text.indexOf('Hackers took'));
    expect(text).toContain('**التسلسل الزمني** · 3 مقالات من 3 مصادر');
    expect(text).toContain('⚠ معروف استغلالها (CISA، 2026-11-02)');
    await t.discord.sendCommand('settings', { language: 'en' }, here());
  });

  it('is found by a link with trackers, and by words of a title', async () => {
    const title = '**State Department lost e-mails**';
    expect(await show('https://news.example/state?utm_source=x&id=7')).toContain(title);
    expect(await show('department lost')).toContain(title);
    for (const unknown of ['https://elsewhere.example/', 'no such words', '999999', '`*_x']) {
      expect(await show(unknown)).toContain('There is no story');
    }
  });

  it('completes titles in either script, however the Arabic is written', async () => {
    const complete = (story: string) => t.discord.autocomplete('story', { story }, 'story', here());
    await complete('');
    expect(await complete('STATE dep')).toEqual([
      { name: 'State Department lost e-mails', value: breach },
    ]);
    expect(await complete('الخارجية الامريكيه')).toEqual([
      { name: 'اختراق الخارجيّة الأمريكية', value: breach },
    ]);
    expect(await complete('nothing like it')).toEqual([]);
  });

  it('of another server’s own source is unknown here, by id, link, words and list', async () => {
    for (const way of [own, 'https://own.example/post', 'told in our own']) {
      expect(await show(way)).toContain('There is no story');
      expect(await show(way, { ...other, userId: '9' })).toContain('**Told in our own blog**');
    }
    expect(await t.discord.autocomplete('story', { story: 'own blog' }, 'story', here())).toEqual(
      [],
    );
    const theirs = (await t.discord.sendCommand('latest', {}, { ...other, userId: '9' })).message;
    expect(buttonsOf(theirs)).toContain(`story:${own}`);
    const ours = (await t.discord.sendCommand('latest', {}, here())).message;
    expect(buttonsOf(ours)).not.toContain(`story:${own}`);
    const digest = (await t.discord.sendCommand('digest', {}, here())).message;
    expect(buttonsOf(digest)).toEqual([`story:${breach}`]);
  });

  it('fits a message with however many articles', async () => {
    const reports = Array.from({ length: 60 }, (_, count) => ({
      title: `${'A very long title '.repeat(8)}${count}`,
      summary: 'word '.repeat(300),
      language: count % 2 === 0 ? ('en' as const) : ('ar' as const),
      outlet: `Outlet ${count}`,
      hoursAgo: 20,
      cves: Array.from({ length: 40 }, (_cve, number) => `CVE-2026-${10_000 + number}`),
      url: `https://news.example/${count}/${'a'.repeat(300)}`,
    }));
    const text = await show(await storeStory(t.db, reports));
    expect(text).toMatch(/-# and \d+ more$/);
  });
});
