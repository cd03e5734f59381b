import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { serveExamples } from '../../src/commands/serve-examples.ts';
import { readConfig } from '../../src/config.ts';
import { buildDigest } from '../../src/digest/build-digest.ts';
import type { Digest } from '../../src/domain/digest.ts';
import { openParts } from '../../src/parts.ts';
import { runPass } from '../../src/pipeline/run-pass.ts';
import { makeFeedsDue, syncCatalogue } from '../../src/store/feed-store.ts';
import { latestStories } from '../../src/store/story-store.ts';
import { openTestDatabase } from '../helpers/database.ts';
import type { MessageBody } from '../helpers/fake-discord/check-message.ts';
import { createFakeDiscord } from '../helpers/fake-discord/create-fake-discord.ts';

/** The morning of the pictures, 08:00 in Riyadh. */
export const MORNING = new Date('2026-11-24T05:00:00Z');
const BEFORE = new Date('2026-11-24T04:30:00Z');

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const DAY_MS = 24 * 3_600_000;

/** A server in one language, with a channel that has subscribed. */
export interface PictureServer {
  language: 'ar' | 'en';
  /** What was posted there at 08:00. */
  posted(): MessageBody[];
  /** What a command answers to a member there. */
  ask(command: string, options: Record<string, string>): Promise<MessageBody>;
  /** What a button answers. */
  press(customId: string): Promise<MessageBody>;
  /** The first story that the menu offers for these words. */
  storyCalled(words: string): Promise<string>;
}

/**
 * The bot as it is, over the feeds of `examples/`: they are read, analysed and put together by the shipped model, and at 08:00 the digests
 * go to a local Discord.
 */
export async function openPictureWorld() {
  let now = BEFORE;
  const database = await openTestDatabase();
  const discord = await createFakeDiscord({ clock: () => now, interactionDeadlineMs: 60_000 });
  const examples = await serveExamples(EXAMPLES, BEFORE);
  const config = readConfig({
    DATABASE_URL: database.url,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    RASID_ALLOW_PRIVATE_NETWORKS: 'true',
  });
  const parts = await openParts(config, {
    log: pino({ level: 'error' }),
    terminal: { write: () => undefined, width: 80, colour: false },
    clock: () => now,
  });
  await parts.queue.start();
  await syncCatalogue(parts.db, examples.sources, now);
  await makeFeedsDue(parts.db, now);
  await parts.bot?.start();
  const [en, ar] = [await openServer('en'), await openServer('ar')];
  await runPass(parts.drains);
  now = MORNING;
  await runPass(parts.drains);

  return {
    en,
    ar,
    /** The same stories as the terminal shows them. */
    async digest(language: 'ar' | 'en', limit: number): Promise<Digest> {
      const since = new Date(MORNING.getTime() - DAY_MS);
      const options = { guildId: null, since, limit: 100, offset: 0 };
      const stories = await latestStories(parts.db, options);
      return buildDigest(stories, { language, timezone: 'Asia/Riyadh', dueAt: MORNING, limit });
    },
    violations: discord.violations,
    async close() {
      await parts.close();
      await examples.close();
      await discord.close();
      await database.close();
    },
  };

  async function openServer(language: 'ar' | 'en'): Promise<PictureServer> {
    const guildId = discord.addGuild();
    const channelId = discord.addChannel(guildId, 'cyber');
    const asker = { guildId, channelId, userId: '7' };
    const shown = (message: MessageBody | null): MessageBody => {
      if (message === null) throw new Error('no message was answered');
      return message;
    };
    const ask = async (command: string, options: Record<string, string>) =>
      shown((await discord.sendCommand(command, options, asker)).message);
    const press = async (customId: string) => shown((await discord.press(customId, asker)).message);
    await ask('settings', { language, timezone: 'Asia/Riyadh' });
    const draft = JSON.stringify(await ask('subscribe', { schedule: 'daily', at: '08:00' }));
    await press(/confirm:\d+/.exec(draft)?.[0] ?? '');
    return {
      language,
      posted: () => discord.messages(channelId),
      ask,
      press,
      async storyCalled(words) {
        const choices = await discord.autocomplete('story', { story: words }, 'story', asker);
        return String(choices[0]?.value ?? '');
      },
    };
  }
}
