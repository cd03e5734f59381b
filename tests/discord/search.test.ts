import { beforeAll, describe, expect, it } from 'vitest';
import { useBot } from './start-bot.ts';
import { storeStory } from './store-story.ts';
import { buttonsOf, textOf, titlesOf } from './text-of.ts';

const t = useBot();
const here = () => ({ guildId: t.guildId, channelId: t.channelId, userId: '7' });
const DAY_MS = 24 * 3_600_000;

let other = { guildId: '', channelId: '' };

beforeAll(async () => {
  const guildId = t.discord.addGuild('strangers');
  other = { guildId, channelId: t.discord.addChannel(guildId, 'theirs') };
  await storeStory(t.db, [
    {
      title: 'Bank hit by ransomware',
      summary: 'A bank was encrypted. '.repeat(20),
      language: 'en',
      outlet: 'Reuters',
      hoursAgo: 6,
      severity: 'critical',
    },
    {
      title: 'هجوم فدية على بنك',
      summary: 'شُفّرت أنظمة البنك.',
      language: 'ar',
      outlet: 'الجزيرة',
      hoursAgo: 5,
    },
  ]);
  for (let count = 1; count <= 7; count += 1) {
    await storeStory(t.db, [
      {
        title: `Spyware case ${count}`,
        summary: 'Phones.',
        language: 'en',
        outlet: 'BBC',
        hoursAgo: 24 * count + 1,
      },
    ]);
  }
  await storeStory(t.db, [
    {
      title: 'Ransomware at our neighbour',
      summary: 'Only here.',
      language: 'en',
      outlet: 'Own blog',
      hoursAgo: 3,
      guildId: other.guildId,
    },
  ]);
});

const search = async (options: Record<string, string>, asker = here()) =>
  (await t.discord.sendCommand('search', options, asker)).message;

describe('/search', () => {
  it('shows title, one line of summary, severity, languages, sources and age; one entry for a story', async () => {
    const reply = await search({ query: 'bank ransomware' });
    expect(titlesOf(reply)[0]).toBe('Bank hit by ransomware');
    const [title = '', range, , line = '', details = ''] = textOf(reply).split('\n');
    expect(title).toBe('**Found for bank ransomware**');
    expect(range).toBe('-# 1–5 of 8');
    expect(line.length).toBeLessThanOrEqual(120);
    expect(details).toMatch(/^-# Critical · English, Arabic · Reuters, الجزيرة · first <t:\d+:R>$/);
  });

  it('answers in Arabic, with the Arabic title of the story that both languages tell', async () => {
    await t.discord.sendCommand('settings', { language: 'ar' }, here());
    const reply = await search({ query: 'بنك' });
    expect(textOf(reply)).toContain('نتائج البحث عن بنك');
    expect(titlesOf(reply)[0]).toBe('هجوم فدية على بنك');
    expect(textOf(reply)).toContain('حرج · إنجليزي، عربي · ');
    await t.discord.sendCommand('settings', { language: 'en' }, here());
  });

  it('turns pages, also after a restart, and keeps the order of the first answer', async () => {
    const first = await search({ query: 'spyware' });
    const seen = titlesOf(first);
    const next = buttonsOf(first).at(-1) ?? '';
    await t.bot.stop();
    await t.restart();
    const { message, updated } = await t.discord.press(next, here());
    expect(updated).toBe(true);
    expect(textOf(message)).toContain('6–8 of 8');
    expect(new Set([...seen, ...titlesOf(message)]).size).toBe(8);
  });

  it('turns no page for anybody else, and for nobody after 24 hours', async () => {
    const next = buttonsOf(await search({ query: 'spyware' })).at(-1) ?? '';
    const somebody = await t.discord.press(next, { ...here(), userId: '8' });
    expect(textOf(somebody.message)).toContain('Only the member who asked can turn these pages');
    const again = buttonsOf(await search({ query: 'spyware' })).at(-1) ?? '';
    t.now = new Date(t.now.getTime() + DAY_MS + 1_000);
    const late = await t.discord.press(again, here());
    expect(textOf(late.message)).toContain('kept for 24 hours');
  });

  it('keeps to a language and a time', async () => {
    expect(titlesOf(await search({ query: 'spyware', since: '24h' }))).toEqual([
      'Bank hit by ransomware',
    ]);
    expect(titlesOf(await search({ query: 'spyware', language: 'ar' }))).toEqual([
      'Bank hit by ransomware',
    ]);
  });

  it('finds what another server’s own source tells for that server alone', async () => {
    expect(titlesOf(await search({ query: 'neighbour' }))).not.toContain(
      'Ransomware at our neighbour',
    );
    const theirs = await search({ query: 'neighbour' }, { ...other, userId: '9' });
    expect(titlesOf(theirs)[0]).toBe('Ransomware at our neighbour');
  });

  it('does not let a question change the message it stands in', async () => {
    const reply = await search({ query: '**x** @everyone [a](https://evil.example)' });
    expect(textOf(reply)).toContain('\\*\\*x\\*\\*');
    expect(textOf(reply)).not.toContain('](https://evil');
  });

  it('says so when nothing is found', async () => {
    const reply = await search({ query: 'spyware', since: '24h', language: 'ar' });
    expect(titlesOf(reply)).toHaveLength(1);
    t.now = new Date(t.now.getTime() + 30 * DAY_MS);
    expect(textOf(await search({ query: 'spyware', since: '24h' }))).toContain(
      'No story was found for spyware',
    );
  });
});
