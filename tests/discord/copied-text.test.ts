import { beforeAll, describe, expect, it } from 'vitest';
import { listSubscriptions } from '../../src/store/subscription-store.ts';
import { flatten } from '../helpers/fake-discord/check-message.ts';
import { useBot } from './start-bot.ts';
import { storeStory } from './store-story.ts';
import { buttonsOf, textOf, titlesOf } from './text-of.ts';

const t = useBot();
const here = () => ({ guildId: t.guildId, channelId: t.channelId, userId: '7' });

const TITLE = 'ثغرة CVE-2026-41873 في Harbour 2.1-beta';
let story = '';
/** As it stands in a message, with everything that shows nothing; a client copies that too. */
let copiedTitle = '';
let copiedId = '';

beforeAll(async () => {
  story = await storeStory(t.db, [
    { title: TITLE, summary: 'سد الثغرة.', language: 'ar', outlet: 'رويترز', hoursAgo: 2 },
  ]);
  await storeStory(t.db, [
    { title: 'Harbour strike', summary: 'Ships.', language: 'en', outlet: 'BBC', hoursAgo: 3 },
  ]);
  const { message } = await t.discord.sendCommand('latest', {}, here());
  const shown = flatten(message?.components ?? []).map(({ content }) => content ?? '');
  copiedTitle = /\*\*\[([^\]]*CVE[^\]]*)\]/.exec(shown.join('\n'))?.[1] ?? '';
  copiedId = /\u2066CVE-[^\s]*/.exec(copiedTitle)?.[0] ?? '';
  // An id is written as other programs and Discord's own search know it; only the isolate around it is copied too.
  expect(copiedId.replace(/[\u2066\u2069]/g, '')).toBe('CVE-2026-41873');
});

describe('what somebody copies from a message and pastes', () => {
  it('is found by /search', async () => {
    const { message } = await t.discord.sendCommand('search', { query: copiedId }, here());
    expect(textOf(message)).toContain('**Found for CVE-2026-41873**');
    expect(titlesOf(message)[0]).toBe(TITLE);
  });

  it('is found by /story and /why, and completed while it is typed', async () => {
    for (const name of ['story', 'why']) {
      const { message } = await t.discord.sendCommand(name, { story: copiedTitle }, here());
      expect(textOf(message)).toContain(TITLE);
      const choices = await t.discord.autocomplete(name, { story: copiedId }, 'story', here());
      expect(choices).toEqual([{ name: TITLE, value: story }]);
    }
  });

  it('is saved as a keyword without what nobody sees, from an option and from a form', async () => {
    const options = { schedule: 'daily', at: '08:00', timezone: 'UTC', keyword: copiedId };
    const { message } = await t.discord.sendCommand('subscribe', options, here());
    const press = (kind: string, ids: string[]) =>
      t.discord.press(ids.find((id) => id.startsWith(`${kind}:`)) ?? '', here());
    await press('confirm', buttonsOf(message));
    const keyword = async () => (await listSubscriptions(t.db, t.guildId)).at(-1)?.keyword;
    expect(await keyword()).toBe('CVE-2026-41873');
    const list = await t.discord.sendCommand('subscriptions', {}, here());
    const { form } = await press('edit', buttonsOf(list.message));
    if (form === null) throw new Error('no form was opened');
    await t.discord.submit(form, { keyword: `${copiedId} OR \u2066Harbour\u2069` }, here());
    expect(await keyword()).toBe('CVE-2026-41873 OR Harbour');
  });

  it('opens the link that a message shows', async () => {
    const link = 'https:\u200b//news.example/1';
    const { message } = await t.discord.sendCommand('why', { link }, here());
    expect(textOf(message)).toContain(TITLE);
  });

  it('is nothing at all where it was nothing that shows', async () => {
    const { message } = await t.discord.sendCommand('search', { query: '\u2060\u200b' }, here());
    expect(textOf(message)).not.toContain('failed');
  });
});
