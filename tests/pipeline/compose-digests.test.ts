import { beforeEach, describe, expect, it } from 'vitest';
import {
  defaultGuildSettings,
  type GuildSettings,
  type NewSubscription,
} from '../../src/domain/subscription.ts';
import { composeNextDigest } from '../../src/pipeline/compose-digests.ts';
import { lockNextMessage } from '../../src/store/outbox-store.ts';
import { saveGuildSettings } from '../../src/store/settings-store.ts';
import { listSubscriptions } from '../../src/store/subscription-store.ts';
import { saveVote } from '../../src/store/vote-store.ts';
import { storeStory, type Told } from '../discord/store-story.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { ANY_STORY, makeSubscription } from '../store/rows.ts';

/** 05:00 UTC, the time at which `storeStory` stores. */
const NOW = new Date('2026-11-24T05:00:00Z');
const database = useTestDatabase();
const at = (time: string) => new Date(`2026-11-24T${time}Z`);

beforeEach(() => database.clear());

async function tell(title: string, parts: Partial<Told> = {}): Promise<string> {
  const told = { summary: 'x', language: 'en', outlet: 'BBC', hoursAgo: 1, ...parts } as const;
  return storeStory(database.db, [{ ...told, title }]);
}

async function subscribe(parts: Partial<NewSubscription>) {
  await makeSubscription(
    database.db,
    { guildId: 'g', ...ANY_STORY, timezone: 'UTC', ...parts },
    NOW,
  );
  const window = new Date(NOW.getTime() - 3_600_000);
  await database.db.query('UPDATE subscriptions SET covered_until = $1, created_at = $1', [window]);
}

async function settings(parts: Partial<GuildSettings>) {
  await saveGuildSettings(database.db, { ...defaultGuildSettings('g'), ...parts }, NOW);
}

async function compose(now: Date, threshold = 0.5) {
  const deps = { db: database.db, queue: { wake: async () => undefined }, threshold };
  while (await composeNextDigest(deps, () => now));
}

/** The messages that wait, and takes them away. */
async function waiting() {
  const rows = await database.db.query<{ id: string }>(
    "SELECT id FROM outbox WHERE state = 'pending' ORDER BY id",
  );
  const messages = [];
  for (const _ of rows) {
    const message = await database.db.transaction((tx) => lockNextMessage(tx, at('23:59')));
    if (message === null) break;
    messages.push(message);
    await database.db.query("UPDATE outbox SET state = 'failed' WHERE id = $1", [message.id]);
  }
  return messages;
}

const titles = (messages: Awaited<ReturnType<typeof waiting>>) =>
  messages.map((message) => message.digest.stories.map((story) => story.title));

const dueAt = async () => (await listSubscriptions(database.db, 'g'))[0]?.nextDueAt;
const NIGHT = { quietHours: { startMinutes: 22 * 60, endMinutes: 7 * 60 } };

describe('quiet hours', () => {
  it('hold every digest, and one digest at their end tells all', async () => {
    await settings(NIGHT);
    await subscribe({ schedule: 'instant' });
    await tell('First', { severity: 'critical' });
    await compose(at('05:00:01'));
    await tell('Second');
    await compose(at('06:59:59'));
    expect(await waiting()).toEqual([]);
    expect(await dueAt()).toEqual(at('07:00'));
    await compose(at('07:00'));
    expect(titles(await waiting())).toEqual([['First', 'Second']]);
    await compose(at('07:30'));
    expect(await waiting()).toEqual([]);
  });

  it('let a critical story pass where the server chose so, without a sound, and tell it once', async () => {
    await settings({ ...NIGHT, criticalPasses: true });
    await subscribe({ schedule: 'instant' });
    await tell('Burning', { severity: 'critical' });
    await tell('Smoke', { severity: 'high' });
    await compose(at('05:00:01'));
    const night = await waiting();
    expect(titles(night)).toEqual([['Burning']]);
    expect(night[0]?.silent).toBe(true);
    await compose(at('07:00'));
    const morning = await waiting();
    expect(titles(morning)).toEqual([['Smoke']]);
    expect(morning[0]?.silent).toBe(false);
  });

  it('do not make an hourly digest miss a critical story', async () => {
    await settings({ ...NIGHT, criticalPasses: true, nightSilent: false });
    await subscribe({ schedule: 'hourly' });
    await compose(at('05:00'));
    expect(await dueAt()).toEqual(at('06:00'));
    await tell('Burning', { severity: 'critical' });
    await compose(at('06:00'));
    const [message] = await waiting();
    expect(message).toMatchObject({ silent: false });
    expect(await dueAt()).toEqual(at('07:00'));
  });

  it('hold a daily digest that is due in them and leave its next one as it was', async () => {
    await settings(NIGHT);
    await subscribe({ schedule: 'daily', atMinutes: 5 * 60 });
    await tell('Held');
    await compose(at('05:00:01'));
    await compose(at('07:00'));
    expect(titles(await waiting())).toEqual([['Held']]);
    expect(await dueAt()).toEqual(new Date('2026-11-25T05:00:00Z'));
  });
});

describe('a role', () => {
  it('is mentioned only in a digest with a story that is severe enough', async () => {
    await subscribe({ schedule: 'instant', roleId: '77', roleMinSeverity: 'critical' });
    await tell('Smoke', { severity: 'high' });
    await compose(at('05:00:01'));
    expect((await waiting())[0]?.roleId).toBeNull();
    await tell('Burning', { severity: 'critical' });
    await database.db.query('UPDATE subscriptions SET next_due_at = $1', [at('05:00:02')]);
    await compose(at('05:00:02'));
    expect((await waiting())[0]?.roleId).toBe('77');
  });
});

describe('a source that has failed for a day', () => {
  const fail = (outlet: string, since: string) =>
    database.db.query("UPDATE feeds SET status = 'failing', failing_since = $2 WHERE outlet = $1", [
      outlet,
      new Date(since),
    ]);
  const notices = async (now: Date) => {
    await database.db.query('UPDATE subscriptions SET next_due_at = $1', [now]);
    await compose(now);
    return (await waiting()).map((message) => message.digest.notices);
  };

  it('is said in the next digest of a channel that depends on it, once, and again when it fails again', async () => {
    await subscribe({ schedule: 'instant', sources: ['BBC', 'Reuters'] });
    await tell('Old', { outlet: 'Reuters' });
    await fail('Reuters', '2026-11-23T05:00:02Z');
    expect(await notices(at('05:00:01'))).toEqual([[]]);
    await tell('One');
    expect(await notices(at('05:00:03'))).toEqual([
      ['Reuters has not been readable since Mon 23 Nov, 05:00 (UTC).'],
    ]);
    await tell('Two');
    expect(await notices(at('05:00:04'))).toEqual([[]]);
    await database.db.query('UPDATE feeds SET failing_since = NULL');
    await tell('Three');
    expect(await notices(at('05:00:05'))).toEqual([[]]);
    await fail('Reuters', '2026-11-22T05:00:00Z');
    await tell('Four');
    expect((await notices(at('05:00:06')))[0]).toHaveLength(1);
  });

  it('is nothing to a channel that does not live on it', async () => {
    await subscribe({ schedule: 'instant' });
    await tell('Elsewhere', { outlet: 'Reuters' });
    await fail('Reuters', '2026-11-20T05:00:00Z');
    expect(await notices(at('05:00:01'))).toEqual([[]]);
  });

  it('counts as one that a channel lives on when it told three of its stories, and has no other feed', async () => {
    await subscribe({ schedule: 'instant', language: 'ar' });
    for (const title of ['أ', 'ب', 'ج']) await tell(title, { outlet: 'وكالة', language: 'ar' });
    expect(await notices(at('05:00:01'))).toEqual([[]]);
    await fail('وكالة', '2026-11-20T05:00:00Z');
    await tell('د', { outlet: 'أخرى', language: 'ar' });
    expect(await notices(at('05:00:02'))).toEqual([
      ['تعذّرت قراءة وكالة منذ الجمعة 20 نوفمبر، 05:00 (UTC).'],
    ]);
  });
});

describe('votes', () => {
  it('of this server’s members hold back what the model is less sure of, in this server alone', async () => {
    const story = await tell('Unsure', { topic: 'fraud' });
    const sure = await tell('Sure', { topic: 'fraud' });
    await database.db.query(
      'UPDATE articles SET score = CASE story_id WHEN $1 THEN 0.6 ELSE 0.95 END',
      [story],
    );
    for (const userId of ['1', '2', '3']) {
      const old = new Date('2020-01-01');
      const vote = {
        guildId: 'g',
        storyId: sure,
        userId,
        vote: 'not-for-us',
        accountCreatedAt: old,
        memberSince: old,
      } as const;
      await saveVote(database.db, vote, NOW);
    }
    await subscribe({ schedule: 'instant' });
    await subscribe({ schedule: 'instant', guildId: 'other', channelId: 'c2' });
    await compose(at('05:00:01'));
    const shown = await waiting();
    const of = (guildId: string) =>
      titles(shown.filter((message) => message.guildId === guildId)).flat();
    expect(of('g')).toEqual(['Sure']);
    expect(of('other').sort()).toEqual(['Sure', 'Unsure']);
  });
});

describe('a channel that is due after more stories than are read at once', () => {
  const MANY = 2_600;

  /** The same story so many times, each a second older than the one before. */
  async function tellMany(title: string) {
    const id = await tell(title);
    await database.db.query(
      `WITH model AS (
         SELECT a.id AS article, s.id AS story FROM stories s JOIN articles a ON a.story_id = s.id WHERE s.id = $1
       ), copy AS MATERIALIZED (
         SELECT n, nextval(pg_get_serial_sequence('stories', 'id')) AS story,
           nextval(pg_get_serial_sequence('articles', 'id')) AS article FROM generate_series(1, $2) n
       ), told AS (
         INSERT INTO stories (id, created_at, updated_at, last_published_at)
         SELECT copy.story, created_at, updated_at - copy.n * interval '1 second', last_published_at
         FROM copy, model JOIN stories s ON s.id = model.story
       ), reported AS (
         INSERT INTO articles SELECT (jsonb_populate_record(a, jsonb_build_object(
           'id', copy.article, 'canonical_url', a.canonical_url || '/' || copy.n, 'story_id', copy.story))).*
         FROM copy, model JOIN articles a ON a.id = model.article
       )
       INSERT INTO article_sources (article_id, feed_id, item_id, first_seen_at)
       SELECT copy.article, feed_id, item_id || '/' || copy.n, first_seen_at
       FROM copy, model JOIN article_sources s ON s.article_id = model.article`,
      [id, MANY - 1],
    );
  }

  it('has the first ones shown, all others counted, and none of them told again', async () => {
    await subscribe({ schedule: 'weekly', weekday: 2, atMinutes: 300 });
    await database.db.query('UPDATE subscriptions SET next_due_at = $1', [at('05:00:01')]);
    await tellMany('A usual one');
    // The oldest of all is the most severe.
    const [oldest] = await database.db.query<{ id: string }>(
      'SELECT id FROM stories ORDER BY updated_at LIMIT 1',
    );
    await database.db.query(
      "UPDATE articles SET severity = 'critical', title = 'The worst' WHERE story_id = $1",
      [oldest?.id],
    );
    await compose(at('05:00:01'));
    const [message] = await waiting();
    expect(message?.digest.stories.map(({ title }) => title)).toEqual([
      'The worst',
      ...Array(8).fill('A usual one'),
    ]);
    expect(message?.digest).toMatchObject({ storyCount: MANY, moreCount: MANY - 9 });
    // What `/why` is told of each: posted, or counted in a digest and in no message.
    const [posted] = await database.db.query(
      'SELECT count(*)::int AS all, count(*) FILTER (WHERE outbox_id IS NULL)::int AS counted FROM posted_stories',
    );
    expect(posted).toEqual({ all: MANY, counted: MANY - 9 });
    await database.db.query('UPDATE subscriptions SET next_due_at = $1', [at('05:00:02')]);
    await compose(at('05:00:02'));
    expect(await waiting()).toEqual([]);
  });
});
