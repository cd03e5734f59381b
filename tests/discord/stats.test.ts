import { beforeAll, describe, expect, it } from 'vitest';
import { drawStats } from '../../src/discord/draw-stats.ts';
import { flatten } from '../helpers/fake-discord/check-message.ts';
import { NOW, useBot } from './start-bot.ts';
import { storeStory, type Told } from './store-story.ts';
import { textOf } from './text-of.ts';

const t = useBot();
const here = () => ({ guildId: t.guildId, channelId: t.channelId, userId: '7' });
const story = (fields: Partial<Told>): Told[] => [
  { title: 'T', summary: 'S', language: 'en', outlet: 'Reuters', hoursAgo: 5, ...fields },
];

beforeAll(async () => {
  await storeStory(t.db, [...story({ severity: 'critical' }), ...story({ outlet: 'BBC' })]);
  const second = await storeStory(t.db, story({ topic: 'ransomware', severity: 'low' }));
  await storeStory(t.db, story({ topic: 'ransomware', hoursAgo: 24 * 8 }));
  await storeStory(t.db, story({ outlet: 'Private', guildId: '1' }));
  for (const [userId, vote] of [
    ['1', 'relevant'],
    ['2', 'relevant'],
    ['3', 'not-cyber'],
  ]) {
    await t.db.query(
      'INSERT INTO votes (guild_id, story_id, user_id, vote, voted_at, account_created_at, member_since) VALUES ($1, $2, $3, $4, $5, $6, $6)',
      [t.guildId, second, userId, vote, NOW, new Date(NOW.getTime() - 60 * 24 * 3_600_000)],
    );
  }
});

describe('/stats', () => {
  it('shows this week’s stories as a picture with words for who cannot see it, the top sources, and what votes say', async () => {
    const { message } = await t.discord.sendCommand('stats', {}, here());
    expect(textOf(message).split('\n')).toEqual([
      '**The last seven days**',
      '2 stories · 3 articles from 2 sources',
      '**Sources that told most stories**',
      '• Reuters · 2 stories',
      '• BBC · 1 story',
      '67% of 3 votes of this server said "Relevant".',
    ]);
    // Those of a raid change the figure as little as they change what is posted.
    await t.db.query(
      `INSERT INTO votes (guild_id, story_id, user_id, vote, voted_at, account_created_at, member_since)
       SELECT guild_id, story_id, 'raid' || n, 'not-cyber', voted_at, voted_at, voted_at FROM votes, generate_series(1, 5) n WHERE user_id = '1'`,
    );
    const raided = await t.discord.sendCommand('stats', {}, here());
    expect(textOf(raided.message)).toContain('67% of 3 votes');
    const gallery = flatten(message?.components ?? []).find(({ type }) => type === 12);
    expect(gallery).toMatchObject({
      items: [
        {
          media: { url: 'attachment://stats.png' },
          description: 'Stories by topic and severity, last seven days: ransomware 1, espionage 1',
        },
      ],
    });
  });

  it('speaks Arabic, and says when nobody has voted or nothing has happened', async () => {
    const guildId = t.discord.addGuild();
    const asker = { guildId, channelId: t.discord.addChannel(guildId, 'news'), userId: '7' };
    await t.discord.sendCommand('settings', { language: 'ar' }, asker);
    const ask = async () => textOf((await t.discord.sendCommand('stats', {}, asker)).message);
    expect(await ask()).toContain('خبران · 3 مقالات من مصدرين');
    expect(await ask()).toContain('لم يصوّت أحد');
    t.now = new Date(NOW.getTime() + 30 * 24 * 3_600_000);
    expect(await ask()).toBe('لا خبر في الأيام السبعة الماضية.');
  });

  it('is drawn with letters of both scripts, in either direction', () => {
    const bySeverity = { low: 1, medium: 2, high: 3, critical: 1 };
    const topics = [{ topic: 'ransomware' as const, total: 7, bySeverity }];
    const size = (language: 'ar' | 'en', title: string) =>
      drawStats(title, topics, language).length;
    for (const language of ['ar', 'en'] as const) {
      const picture = drawStats('Week أسبوع', topics, language);
      expect(picture.subarray(1, 4).toString()).toBe('PNG');
      // Letters of a font that was not found leave the picture empty.
      expect(size(language, 'Week')).toBeGreaterThan(size(language, '') + 200);
      expect(size(language, 'أسبوع')).toBeGreaterThan(size(language, '') + 200);
    }
  });
});
