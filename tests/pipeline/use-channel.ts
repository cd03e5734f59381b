import { composeNextDigest } from '../../src/pipeline/compose-digests.ts';
import { deliverNextMessage } from '../../src/pipeline/deliver-messages.ts';
import { editNextMessage } from '../../src/pipeline/edit-messages.ts';
import { addToStory } from '../../src/store/story-store.ts';
import { NOW, type useBot } from '../discord/start-bot.ts';
import { storeStory, type Told } from '../discord/store-story.ts';
import { ANY_STORY, makeSubscription } from '../store/rows.ts';

const queue = { wake: async () => undefined };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Channels of a bot under test, and what the pipeline does for them when the test says so. */
export function useChannel(t: ReturnType<typeof useBot>) {
  const clock = () => t.now;
  const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
  const deps = () => ({ db: t.db, queue, channel: t.bot, log });

  /** A server with an instant subscription in a channel of its own. */
  async function newChannel(parts: { follow?: boolean } = {}) {
    // Each test begins with no story and no other channel that waits for one.
    for (const table of ['subscriptions', 'articles', 'stories']) {
      await t.db.query(`DELETE FROM ${table}`);
    }
    const guildId = t.discord.addGuild();
    const channelId = t.discord.addChannel(guildId, 'news');
    const own = { guildId, channelId, schedule: 'instant', createdBy: '7' } as const;
    await makeSubscription(t.db, { ...ANY_STORY, timezone: 'UTC', ...own, ...parts }, NOW);
    await t.db.query(
      'UPDATE subscriptions SET covered_until = $1, created_at = $1 WHERE NOT paused',
      [later(-60)],
    );
    return { guildId, channelId, posted: () => t.discord.messages(channelId) };
  }

  /** Composes and delivers what is due. */
  async function post() {
    await t.db.query('UPDATE subscriptions SET next_due_at = $1 WHERE NOT paused', [t.now]);
    while (await composeNextDigest({ db: t.db, queue, threshold: 0.5 }, clock));
    await deliver();
  }

  async function deliver() {
    while (await deliverNextMessage(deps(), clock));
  }

  /** Edits what may be edited, and delivers what that brings. @returns how many messages were looked at. */
  async function edit() {
    let edits = 0;
    while (await editNextMessage(deps(), clock)) edits += 1;
    await deliver();
    return edits;
  }

  /** Another article of the story. */
  async function report(storyId: string, article: Told) {
    const alone = await storeStory(t.db, [article]);
    const [row] = await t.db.query<{ id: string }>('SELECT id FROM articles WHERE story_id = $1', [
      alone,
    ]);
    await addToStory(t.db, storyId, row?.id ?? '', t.now);
  }

  return { newChannel, post, edit, report, told, later, deps, clock };
}

function told(title: string, parts: Partial<Told> = {}): Told {
  return {
    title,
    summary: 'Something happened.',
    language: 'en',
    outlet: 'Reuters',
    hoursAgo: 1,
    ...parts,
  };
}
