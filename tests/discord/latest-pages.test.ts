import { expect, it } from 'vitest';
import { useBot } from './start-bot.ts';
import { storeStory } from './store-story.ts';
import { buttonsOf, titlesOf } from './text-of.ts';

const t = useBot();
const here = () => ({ guildId: t.guildId, channelId: t.channelId, userId: '7' });

it('shows fewer on a page when addresses are as long as they come, and still all of them', async () => {
  const url = (count: number) => `https://news.example/long/${count}/${'a'.repeat(960)}`;
  for (let count = 1; count <= 6; count += 1) {
    const told = {
      title: `Arrest ${count}`,
      summary: '* '.repeat(300),
      language: 'en' as const,
      outlet: 'DW',
      hoursAgo: 100,
      topic: 'arrest' as const,
    };
    await storeStory(t.db, [{ ...told, url: url(count) }]);
  }
  const seen = new Set<string>();
  let { message } = await t.discord.sendCommand('latest', { topic: 'arrest' }, here());
  for (let pages = 0; pages < 6 && seen.size < 6; pages += 1) {
    for (const title of titlesOf(message)) seen.add(title);
    if (seen.size < 6)
      ({ message } = await t.discord.press(buttonsOf(message).at(-1) ?? '', here()));
  }
  expect(seen.size).toBe(6);
});
