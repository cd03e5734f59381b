import { expect, it } from 'vitest';
import { NOW, useBot } from './start-bot.ts';
import { textOf } from './text-of.ts';

const t = useBot({
  limits: { member: { burst: 3, perSecond: 0.5 }, guild: { burst: 5, perSecond: 1 } },
});

it('who asks too fast is told how long to wait, in the server’s language; others go on', async () => {
  const asker = { guildId: t.guildId, channelId: t.channelId };
  const ask = async (userId: string) =>
    textOf(
      (await t.discord.sendCommand('settings', { language: 'ar' }, { ...asker, userId })).message,
    );
  for (let count = 0; count < 3; count += 1) expect(await ask('1')).toContain('حُفظت');
  expect(await ask('1')).toBe('⚠ مهلًا قليلًا. حاول مرة أخرى بعد ثانيتين.');
  const pressed = await t.discord.press('list:0', { ...asker, userId: '1' });
  expect(textOf(pressed.message)).toContain('مهلًا');
  expect(await ask('2')).toContain('حُفظت');
  expect(await ask('3')).toContain('حُفظت');
  // The server’s share is used up.
  expect(await ask('4')).toBe('⚠ مهلًا قليلًا. حاول مرة أخرى بعد ثانية.');
  t.now = new Date(NOW.getTime() + 2000);
  expect(await ask('1')).toContain('حُفظت');
});
