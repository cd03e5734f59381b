import { describe, expect, it } from 'vitest';
import { editNextMessage } from '../../src/pipeline/edit-messages.ts';
import { useBot } from '../discord/start-bot.ts';
import { storeStory } from '../discord/store-story.ts';
import { textOf, titlesOf } from '../discord/text-of.ts';
import { useChannel } from './use-channel.ts';

const t = useBot();
const { newChannel, post, edit, report, told, later, deps, clock } = useChannel(t);

describe('a development in a later message of a digest', () => {
  /** A digest in two messages; `late` is a story that the second one shows. */
  async function postTwo(parts: { follow?: boolean } = {}) {
    const channel = await newChannel(parts);
    const stories = new Map<string, string>();
    for (let count = 1; count <= 12; count += 1) {
      const title = `Case ${count}`;
      stories.set(title, await storeStory(t.db, [told(title, { outlet: `Wire ${count}` })]));
    }
    await post();
    const [first, second, ...others] = channel.posted();
    expect(others).toEqual([]);
    expect(textOf(first ?? null)).toContain('12 stories · 12 articles from 12 sources');
    const [late = ''] = titlesOf(second ?? null);
    const [early = ''] = titlesOf(first ?? null);
    const storyOf = (title: string) => stories.get(title) ?? '';
    return { ...channel, late: storyOf(late), early: storyOf(early), earlyTitle: early };
  }
  const heads = (messages: Parameters<typeof textOf>[0][]) =>
    messages.map((message) => textOf(message).split('\n').slice(0, 2).join(' '));

  it('is counted in the head of the first', async () => {
    const channel = await postTwo();
    t.now = later(11);
    const knownWire = channel.earlyTitle.replace('Case', 'Wire');
    await report(channel.late, told('More', { outlet: 'BBC', severity: 'critical' }));
    await report(channel.late, told('Even more', { outlet: knownWire }));
    expect(await edit()).toBe(1);
    const [first = '', second = ''] = heads(channel.posted());
    expect(first).toContain('12 stories · 1 critical · 14 articles from 13 sources');
    expect(second).not.toContain('articles');
    expect(textOf(channel.posted()[1] ?? null)).toContain('updated once, 3 sources');
    // What the first shows itself goes on from there, at once.
    await report(channel.early, told('Also', { outlet: 'BBC' }));
    expect(await edit()).toBe(1);
    const [again = ''] = heads(channel.posted());
    expect(again).toContain('1 critical · 15 articles from 13 sources');
    expect(await edit()).toBe(0);
  });

  it('is counted once, and told once in a thread, when the bot is killed between the two edits', async () => {
    const channel = await postTwo({ follow: true });
    t.now = later(11);
    await report(channel.late, told('More', { outlet: 'BBC' }));
    for (const survived of [1, 2]) {
      let edits = 0;
      const killed = {
        edit: async (message: Parameters<typeof t.bot.edit>[0]) => {
          await t.bot.edit(message);
          edits += 1;
          if (edits === survived) throw new Error('killed');
        },
      };
      await expect(editNextMessage({ ...deps(), channel: killed }, clock)).rejects.toThrow(
        'killed',
      );
    }
    expect(await edit()).toBe(1);
    const [first = ''] = heads(channel.posted());
    expect(first).toContain('12 stories · 13 articles from 13 sources');
    expect(textOf(channel.posted()[1] ?? null)).toContain('updated once, 2 sources');
    expect(t.discord.messages(channel.posted()[1]?.id ?? '')).toHaveLength(1);
    expect(await edit()).toBe(0);
  });

  it('is tried again with the head where Discord takes only the first of the two edits', async () => {
    const channel = await postTwo();
    const [first] = channel.posted();
    t.now = later(11);
    await report(channel.late, told('More', { outlet: 'BBC' }));
    let isAway = true;
    const isHead = ({ path }: { path: string }) => isAway && path.endsWith(`/${first?.id}`);
    t.discord.failNext({ matches: isHead, status: 500, times: 100 });
    expect(await edit()).toBe(1);
    expect(heads(channel.posted())[0]).toContain('12 articles');
    isAway = false;
    t.now = later(22);
    expect(await edit()).toBe(1);
    expect(heads(channel.posted())[0]).toContain('13 articles from 13 sources');
  });

  it('is shown also where somebody has deleted the first', async () => {
    const channel = await postTwo();
    const [, second] = channel.posted();
    channel.posted().splice(0, 1);
    for (const minutes of [11, 22]) {
      t.now = later(minutes);
      await report(channel.late, told(`More ${minutes}`, { outlet: `Daily ${minutes}` }));
      expect(await edit()).toBe(1);
    }
    expect(channel.posted()).toEqual([second]);
    expect(textOf(second ?? null)).toContain('updated twice, 3 sources');
  });

  it('is counted whole by two processes that edit at the same moment', async () => {
    const channel = await postTwo();
    t.now = later(11);
    await report(channel.late, told('More', { outlet: 'BBC' }));
    await report(channel.early, told('Also', { outlet: 'BBC' }));
    expect(await Promise.all([1, 2].map(() => editNextMessage(deps(), clock)))).toEqual([
      true,
      true,
    ]);
    expect(heads(channel.posted())[0]).toContain('14 articles from 13 sources');
  });
});
