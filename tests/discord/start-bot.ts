import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { createDiscordBot, type DiscordBot } from '../../src/discord/create-discord-bot.ts';
import type { RateLimits } from '../../src/discord/rate-limiter.ts';
import { isKnownName } from '../../src/entities/known-names.ts';
import { canonicalUrl } from '../../src/extract/canonical-url.ts';
import { findSource } from '../../src/pipeline/find-source.ts';
import { createSearch } from '../../src/search/create-search.ts';
import type { Database } from '../../src/store/db.ts';
import { useTestDatabase } from '../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../helpers/fake-discord/create-fake-discord.ts';
import { createLocalClient } from '../helpers/local-client.ts';

export interface BotUnderTest {
  readonly db: Database;
  readonly discord: FakeDiscord;
  readonly bot: DiscordBot;
  readonly guildId: string;
  readonly channelId: string;
  /** The clock of the bot; tests set it. */
  now: Date;
  /** What the bot logged as an error. */
  errors: string[];
  /** From now on the bot's questions to the database wait, until the function that is returned is called. */
  holdDatabase(): () => void;
  /** A new bot, as after a restart of the process; the one before must have been stopped. */
  restart(): Promise<void>;
}

/** The clock of tests stands still: nothing would fill a bucket again. */
const UNLIMITED: RateLimits = {
  member: { burst: 1e6, perSecond: 1 },
  guild: { burst: 1e6, perSecond: 1 },
};

export const NOW = new Date('2026-11-24T05:00:00Z');

/** Stands for the model, whose answers are not what these tests are about: whatever is asked means the same as every stored story. */
function encodeAlike() {
  const embedding = new Float32Array([1, 0, 0]);
  return { cyberLogit: 0, topicLogits: [], embedding, sentences: [], tags: [] };
}

/** A bot in process, connected to a local Discord with one server and one channel; the database is shared by a file's tests. */
export function useBot(
  options: { limits?: RateLimits; typingLimits?: RateLimits } = {},
): BotUnderTest {
  const database = useTestDatabase();
  let held: Promise<void> = Promise.resolve();
  let discord: FakeDiscord | null = null;
  let bot: DiscordBot | null = null;
  const http = createLocalClient();
  const given = <T>(value: T | null): T => {
    if (value === null) throw new Error('the bot runs in tests and hooks only');
    return value;
  };
  const under = {
    get db() {
      return database.db;
    },
    get discord() {
      return given(discord);
    },
    get bot() {
      return given(bot);
    },
    guildId: '',
    channelId: '',
    now: NOW,
    errors: [] as string[],
    holdDatabase: () => {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    restart: async () => {
      bot = createDiscordBot({
        modelThreshold: 0.5,
        limits: options.limits ?? UNLIMITED,
        typingLimits: options.typingLimits ?? UNLIMITED,
        token: given(discord).token,
        apiUrl: given(discord).apiUrl,
        db: {
          ...database.db,
          query: async (...question) => {
            await held;
            return database.db.query(...question);
          },
        },
        outside: {
          canonicalUrl,
          isKnownName,
          findSource: (address) => findSource(http, address, under.now),
        },
        search: createSearch({
          db: database.db,
          encoder: { encode: async (texts) => texts.map(encodeAlike) },
          clock: () => under.now,
          lookAgainMs: 0,
        }),
        clock: () => under.now,
        log: {
          info: () => undefined,
          warn: () => undefined,
          error: (_fields, message) => under.errors.push(message),
        },
      });
      await bot.start();
    },
  };
  beforeAll(async () => {
    discord = await createFakeDiscord({ clock: () => under.now, interactionDeadlineMs: 10_000 });
    under.guildId = discord.addGuild();
    under.channelId = discord.addChannel(under.guildId, 'news');
    await under.restart();
  });
  beforeEach(() => {
    under.now = NOW;
    under.errors.length = 0;
    given(discord).violations.length = 0;
  });
  afterEach(() => {
    expect({ violations: given(discord).violations, errors: under.errors }).toEqual({
      violations: [],
      errors: [],
    });
  });
  afterAll(async () => {
    await bot?.stop();
    await http.close();
    await discord?.close();
  });
  return under;
}
