import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDiscordBot, type DiscordBot } from '../../../src/discord/create-discord-bot.ts';
import { createSearch } from '../../../src/search/create-search.ts';
import { useTestDatabase } from '../../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../../helpers/fake-discord/create-fake-discord.ts';
import { mutatePayload, type PayloadMutation, payloadMutation } from './mutate-payload.ts';

/** `npm run test:fuzz` sends all of them, `npm test` a part: discord.js makes no more than 50 requests a second. */
const isFull = process.env.MODE === 'fuzz';
const RUNS = isFull ? 10_000 : 300;
const SEED = 20_261_124;
const AT_ONCE = 25;

const database = useTestDatabase();
let discord: FakeDiscord;
let bot: DiscordBot;
let asker: { guildId: string; channelId: string };
/** How the next interactions are changed on their way; none once it is empty. */
const coming: PayloadMutation[] = [];
/** Ids of interactions whose own address was damaged: no answer can find its way to them. */
const unreachable: string[] = [];
const unhandled: unknown[] = [];
const onUnhandled = (error: unknown) => unhandled.push(error);

beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled).on('uncaughtException', onUnhandled);
  // A busy machine may be late; how late is not what is asked here.
  discord = await createFakeDiscord({ interactionDeadlineMs: 30_000 });
  const guildId = discord.addGuild();
  asker = { guildId, channelId: discord.addChannel(guildId, 'news') };
  const { dispatch } = discord.gateway;
  discord.gateway.dispatch = (type, data) => {
    const change = type === 'INTERACTION_CREATE' ? coming.shift() : undefined;
    const sent = change === undefined ? data : mutatePayload(data, change);
    if (isAddressDamaged(data, sent)) unreachable.push((data as Addressed).id);
    dispatch(type, sent);
  };
  const quiet = () => undefined;
  bot = createDiscordBot({
    modelThreshold: 0.5,
    limits: {
      member: { burst: 1e6, perSecond: 1 },
      guild: { burst: 1e6, perSecond: 1 },
    },
    token: discord.token,
    apiUrl: discord.apiUrl,
    db: database.db,
    outside: {
      canonicalUrl: (url) => url,
      isKnownName: () => false,
      findSource: () => Promise.reject(new Error('no network')),
    },
    search: createSearch({
      db: database.db,
      encoder: { encode: async () => [] },
      clock: () => new Date(),
    }),
    clock: () => new Date('2026-11-24T05:00:00Z'),
    log: { info: quiet, warn: quiet, error: quiet },
  });
  await bot.start();
});

afterAll(async () => {
  process.off('unhandledRejection', onUnhandled).off('uncaughtException', onUnhandled);
  await bot.stop();
  await discord.close();
});

interface Addressed {
  id: string;
  token: string;
  application_id: string;
}

function isAddressDamaged(before: object, after: object): boolean {
  const fields = ['id', 'token', 'application_id'] as const;
  return fields.some((field) => (before as Addressed)[field] !== (after as Addressed)[field]);
}

/** As the bot opens it to change a draft. */
const FORM = {
  customId: 'revise:1',
  title: 'Change',
  fields: [
    { id: 'topics', type: 3, label: 'Topics', value: 'ransomware' },
    { id: 'keyword', type: 4, label: 'Keyword', value: 'bank OR ثغرة' },
  ],
};

/** Everything that a member can do, as a member's client sends it. */
const ACTIONS: (() => Promise<unknown>)[] = [
  () => discord.sendCommand('help', {}, asker),
  () => discord.sendCommand('latest', { topic: 'ransomware', language: 'ar' }, asker),
  () => discord.sendCommand('digest', { since: '3d', severity: 'high' }, asker),
  () => discord.sendCommand('settings', { language: 'ar', timezone: 'Asia/Riyadh' }, asker),
  () => discord.sendCommand('subscribe', { schedule: 'daily', at: '08:00', keyword: 'a' }, asker),
  () => discord.sendCommand('subscriptions', {}, asker),
  () => discord.sendCommand('unsubscribe', { subscription: '1' }, asker),
  () => discord.autocomplete('subscribe', { timezone: 'ria' }, 'timezone', asker),
  () => discord.autocomplete('latest', { topic: 'ran,' }, 'topic', asker),
  () => discord.autocomplete('unsubscribe', { subscription: '' }, 'subscription', asker),
  () => discord.sendCommand('search', { query: 'ransomware', since: '7d' }, asker),
  () => discord.sendCommand('story', { story: '1' }, asker),
  () => discord.sendCommand('why', { link: 'https://news.example/a' }, asker),
  () => discord.press('list:0', asker),
  () => discord.press('more:1:1', asker),
  () => discord.press('page:0::::', asker),
  () => discord.press('pause:1', asker),
  () => discord.press('vote:1:up', asker),
  () => discord.press('confirm:1', asker),
  () => discord.submit(FORM, {}, asker),
];

it('a damaged interaction is answered or passed over, and the next one is answered', {
  timeout: 1_200_000,
}, async () => {
  const mutations = fc.sample(payloadMutation, { numRuns: RUNS, seed: SEED });
  let answered = 0;
  for (let from = 0; from < mutations.length; from += AT_ONCE) {
    const batch = mutations.slice(from, from + AT_ONCE);
    coming.push(...batch);
    for (const index of batch.keys()) {
      const act = ACTIONS[(from + index) % ACTIONS.length];
      // One that is passed over is never answered: what tells is the sound one after it.
      act?.().then(
        () => {
          answered += 1;
        },
        () => undefined,
      );
    }
    await expect.poll(() => coming.length).toBe(0);
    const { message } = await discord.sendCommand('help', {}, asker);
    expect({ message: message !== null, ready: bot.isReady(), unhandled }).toEqual({
      message: true,
      ready: true,
      unhandled: [],
    });
  }
  const { identified, resumed } = discord.gateway.counts;
  console.info(`interactions: ${RUNS} mutations, ${answered} answered, the others passed over`);
  expect({ identified, resumed }).toEqual({ identified: 1, resumed: 0 });
  // Not to acknowledge is to pass over; whatever else Discord would not have taken is a defect.
  const isDefect = (line: string) =>
    !/: (?:not acknowledged|404: Not Found)/.test(line) &&
    !unreachable.some((id) => line.includes(id));
  const defects = discord.violations.filter(isDefect);
  expect(defects).toEqual([]);
});
