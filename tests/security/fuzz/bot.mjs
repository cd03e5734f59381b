import { measureGrowth } from './peak-memory.mjs';

/**
 * The built bot in a process of its own, without a model and without limits on how much is asked; nothing but interactions moves its memory.
 * In, as an argument: {token, apiUrl, databaseUrl, now}; then 'rest', 'state' and 'swell', each answered by {growthBytes, isReady, unhandled}.
 */
const { token, apiUrl, databaseUrl, now } = JSON.parse(process.argv[2]);
const { createDiscordBot } = await import('../../../dist/discord/create-discord-bot.js');
const { createSearch } = await import('../../../dist/search/create-search.js');
const { openDatabase } = await import('../../../dist/store/open-database.js');

const unhandled = [];
const onUnhandled = (error) => unhandled.push(String(error?.stack ?? error));
process.on('unhandledRejection', onUnhandled).on('uncaughtException', onUnhandled);

const quiet = () => undefined;
const log = { info: quiet, warn: quiet, error: quiet };
const clock = () => new Date(now);
const db = await openDatabase({ databaseUrl, dataDir: '', log: quiet, poolSize: 5 });
const bot = createDiscordBot({
  modelThreshold: 0.5,
  limits: { member: { burst: 1e6, perSecond: 1 }, guild: { burst: 1e6, perSecond: 1 } },
  ...{ token, apiUrl, db, clock, log },
  outside: {
    canonicalUrl: (url) => url,
    isKnownName: () => false,
    findSource: () => Promise.reject(new Error('no network')),
  },
  search: createSearch({ db, encoder: { encode: async () => [] }, clock }),
});
await bot.start();

let growth = () => 0;
process.on('message', (asked) => {
  // What the fuzzer must notice; its own test asks for it.
  if (asked === 'swell') Buffer.alloc(100 * 2 ** 20, 1);
  const growthBytes = growth();
  if (asked === 'rest') growth = measureGrowth();
  process.send({ growthBytes, isReady: bot.isReady(), unhandled });
});
process.on('disconnect', () => process.exit());
process.send('ready');
