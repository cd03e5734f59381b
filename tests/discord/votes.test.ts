import { beforeAll, describe, expect, it } from 'vitest';
import { weighFeedback } from '../../src/digest/feedback-rule.ts';
import { saveDigest } from '../../src/store/outbox-store.ts';
import { listNotCyberVotes, listVotes } from '../../src/store/vote-store.ts';
import { VIEW_CHANNEL } from '../helpers/fake-discord/state.ts';
import { makeSubscription } from '../store/rows.ts';
import { NOW, useBot } from './start-bot.ts';
import { storeStory } from './store-story.ts';
import { buttonsOf, textOf, titlesOf } from './text-of.ts';

const t = useBot();
let story = '';

beforeAll(async () => {
  story = await storeStory(t.db, [
    {
      title: 'Lost phone found',
      summary: 'A phone was lost.',
      language: 'en',
      outlet: 'BBC',
      hoursAgo: 2,
      topic: 'espionage',
    },
  ]);
});

/** A server in whose channel the story was posted. */
async function serverThatShowsIt() {
  const guildId = t.discord.addGuild();
  const channelId = t.discord.addChannel(guildId, 'news');
  const subscription = await makeSubscription(t.db, { guildId, channelId });
  await saveDigest(t.db, { subscription, dueAt: NOW, storyIds: [story], messages: [], now: NOW });
  const member = (userId: string, joinedAt = '2020-01-01T00:00:00.000Z') => ({
    guildId,
    channelId,
    userId,
    joinedAt,
    permissions: 0n,
  });
  const vote = async (choice: string, userId: string, joinedAt?: string) =>
    (await t.discord.press(`vote:${story}:${choice}`, member(userId, joinedAt))).message;
  const feedback = async () =>
    weighFeedback(await listVotes(t.db, guildId, { since: null, now: t.now }));
  return { guildId, channelId, member, vote, feedback };
}

/** The id of an account made at this time. */
function accountOf(at: string): string {
  return String(BigInt(new Date(at).getTime() - 1_420_070_400_000) << 22n);
}

describe('votes under More', () => {
  it('are one for each member, can be changed, and the own one is marked', async () => {
    const server = await serverThatShowsIt();
    const more = await t.discord.press(`story:${story}`, server.member('7'));
    expect(buttonsOf(more.message)).toEqual([
      `vote:${story}:relevant`,
      `vote:${story}:not-for-us`,
      `vote:${story}:not-cyber`,
    ]);
    expect(textOf(await server.vote('relevant', '7'))).toContain('✅ Noted.');
    const changed = await server.vote('not-cyber', '7');
    expect(textOf(changed)).toContain('Lost phone found');
    const styles = changed?.components?.flatMap(({ components = [] }) => components);
    expect(
      styles?.filter(({ custom_id: id }) => id?.startsWith('vote:')).map(({ style }) => style),
    ).toEqual([2, 2, 1]);
    expect(await listVotes(t.db, server.guildId, { since: null, now: NOW })).toMatchObject([
      { userId: '7', vote: 'not-cyber', topics: ['espionage'] },
    ]);
  });

  it('of three members move what this server is shown, /settings says how far and resets it', async () => {
    const server = await serverThatShowsIt();
    for (const user of ['1', '2', '3']) await server.vote('not-for-us', user);
    const asker = { ...server.member('7'), permissions: 1n << 5n };
    const settings = async (options = {}) =>
      textOf((await t.discord.sendCommand('settings', options, asker)).message);
    expect(await settings()).toContain('Votes of 3 members move it by 0.00 · espionage ×0.75');
    await settings({ threshold: '0.8' });
    const latest = async () => titlesOf((await t.discord.sendCommand('latest', {}, asker)).message);
    // 0.8 / 0.75 is more than the model’s highest, but what it is sure of passes.
    expect(await latest()).toEqual(['Lost phone found']);
    t.now = new Date(NOW.getTime() + 1000);
    expect(await settings({ threshold: 'reset' })).not.toContain('Votes');
    expect(await server.feedback()).toMatchObject({ voters: 3 });
  });

  it('of new accounts and of those who have just joined are kept and do not count', async () => {
    const server = await serverThatShowsIt();
    for (let raid = 0; raid < 12; raid += 1) {
      const young = String(BigInt(accountOf('2026-11-10T00:00:00Z')) + BigInt(raid));
      expect(textOf(await server.vote('not-cyber', young))).toContain('It counts later');
      await server.vote('not-for-us', String(100 + raid), '2026-11-23T00:00:00.000Z');
    }
    expect(await server.feedback()).toEqual({
      thresholdShift: 0,
      topicWeights: {},
      voters: 0,
      untrusted: 24,
    });
  });

  it('are for those who can see the channel, in a server that was shown the story', async () => {
    const hidden = await serverThatShowsIt();
    const elsewhere = t.discord.addGuild();
    const stranger = {
      guildId: elsewhere,
      channelId: t.discord.addChannel(elsewhere, 'x'),
      userId: '9',
    };
    const pressed = await t.discord.press(`vote:${story}:not-cyber`, stranger);
    expect(textOf(pressed.message)).toContain('Votes are for those who can see the channel');
    expect(buttonsOf((await t.discord.press(`story:${story}`, stranger)).message)).toEqual([]);
    expect(await listVotes(t.db, elsewhere, { since: null, now: NOW })).toEqual([]);
    const other = t.discord.addChannel(hidden.guildId, 'lobby', { denied: VIEW_CHANNEL });
    t.discord.hideFromMembers(hidden.channelId);
    const outside = { ...hidden.member('9'), channelId: other };
    await expect
      .poll(async () => textOf((await t.discord.press(`vote:${story}:relevant`, outside)).message))
      .toContain('Votes are for those who can see');
  });

  it('"Not cyber" is listed for export with its articles, without server and member', async () => {
    const [first] = await listNotCyberVotes(t.db);
    expect(first).toMatchObject({
      storyId: story,
      title: 'Lost phone found',
      text: 'A phone was lost.',
      language: 'en',
      relevant: 0,
    });
    expect(first?.notCyber).toBeGreaterThanOrEqual(1);
  });
});
