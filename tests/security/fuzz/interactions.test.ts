import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useTestDatabase } from '../../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../../helpers/fake-discord/create-fake-discord.ts';
import { startFuzzedBot } from './fuzzed-bot.ts';
import { mutatePayload, type PayloadMutation, payloadMutation } from './mutate-payload.ts';

/** `npm run test:fuzz` sends all of them, `npm test` a part: discord.js makes no more than 50 requests a second. */
const isFull = process.env.MODE === 'fuzz';
const RUNS = isFull ? 10_000 : 300;
const SEED = 20_261_124;
const AT_ONCE = 25;
/** Every so many batches are measured, each as a whole: one interaction may take no more than all of them. */
const MEASURED = 3;

const MIB = 1024 * 1024;
const MAX_GROWTH = 64 * MIB;

const database = useTestDatabase();
let discord: FakeDiscord;
let bot: Awaited<ReturnType<typeof startFuzzedBot>>;
let asker: { guildId: string; channelId: string };
/** How the next interactions are changed on their way; none once it is empty. */
const coming: PayloadMutation[] = [];
/** Ids of interactions whose own address was damaged: no answer can find its way to them. */
const unreachable: string[] = [];

beforeAll(async () => {
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
  const { token, apiUrl } = discord;
  const now = '2026-11-24T05:00:00Z';
  bot = await startFuzzedBot({ token, apiUrl, databaseUrl: database.url, now });
});

afterAll(async () => {
  await bot.close();
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

it('a damaged interaction is answered or passed over within 64 MiB, and the next one is answered', {
  timeout: 1_200_000,
}, async () => {
  const mutations = fc.sample(payloadMutation, { numRuns: RUNS, seed: SEED });
  let [answered, growth] = [0, 0];
  // What is loaded once stays, and is none of a damaged interaction's.
  for (const act of ACTIONS) await act();
  for (let from = 0; from < mutations.length; from += AT_ONCE) {
    const batch = mutations.slice(from, from + AT_ONCE);
    const isMeasured = (from / AT_ONCE) % MEASURED === 0;
    if (isMeasured) await bot.rest();
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
    const { growthBytes, isReady, unhandled } = await bot.state();
    expect({ message: message !== null, isReady, unhandled }).toEqual({
      message: true,
      isReady: true,
      unhandled: [],
    });
    if (isMeasured) growth = Math.max(growth, growthBytes);
  }
  const { identified, resumed } = discord.gateway.counts;
  console.info(
    `interactions: ${RUNS} mutations, ${answered} answered, the others passed over; memory at most ${(growth / MIB).toFixed(1)} MiB above rest while ${AT_ONCE} are answered`,
  );
  expect(growth).toBeLessThan(MAX_GROWTH);
  expect({ identified, resumed }).toEqual({ identified: 1, resumed: 0 });
  // Not to acknowledge is to pass over; whatever else Discord would not have taken is a defect.
  const isDefect = (line: string) =>
    !/: (?:not acknowledged|404: Not Found)/.test(line) &&
    !unreachable.some((id) => line.includes(id));
  const defects = discord.violations.filter(isDefect);
  expect(defects).toEqual([]);
});

it('the fuzzer notices 100 MiB that were taken for a moment', async () => {
  await bot.rest();
  expect((await bot.swell()).growthBytes).toBeGreaterThan(MAX_GROWTH);
  await bot.rest();
  expect((await bot.state()).growthBytes).toBeLessThan(MAX_GROWTH);
});
