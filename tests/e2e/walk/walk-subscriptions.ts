import { expect, it } from 'vitest';
import { textOf } from '../../discord/text-of.ts';
import { SEND_MESSAGES } from '../../helpers/fake-discord/state.ts';
import type { World } from './open-world.ts';
import { buttonIn, formOf, type Walker } from './walker.ts';

const SIX = [
  { schedule: 'weekly', weekday: 3 },
  { schedule: 'hourly', severity: 'high' },
  { schedule: 'daily', language: 'ar', topic: 'fraud' },
  { schedule: 'daily', keyword: 'bank AND "مرفأ"', source: 'Cyber Ledger' },
  { schedule: 'daily', follow: true },
  { schedule: 'daily', language: 'en' },
];

/** `/subscriptions` and `/unsubscribe`: every button of six subscriptions, and how many there may be. */
export function walkSubscriptions(walker: () => Walker, world: () => World): void {
  it('/subscribe gives the server six', async () => {
    const { command, press, someone } = walker();
    for (const options of SIX) {
      const own = someone();
      await press(buttonIn(await command('subscribe', options, own), 'confirm'), own);
    }
  });

  it('/subscriptions turns its pages, previews, pauses and resumes', async () => {
    const { command, press } = walker();
    const list = await command('subscriptions');
    await press(buttonIn(await press(buttonIn(list, 'list', true)), 'list'));
    const preview = await press(buttonIn(list, 'preview'));
    expect(preview.updated).toBe(false);
    const paused = await press(buttonIn(list, 'pause'));
    const resumed = await press(buttonIn(paused, 'resume'));
    expect(() => buttonIn(resumed, 'resume')).toThrow();
  });

  it('edits one by its form, which says mistakes with the list', async () => {
    const { command, press, submit } = walker();
    const list = await command('subscriptions');
    const form = formOf(await press(buttonIn(list, 'edit')));
    const wrong = { when: 'sometimes' };
    expect(textOf((await submit(form, wrong)).message)).toMatch(/^⚠/);
    const values = {
      when: 'hourly',
      what: 'both:medium',
      topics: 'fraud',
      sources: 'Cyber Ledger',
      keyword: 'bank',
    };
    expect(textOf((await submit(form, values)).message)).toContain('Cyber Ledger');
    await submit(form, { when: 'instant', what: 'both:low', topics: '', sources: '', keyword: '' });
  });

  it('moves one by its form, which refuses a channel that is closed', async () => {
    const { command, press, submit, place } = walker();
    const list = await command('subscriptions');
    const form = formOf(await press(buttonIn(list, 'move')));
    expect(textOf((await submit(form, { channel: place.closed })).message)).toMatch(/^⚠/);
    const values = {
      channel: place.quiet,
      role: place.role,
      'role-severity': 'high',
      follow: 'yes',
    };
    expect(textOf((await submit(form, values)).message)).toContain(place.quiet);
    await submit(form, { channel: place.news, role: '', 'role-severity': 'low', follow: 'no' });
  });

  it('whoever created one is told that it waits, and that its role was deleted', async () => {
    const { command, press, place, someone, lookAt } = walker();
    const { discord, waitUntil } = world();
    const role = discord.addRole(place.guildId, 'soon gone');
    const own = someone();
    const draft = await command(
      'subscribe',
      { schedule: 'daily', channel: place.quiet, role },
      own,
    );
    await press(buttonIn(draft, 'confirm'), own);
    const told = () => discord.directMessages(own.userId);
    discord.deleteRole(place.guildId, role);
    await waitUntil('word of the role', () => told().length === 1);
    discord.setDenied(place.quiet, SEND_MESSAGES);
    await waitUntil('word of the channel', () => told().length === 2);
    for (const message of told()) lookAt('a direct message', message);
    discord.setDenied(place.quiet, 0n);
    const [gone] = await world().db.query<{ id: string }>(
      'DELETE FROM subscriptions WHERE created_by = $1 AND guild_id = $2 RETURNING id',
      [own.userId, place.guildId],
    );
    expect(gone).toBeDefined();
  });

  it('one that waits is shown with the reason', async () => {
    const { command } = walker();
    const { db } = world();
    const { guildId } = walker().place;
    const showPaused = async (reason: string) => {
      // Not the channel's own state: the bot, which looks at it now and then, may let it go on before the list is read.
      await db.query(
        'UPDATE subscriptions SET paused = true, pause_reason = $2, pause_told_at = now() WHERE guild_id = $1',
        [guildId, reason],
      );
      await command('subscriptions');
      const still = await db.query(
        'SELECT FROM subscriptions WHERE guild_id = $1 AND pause_reason = $2',
        [guildId, reason],
      );
      return still.length > 0;
    };
    for (const reason of ['channel-gone', 'bot-removed', 'forbidden']) {
      await expect.poll(() => showPaused(reason), { timeout: 10_000 }).toBe(true);
    }
    await db.query(
      'UPDATE subscriptions SET paused = false, pause_reason = NULL WHERE guild_id = $1',
      [guildId],
    );
  });

  it('/unsubscribe completes what is typed in either script and deletes; a button asks first', async () => {
    const { command, press, complete, frame } = walker();
    const schedule = { ar: 'كل ساعة', en: 'hourly' }[frame];
    const found = await complete('unsubscribe', 'subscription', schedule);
    expect(found).toHaveLength(1);
    await complete('unsubscribe', 'subscription', { ar: 'news', en: 'مرفأ' }[frame]);
    const deleted = await command('unsubscribe', { subscription: String(found[0]?.value) });
    expect(textOf(deleted.message)).toMatch(/^🗑/);
    const again = await command('unsubscribe', { subscription: String(found[0]?.value) });
    expect(textOf(again.message)).toMatch(/^⚠/);
    const list = await command('subscriptions');
    const question = await press(buttonIn(list, 'delete', true));
    const confirm = buttonIn(question, 'confirm-delete');
    await press(buttonIn(question, 'keep'));
    expect(textOf((await press(confirm)).message)).toMatch(/^\*\*4/);
    expect(textOf((await press(confirm)).message)).toMatch(/^⚠/);
  });

  it('a server may have 25, and is told so; one with none is told how to begin', async () => {
    const { command } = walker();
    const { db } = world();
    const { guildId } = walker().place;
    await db.query(
      `INSERT INTO subscriptions (guild_id, channel_id, created_by, schedule, at_minutes, weekday, timezone, language, topics,
         min_severity, sources, created_at, next_due_at, covered_until, paused, pause_reason)
       SELECT guild_id, channel_id, 'walk', schedule, at_minutes, weekday, timezone, language, topics, min_severity, sources,
         created_at, next_due_at, covered_until, true, 'user:7'
       FROM subscriptions, generate_series(1, 25) WHERE id = (SELECT min(id) FROM subscriptions WHERE guild_id = $1)`,
      [guildId],
    );
    const { message } = await command('subscribe', { schedule: 'daily' });
    expect(textOf(message)).toContain('/subscriptions');
    await command('subscriptions');
    await db.query('DELETE FROM subscriptions WHERE guild_id = $1', [guildId]);
    expect(textOf((await command('subscriptions')).message)).toContain('/subscribe');
  });
}
