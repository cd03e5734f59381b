import { expect, it } from 'vitest';
import { textOf, titlesOf } from '../../discord/text-of.ts';
import type { FakeMessage } from '../../helpers/fake-discord/state.ts';
import type { World } from './open-world.ts';
import { buttonIn, type Walker } from './walker.ts';

/** What is posted: a digest with more stories than it shows, one with none, their buttons, and votes. */
export function walkPosts(walker: () => Walker, world: () => World): void {
  let posted: FakeMessage | null = null;

  async function subscribe(options: Record<string, string | boolean>): Promise<void> {
    const { command, press, someone } = walker();
    const own = someone();
    const wanted = { schedule: 'daily', language: 'both', ...options };
    await press(buttonIn(await command('subscribe', wanted, own), 'confirm'), own);
  }

  /** Subscribes, and lets the digest be due now. */
  async function receive(options: Record<string, string | boolean>): Promise<FakeMessage> {
    const { place, lookAt } = walker();
    await subscribe(options);
    const { db, discord, post, waitUntil } = world();
    const before = discord.messages(place.news).length;
    await db.query(
      `UPDATE subscriptions SET next_due_at = now() WHERE id = (SELECT max(id) FROM subscriptions WHERE guild_id = $1)`,
      [place.guildId],
    );
    await post();
    await waitUntil('the digest is posted', () => discord.messages(place.news).length > before);
    const message = discord.messages(place.news)[before];
    if (message === undefined) throw new Error('nothing was posted');
    lookAt('a posted digest', message);
    return message;
  }

  it('a digest shows nine stories and has the others behind its button, page by page', async () => {
    const { press, place } = walker();
    posted = await receive({ role: place.role });
    const message = posted;
    expect(message.allowed_mentions).toEqual({ parse: [], roles: [place.role] });
    const others = await press(buttonIn({ message }, 'rest'));
    const before = titlesOf(others.message);
    const next = await press(buttonIn(others, 'rest-page', true));
    expect(next.updated).toBe(true);
    expect(titlesOf(next.message)).not.toEqual(before);
    await press(buttonIn(next, 'rest-page'));
  });

  it('More opens a story, where each may say what it is worth, and say something else later', async () => {
    const { press, someone } = walker();
    const member = { ...someone(), permissions: 1n << 10n };
    let opened = await press(buttonIn({ message: posted }, 'more'), member);
    for (const choice of ['relevant', 'not-for-us', 'not-cyber']) {
      opened = await press(buttonIn(opened, `vote ${choice}`), member);
      expect(textOf(opened.message)).toContain('✅');
    }
    const old = textOf(opened.message);
    const newcomer = { joinedAt: new Date().toISOString(), permissions: 1n << 10n };
    const young = await press(buttonIn(opened, 'vote relevant'), newcomer);
    expect(textOf(young.message)).not.toBe(old);
    for (let voter = 0; voter < 3; voter += 1) {
      await press(buttonIn(opened, 'vote not-for-us'), { ...member, ...someone() });
    }
    await walker().command('settings');
    await walker().command('stats');
  });

  it('a story that was posted nowhere is voted on by nobody', async () => {
    const { press, command } = walker();
    const [row] = await world().db.query<{ id: string }>(
      `SELECT s.id FROM stories s WHERE NOT EXISTS (
         SELECT FROM posted_stories p JOIN subscriptions u ON u.id = p.subscription_id
         WHERE p.story_id = s.id AND u.guild_id = $1) LIMIT 1`,
      [walker().place.guildId],
    );
    expect(row).toBeDefined();
    await command('help');
    expect(textOf((await press(`vote:${row?.id}:relevant`)).message)).toMatch(/^⚠/);
  });

  it('/why says of a story that it was sent, where, and what each filter made of it', async () => {
    const { command } = walker();
    const sent = await command('why', { story: 'مرفأ' });
    expect(textOf(sent.message)).toContain('discord.com/channels');
    const { db } = world();
    const own = walker().place.guildId;
    const [counted] = await db.query<{ id: string }>(
      `SELECT p.story_id AS id FROM posted_stories p JOIN subscriptions u ON u.id = p.subscription_id
         JOIN articles a ON a.story_id = p.story_id AND a.outlet = 'incidents'
       WHERE u.guild_id = $1 AND p.outbox_id IS NULL LIMIT 1`,
      [own],
    );
    const story = counted?.id ?? '';
    await command('why', { story });
    await subscribe({ keyword: 'qzxvwvkq' });
    await command('why', { story });
    await db.query("UPDATE subscriptions SET keyword = NULL WHERE keyword = 'qzxvwvkq'");
    for (const change of [
      "paused = true, pause_reason = 'forbidden'",
      "paused = false, pause_reason = NULL, covered_until = now() - interval '1 day'",
      'covered_until = now()',
      "covered_until = now() + interval '9 days'",
    ]) {
      await db.query(
        `UPDATE subscriptions SET ${change} WHERE id = (SELECT max(id) FROM subscriptions WHERE guild_id = $1)`,
        [own],
      );
      await command('why', { story });
    }
  });

  it('/why says how far an article has come that is in no story', async () => {
    const { command } = walker();
    const { db } = world();
    const [other] = await db.query<{ id: string; url: string }>(
      'SELECT id, url FROM articles WHERE NOT is_cyber LIMIT 1',
    );
    const link = other?.url ?? '';
    const said = new Set([textOf((await command('why', { link })).message)]);
    for (const change of [
      'expired_at = now()',
      'expired_at = NULL, is_cyber = true',
      "is_cyber = false, state = 'discovered'",
    ]) {
      await db.query(`UPDATE articles SET ${change} WHERE id = $1`, [other?.id]);
      said.add(textOf((await command('why', { link })).message));
    }
    await db.query("UPDATE articles SET state = 'clustered' WHERE id = $1", [other?.id]);
    expect(said.size).toBe(4);
    await command('why', { link: world().feeds.url('/unknown') });
  });

  it('the button of a digest that had nothing to report, as they once were, leads to the latest stories', async () => {
    const latest = await walker().press('latest:1');
    expect(titlesOf(latest.message).length).toBeGreaterThan(0);
  });

  it('a button of a digest that is deleted with its subscription says that it is gone', async () => {
    const { command, press } = walker();
    const list = await command('subscriptions');
    await press(buttonIn(await press(buttonIn(list, 'delete')), 'confirm-delete'));
    for (const kind of ['more', 'rest']) {
      expect(textOf((await press(buttonIn({ message: posted }, kind))).message)).toMatch(/^⚠/);
    }
  });
}
